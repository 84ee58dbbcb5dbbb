import { diagonalMatrices } from './diagonalMatrices';
import { fitFailureText } from './failureText';
import { featuresByKind } from './features';
import type { FitSummary } from './fit';
import type { ResultFile, ShapedArray } from './resultFile';

/** The names clusters have until a person gives them others: of those that were known, what they were called. */
export const defaultClusterNames = (components: number, labels: readonly string[] = []): string[] =>
  Array.from({ length: components }, (_, k) => labels[k] ?? `Cluster ${k + 1}`);

/** JSON knows no NaN, and no infinity (the log density of a row that is impossible). */
const nullable = (values: ArrayLike<number>): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

const shaped = (shape: number[], values: Float64Array): ShapedArray => ({ shape, values: nullable(values) });

/** Rows of a result: label -1 and NaN stand for rows that took no part. `responsibilities`: rows x K. */
export interface ResultRows {
  readonly label: Int32Array;
  readonly responsibilities: Float64Array;
  readonly logDensity: Float64Array;
}

/** Imputed cells of a result, as the service answers them. */
export interface ResultCells {
  readonly row: Int32Array;
  readonly feature: Int32Array;
  readonly value: Float64Array;
  readonly spread: Float64Array;
}

/** What of a result is about rows: of a job it is there, of a model alone not. */
export interface ResultParts {
  readonly rows?: ResultRows;
  readonly imputed?: ResultCells;
}

/** The result of a fit as a document. */
export function resultDocument(
  summary: FitSummary,
  table: { fileName: string; rows: number },
  versions: ResultFile['versions'],
  clusterNames: readonly string[],
  { rows, imputed }: ResultParts = {},
): ResultFile {
  const { specification, criteria } = summary;
  const { preparation } = specification;
  const k = specification.model.components;
  const best = summary.restarts.find(({ restart }) => restart === summary.bestRestart);
  const numberFeatures = summary.features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : []));
  return {
    format: 'mixtura-result/1',
    versions,
    data: {
      file: table.fileName,
      rows: table.rows,
      rowsUsed: summary.rowsUsed,
      rowsLeftOut: summary.rowsLeftOut,
      missingCells: summary.missingCells,
      labelledRows: summary.labelledRows,
      features: preparation.features,
      scaling: summary.scaling,
      missing: preparation.missing,
      weights: preparation.weights ?? null,
      labels: preparation.labels ?? null,
    },
    features: summary.features,
    model: specification.model,
    start: specification.start,
    run: specification.run,
    threads: summary.threads,
    kernels: summary.kernels,
    stopped: summary.stopped,
    iterations: summary.iterations,
    objective: {
      kind: summary.objective,
      value: criteria[summary.objective] ?? 0,
      perIteration: Array.from(best?.trace ?? []),
      sections: best?.sections ?? [],
      logLikelihood: nullable(best?.halfSteps.logLikelihood ?? []),
      boundAfterM: nullable(best?.halfSteps.boundAfterM ?? []),
      boundAfterE: nullable(best?.halfSteps.boundAfterE ?? []),
    },
    criteria,
    parameterCount: summary.parameterCount,
    parameters: parametersDocument(summary),
    mixture: summary.mixture && {
      mean: shaped([summary.mixture.mean.length], summary.mixture.mean),
      covariance: shaped(
        [summary.mixture.mean.length, summary.mixture.mean.length],
        summary.mixture.covariance,
      ),
    },
    clusters: summary.profiles.map((profile, index) => ({
      number: index + 1,
      name: clusterNames[index] ?? `Cluster ${index + 1}`,
      rows: profile.rows,
      share: profile.share,
      mean: nullable(profile.mean),
      sd: nullable(profile.sd),
      levels: profile.levels.map((shares) => shares && nullable(shares)),
    })),
    bestRestart: summary.bestRestart,
    restartsAtBest: summary.restartsAtBest,
    restarts: summary.restarts.map(({ restart, outcome, shortIterations }) => ({
      restart,
      iterations: outcome.iterations,
      shortIterations,
      objective: outcome.ok ? outcome.objective : null,
      stopped: outcome.ok ? outcome.stopped : null,
      failure: outcome.ok ? null : fitFailureText(outcome.failure, numberFeatures),
    })),
    notices: summary.notices,
    elapsedMs: summary.elapsedMs,
    ...(rows
      ? {
          rows: {
            labels: Array.from(rows.label, (label) => (label < 0 ? null : label)),
            responsibilities: shaped([rows.label.length, k], rows.responsibilities),
            logDensity: nullable(rows.logDensity),
          },
        }
      : {}),
    ...(imputed
      ? {
          imputed: {
            row: [...imputed.row],
            feature: [...imputed.feature],
            value: [...imputed.value],
            spread: nullable(imputed.spread),
          },
        }
      : {}),
  };
}

/** The parameters of a fit as arrays with their shapes. */
export function parametersDocument({
  parameters,
  features,
  specification,
}: Pick<FitSummary, 'parameters' | 'features' | 'specification'>): ResultFile['parameters'] {
  const k = specification.model.components;
  const { weight, mean, covariance, probability, category } = parameters;
  const d = featuresByKind(features).number.length;
  return {
    weight: shaped([k], weight),
    ...(d > 0 ? { mean: shaped([k, d], mean) } : {}),
    ...(covariance
      ? {
          covariance: shaped(
            [k, d, d],
            covariance.length === k * d ? diagonalMatrices(covariance, d) : covariance,
          ),
        }
      : {}),
    ...(probability.length > 0 ? { probability: shaped([k, probability.length / k], probability) } : {}),
    ...(category.length > 0 ? { category: shaped([k, category.length / k], category) } : {}),
  };
}
