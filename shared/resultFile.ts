import { z } from 'zod';
import { fitFailureText } from './failureText';
import {
  fitCriteria,
  fitNotice,
  fitSpecification,
  objectiveKind,
  runSpecification,
  start,
  stopReason,
  traceSection,
  type FitSummary,
  type Start,
} from './fit';
import { featuresByKind, fitFeature } from './features';
import { modelSpecification } from './model';

/** A named array: `values` in row-major order. null: not a number (a row that took no part). */
const shapedArray = z.object({ shape: z.array(z.int()), values: z.array(z.number().nullable()) });
export type ShapedArray = z.infer<typeof shapedArray>;

/** The same shape as `shapedArray`, one axis: null for what is no number. */
const numbers = z.array(z.number().nullable());

/**
 * What a fit found, as a file: the result of a job, and (without `rows`) the model the window exports. In units of
 * the data file; rows, labels, components and iterations count from 0.
 */
export const resultFile = z.object({
  format: z.literal('mixtura-result/1'),
  versions: z.object({ mixtura: z.string(), runtime: z.string() }),
  data: z.object({
    file: z.string(),
    rows: z.int(),
    rowsUsed: z.int(),
    rowsLeftOut: z.int(),
    /** Missing cells of the rows used. */
    missingCells: z.int(),
    /** Rows whose cluster was known. */
    labelledRows: z.int(),
    features: z.array(z.string()),
    /** fit = (file - mean) / sd, of the features that are numbers. */
    scaling: z.object({ mean: z.array(z.number()), sd: z.array(z.number()) }),
    missing: fitSpecification.shape.preparation.shape.missing,
    weights: z.string().nullable(),
    labels: z.string().nullable(),
  }),
  /** Each feature as it was taken, with its "yes" or its levels. */
  features: z.array(fitFeature),
  model: modelSpecification,
  start,
  run: runSpecification,
  threads: z.int(),
  kernels: z.string(),
  stopped: stopReason,
  iterations: z.int(),
  objective: z.object({
    kind: objectiveKind,
    /** A distortion is better when it is lower, all others when they are higher. */
    value: z.number(),
    /** Of the best run; entry 0: at the start. */
    perIteration: z.array(z.number()),
    /** What the numbers of `perIteration` are, where a way of running has several parts. */
    sections: z.array(traceSection),
    /** At the parameters of each iteration; KL(q || p) = log-likelihood - bound. */
    logLikelihood: numbers,
    boundAfterM: numbers,
    boundAfterE: numbers,
  }),
  criteria: fitCriteria,
  parameterCount: z.int(),
  /**
   * `weight` [K]; `mean` [K, numbers], `covariance` [K, numbers, numbers]; `probability` of "yes" [K, yes/no features];
   * `category` [K, levels of all categorical features]. Those that the family does not have are absent.
   */
  parameters: z.record(z.string(), shapedArray),
  /** Mean and covariance of the whole mixture; categories count as a column for each level. */
  mixture: z.object({ mean: shapedArray, covariance: shapedArray }).nullable(),
  clusters: z.array(
    z.object({
      number: z.int(),
      name: z.string(),
      rows: z.int(),
      share: z.number(),
      /** Of each feature: mean, share of "yes"; null: a category. */
      mean: numbers,
      sd: numbers,
      /** Of each feature that is a category: shares of its levels. */
      levels: z.array(numbers.nullable()),
    }),
  ),
  bestRestart: z.int(),
  restartsAtBest: z.int(),
  restarts: z.array(
    z.object({
      restart: z.int(),
      iterations: z.int(),
      shortIterations: z.int(),
      objective: z.number().nullable(),
      stopped: stopReason.nullable(),
      failure: z.string().nullable(),
    }),
  ),
  notices: z.array(fitNotice),
  elapsedMs: z.number(),
  rows: z
    .object({
      /** Cluster of each row of the table; null: the row took no part. */
      labels: z.array(z.int().nullable()),
      responsibilities: shapedArray,
      /** Log density of each row in units of the data file; for k-means minus its squared distance, in fit units. */
      logDensity: numbers,
    })
    .optional(),
  /**
   * What the model expects in missing cells, one entry a cell: number features get a mean and its standard deviation,
   * yes/no features the probability of "yes", categories the most probable level (its index) and its probability.
   */
  imputed: z
    .object({
      row: z.array(z.int()),
      /** Index among the features. */
      feature: z.array(z.int()),
      value: z.array(z.number()),
      spread: z.array(z.number()),
    })
    .optional(),
});
export type ResultFile = z.infer<typeof resultFile>;

/** The names clusters have until a person gives them others. */
export const defaultClusterNames = (components: number): string[] =>
  Array.from({ length: components }, (_, k) => `Cluster ${k + 1}`);

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
            spread: [...imputed.spread],
          },
        }
      : {}),
  };
}

function parametersDocument({ parameters, features, specification }: FitSummary): ResultFile['parameters'] {
  const k = specification.model.components;
  const { weight, mean, covariance, probability, category } = parameters;
  const d = featuresByKind(features).number.length;
  return {
    weight: shaped([k], weight),
    ...(d > 0 ? { mean: shaped([k, d], mean) } : {}),
    ...(covariance ? { covariance: shaped([k, d, d], covariance) } : {}),
    ...(probability.length > 0 ? { probability: shaped([k, probability.length / k], probability) } : {}),
    ...(category.length > 0 ? { category: shaped([k, category.length / k], category) } : {}),
  };
}

/**
 * The parameters of a result as a start: E-step first, from where its fit ended. Bit for bit what the result says.
 */
export function startFromResult({ parameters, features }: ResultFile): Start {
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

/** At most this many elements of an array become one piece of text. */
const elementsPerPiece = 4096;

/**
 * A document as JSON in pieces, so that a million rows need no single string: objects are indented, arrays of
 * numbers stay on one line.
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (Array.isArray(value) && !value.some((element) => typeof element === 'object' && element !== null)) {
    yield '[';
    for (let from = 0; from < value.length; from += elementsPerPiece) {
      const part = value.slice(from, from + elementsPerPiece).map((element) => JSON.stringify(element));
      yield (from === 0 ? '' : ', ') + part.join(', ');
    }
    yield ']';
    return;
  }
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  let separator = '';
  yield isList ? '[' : '{';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${separator}\n${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(member, inner);
    separator = ',';
  }
  yield `${separator === '' ? '' : `\n${indent}`}${isList ? ']' : '}'}`;
}
