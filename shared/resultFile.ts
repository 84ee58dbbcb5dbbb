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
  type FitSummary,
} from './fit';
import { modelSpecification } from './model';

/** A named array: `values` in row-major order. null: not a number (a row that took no part). */
const shapedArray = z.object({ shape: z.array(z.int()), values: z.array(z.number().nullable()) });
export type ShapedArray = z.infer<typeof shapedArray>;

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
    features: z.array(z.string()),
    /** fit = (file - mean) / sd. */
    scaling: z.object({ mean: z.array(z.number()), sd: z.array(z.number()) }),
    missing: fitSpecification.shape.preparation.shape.missing,
    weights: z.string().nullable(),
  }),
  model: modelSpecification,
  start,
  run: runSpecification,
  threads: z.int(),
  stopped: stopReason,
  iterations: z.int(),
  objective: z.object({
    kind: objectiveKind,
    /** log-likelihood: higher is better; distortion: lower is better. */
    value: z.number(),
    /** Entry 0: at the start. */
    perIteration: z.array(z.number()),
  }),
  criteria: fitCriteria,
  parameterCount: z.int(),
  parameters: z.record(z.string(), shapedArray),
  clusters: z.array(
    z.object({
      number: z.int(),
      name: z.string(),
      rows: z.int(),
      share: z.number(),
      mean: z.array(z.number()),
      sd: z.array(z.number()),
    }),
  ),
  bestRestart: z.int(),
  restartsAtBest: z.int(),
  restarts: z.array(
    z.object({
      restart: z.int(),
      iterations: z.int(),
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
      logDensity: z.array(z.number().nullable()),
    })
    .optional(),
});
export type ResultFile = z.infer<typeof resultFile>;

/** The names clusters have until a person gives them others. */
export const defaultClusterNames = (components: number): string[] =>
  Array.from({ length: components }, (_, k) => `Cluster ${k + 1}`);

const shaped = (shape: number[], values: Float64Array): ShapedArray => ({
  shape,
  values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
});

/** Rows of a result: label -1 and NaN stand for rows that took no part. `responsibilities`: rows x K. */
export interface ResultRows {
  readonly label: Int32Array;
  readonly responsibilities: Float64Array;
  readonly logDensity: Float64Array;
}

/** The result of a fit as a document; with `rows` of a job, without for a model alone. */
export function resultDocument(
  summary: FitSummary,
  table: { fileName: string; rows: number },
  versions: ResultFile['versions'],
  clusterNames: readonly string[],
  rows: ResultRows | null,
): ResultFile {
  const { specification, parameters } = summary;
  const { preparation } = specification;
  const k = specification.model.components;
  const d = preparation.features.length;
  const best = summary.restarts.find(({ restart }) => restart === summary.bestRestart);
  const perIteration = Array.from(best?.trace ?? []);
  return {
    format: 'mixtura-result/1',
    versions,
    data: {
      file: table.fileName,
      rows: table.rows,
      rowsUsed: summary.rowsUsed,
      rowsLeftOut: summary.rowsLeftOut,
      features: preparation.features,
      scaling: summary.scaling,
      missing: preparation.missing,
      weights: preparation.weights ?? null,
    },
    model: specification.model,
    start: specification.start,
    run: specification.run,
    threads: summary.threads,
    stopped: summary.stopped,
    iterations: summary.iterations,
    objective: {
      kind: summary.objective,
      value: summary.criteria.logLikelihood ?? summary.criteria.distortion ?? 0,
      perIteration,
    },
    criteria: summary.criteria,
    parameterCount: summary.parameterCount,
    parameters: {
      weight: shaped([k], parameters.weight),
      mean: shaped([k, d], parameters.mean),
      ...(parameters.covariance ? { covariance: shaped([k, d, d], parameters.covariance) } : {}),
    },
    clusters: summary.profiles.map((profile, index) => ({
      number: index + 1,
      name: clusterNames[index] ?? `Cluster ${index + 1}`,
      rows: profile.rows,
      share: profile.share,
      mean: Array.from(profile.mean),
      sd: Array.from(profile.sd),
    })),
    bestRestart: summary.bestRestart,
    restartsAtBest: summary.restartsAtBest,
    restarts: summary.restarts.map(({ restart, outcome }) => ({
      restart,
      iterations: outcome.iterations,
      objective: outcome.ok ? outcome.objective : null,
      stopped: outcome.ok ? outcome.stopped : null,
      failure: outcome.ok ? null : fitFailureText(outcome.failure, preparation.features),
    })),
    notices: summary.notices,
    elapsedMs: summary.elapsedMs,
    ...(rows
      ? {
          rows: {
            labels: Array.from(rows.label, (label) => (label < 0 ? null : label)),
            responsibilities: shaped([rows.label.length, k], rows.responsibilities),
            logDensity: Array.from(rows.logDensity, (value) => (Number.isNaN(value) ? null : value)),
          },
        }
      : {}),
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
