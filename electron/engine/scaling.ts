import { featuresByKind, type FeatureKind } from '../../shared/features';
import type { Start } from '../../shared/fit';
import type { ModelOfAnySize } from '../../shared/model';
import type { FeatureSpace } from './featureSpace';
import type { Rows } from './rows';

/** scaled = (given - mean) / sd, number feature by number feature. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * Mean and standard deviation (divisor: their weight) of the observed cells of each number column; two passes, so that
 * offsets cost nothing. A column that never differs keeps its units.
 */
export function standardising(rows: Rows, space: FeatureSpace): Scaling {
  const { x, n, d, weight } = rows;
  const { number } = featuresByKind(space);
  const mean = new Float64Array(number.length);
  const sd = new Float64Array(number.length);
  for (const [a, column] of number.entries()) {
    let total = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const value = x[i * d + column];
      if (Number.isNaN(value)) continue;
      const share = weight === undefined ? 1 : weight[i];
      total += share;
      sum += share * value;
    }
    mean[a] = total > 0 ? sum / total : 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const value = x[i * d + column];
      if (Number.isNaN(value)) continue;
      squares += (weight === undefined ? 1 : weight[i]) * (value - mean[a]) ** 2;
    }
    sd[a] = squares > 0 ? Math.sqrt(squares / total) : 1;
  }
  return { mean, sd };
}

/** Scales the number columns of rows in place. */
export function scaleRows({ x, n, d }: Rows, space: FeatureSpace, { mean, sd }: Scaling): void {
  const { number } = featuresByKind(space);
  for (const [a, column] of number.entries())
    for (let i = 0; i < n; i++) x[i * d + column] = (x[i * d + column] - mean[a]) / sd[a];
}

/** The same start for rows that were scaled. */
export function scaleStart(
  start: Start,
  space: readonly { readonly kind: FeatureKind }[],
  scaling: Scaling,
): Start {
  if ('centres' in start) {
    const { number } = featuresByKind(space);
    return {
      centres: start.centres.map((centre) =>
        centre.map((value, feature) => {
          const at = number.indexOf(feature);
          return at < 0 ? value : (value - scaling.mean[at]) / scaling.sd[at];
        }),
      ),
    };
  }
  if (!('parameters' in start)) return start;
  return {
    ...start,
    parameters: {
      ...start.parameters,
      means: start.parameters.means.map((mean) => scalePoint(mean, scaling)),
      covariances: start.parameters.covariances.map((matrix) => scaleMatrix(matrix, scaling)),
    },
  };
}

/** The same model, its prior too, for rows that were scaled. */
export function scalePrior<M extends ModelOfAnySize>(model: M, scaling: Scaling): M {
  if (model.family !== 'gaussian' && model.family !== 'mixed') return model;
  const { normal } = model.prior;
  if (normal === undefined || normal === 'default') return model;
  const moved = {
    ...normal,
    mean: scalePoint(normal.mean, scaling),
    scale: scaleMatrix(normal.scale, scaling),
  };
  return { ...model, prior: { ...model.prior, normal: moved } };
}

const scalePoint = (point: readonly number[], { mean, sd }: Scaling): number[] =>
  point.map((value, a) => (value - mean[a]) / sd[a]);

const scaleMatrix = (matrix: readonly (readonly number[])[], { sd }: Scaling): number[][] =>
  matrix.map((row, a) => row.map((value, b) => value / (sd[a] * sd[b])));
