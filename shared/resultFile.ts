import { z } from 'zod';
import { fitFeature } from './features';
import {
  fitCriteria,
  fitNotice,
  fitSpecification,
  objectiveKind,
  runSpecification,
  start,
  stopReason,
  traceSection,
} from './fit';
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
   * yes/no features the probability of "yes", categories the most probable level (its index) and its probability. k-means gives the coordinate of the centre
   * and no spread (null).
   */
  imputed: z
    .object({
      row: z.array(z.int()),
      /** Index among the features. */
      feature: z.array(z.int()),
      value: z.array(z.number()),
      spread: numbers,
    })
    .optional(),
});
export type ResultFile = z.infer<typeof resultFile>;
