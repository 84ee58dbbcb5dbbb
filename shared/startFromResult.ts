import type { Start } from './fit';
import type { ResultFile } from './resultFile';

/**
 * The parameters of a result as a start: E-step first, from where its fit ended. Bit for bit what the result says.
 */
export function startFromResult({
  parameters,
  features,
}: Pick<ResultFile, 'parameters' | 'features'>): Start {
  const rowsOf = (name: string, from = 0, width = parameters[name]?.shape.at(-1) ?? 0): number[][] => {
    const { shape, values } = parameters[name] ?? { shape: [0], values: [] };
    const length = shape.at(-1) ?? 0;
    const rows = length === 0 ? 0 : values.length / length;
    return Array.from({ length: rows }, (_, row) =>
      values.slice(row * length + from, row * length + from + width).map((value) => value ?? NaN),
    );
  };
  const levels = features.flatMap((feature) => (feature.kind === 'category' ? [feature.levels] : []));
  const byFeature = levels.map((own, index) => {
    const from = levels.slice(0, index).reduce((sum, before) => sum + before.length, 0);
    return rowsOf('category', from, own.length);
  });
  const weights = rowsOf('weight').flat();
  const d = parameters['covariance']?.shape[2] ?? 0;
  const covarianceRows = rowsOf('covariance');
  return {
    parameters: {
      weights,
      means: rowsOf('mean'),
      covariances: weights.flatMap((_, j) => (d > 0 ? [covarianceRows.slice(j * d, (j + 1) * d)] : [])),
      probabilities: rowsOf('probability'),
      categories: byFeature.length > 0 ? weights.map((_, j) => byFeature.map((rows) => rows[j])) : [],
      ...(byFeature.length > 0 ? { levels } : {}),
    },
  };
}
