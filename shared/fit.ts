import { z } from 'zod';
import { algorithm } from './algorithm';
import { featureKind, fitFeature } from './features';
import { fitFailure } from './fitFailure';
import { fitId, tableId } from './ids';
import { modelSpecification } from './model';
import { float64Array } from './typedArrays';

const matrix = z.array(z.array(z.number()));

/**
 * Where a fit begins. Labels and responsibilities: M-step first. Centres of a k-means: assignment first; of a
 * mixture: rows go to the nearest centre, then the M-step. Parameters: E-step first. In units of the file.
 */
export const start = z.union([
  z.strictObject({ method: z.enum(['kmeans', 'kmeans++', 'random', 'agglomerative']) }),
  z.strictObject({ centres: matrix }),
  z.strictObject({ labels: z.array(z.int().nonnegative()) }),
  z.strictObject({ responsibilities: matrix }),
  z.strictObject({
    parameters: z.strictObject({
      weights: z.array(z.number().nonnegative()),
      /** K x numeric features. */
      means: matrix.default([]),
      /** K matrices of d x d, whatever the covariance structure. */
      covariances: z.array(matrix).default([]),
      /** Probabilities of "yes", K x yes/no features; of one column when they are shared. */
      probabilities: matrix.default([]),
      /** K x categorical features x levels. */
      categories: z.array(matrix).default([]),
      /** Names of the levels of `categories`, by feature. Absent: in order of first appearance. */
      levels: z.array(z.array(z.string())).optional(),
    }),
    /** Only measured: the bound of these memberships at the parameters is `boundAfterM` of iteration 0. */
    responsibilities: matrix.optional(),
  }),
]);
export type Start = z.infer<typeof start>;

export const runSpecification = z.strictObject({
  /** Absent: the family's own, EM or (k-means) Lloyd. */
  algorithm: algorithm.optional(),
  /** Relative change of the objective at which a run has converged. @default 1e-8 */
  tolerance: z.number().nonnegative().lt(1).default(1e-8),
  /** 0: the start is only measured. */
  maxIterations: z.int().min(0).max(1_000_000).default(1000),
  /** Independent starts; the best is kept. A given start needs only one. @default 10 */
  restarts: z.int().min(1).max(10_000).default(10),
  /**
   * Begins with this many short runs, of which the best `restarts` are run to the end (Biernacki, Celeux and Govaert,
   * 2003). Absent: every restart is run to the end.
   */
  shortRuns: z
    .strictObject({ runs: z.int().min(1).max(10_000), iterations: z.int().min(1).max(1000).default(10) })
    .optional(),
  /** Same seed, same bits. @default 1 */
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Seconds after which the best so far is kept. */
  timeLimitSeconds: z.number().positive().optional(),
});
export type RunSpecification = z.infer<typeof runSpecification>;

/** How columns become the matrix of a fit. */
export const preparation = z.strictObject({
  /** Names of columns, in the order the parameters will have. */
  features: z.array(z.string()).min(1),
  /**
   * `standardise`: (x - mean) / sd with divisor n, from the rows used. Given numbers: with those. Results are in
   * units of the file all the same.
   */
  scaling: z
    .union([
      z.enum(['none', 'standardise']),
      z.strictObject({ mean: z.array(z.number()), sd: z.array(z.number()) }),
    ])
    .default('standardise'),
  /** How columns are taken, by name. Absent: by their type, and by what the family takes. */
  kinds: z.record(z.string(), featureKind).optional(),
  /** Numbers at or above it are "yes" where a number column is taken as yes/no. */
  threshold: z.number().optional(),
  /**
   * `keep`: the likelihood is of the cells that are there. `dropRows`: rows with a missing feature take no part and
   * get no cluster. `refuse`: they stop the fit.
   */
  missing: z.enum(['keep', 'dropRows', 'refuse']).default('keep'),
  /**
   * Name of a column that tells the cluster of some rows; blank where it is not known. Its values become the clusters
   * in order of first appearance.
   */
  labels: z.string().optional(),
  /** Name of a column of row weights, >= 0. */
  weights: z.string().optional(),
});
export type Preparation = z.infer<typeof preparation>;

/** What makes a run repeatable. */
export const fitSpecification = z.strictObject({
  preparation,
  model: modelSpecification,
  start: start.default({ method: 'kmeans' }),
  run: runSpecification,
});
export type FitSpecification = z.infer<typeof fitSpecification>;

export const stopReason = z.enum(['converged', 'iterationLimit', 'timeLimit', 'cancelled']);
export type StopReason = z.infer<typeof stopReason>;

/**
 * What is maximised, or (distortion J) minimised. `logPosterior`: log-likelihood plus log prior;
 * `classificationLogLikelihood`: of the rows and the clusters they were given. Likelihoods are of the data in units of
 * the file, so they do not depend on scaling; the distortion is in the units of the fit.
 */
export const objectiveKind = z.enum([
  'logLikelihood',
  'logPosterior',
  'classificationLogLikelihood',
  'distortion',
]);
export type ObjectiveKind = z.infer<typeof objectiveKind>;

/** What happened in a run that a person should know, though it did not stop it. Components count from 0. */
export const fitNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('relocatedCluster'), component: z.int(), iteration: z.int() }),
  z.object({ kind: z.literal('fewerClusters'), reached: z.int(), distinct: z.int() }),
  /** Of so many clusters EM took all rows: their weight is 0. */
  z.object({ kind: z.literal('emptyClusters'), empty: z.int() }),
  z.object({ kind: z.literal('ridgeActive'), ridge: z.number() }),
  z.object({ kind: z.literal('rowsLeftOut'), rows: z.int() }),
  /** Annealing moved the clusters by this share of the spread of the data at every temperature. */
  z.object({ kind: z.literal('perturbedMeans'), share: z.number() }),
  /** The compiled kernels could not be loaded: the plain ones did the work. */
  z.object({ kind: z.literal('plainKernels') }),
]);
export type FitNotice = z.infer<typeof fitNotice>;

/**
 * Parameters in units of the file, component axis first; `features.ts` says which features each is of, and it is empty
 * where there are none of its kind. `weight`: K (k-means: shares of the rows, NaN while it runs); `mean`: K x d;
 * `covariance`: K x d x d, or K x d, variances, where a model has no other entries; `probability` of "yes": K x yes/no features (shared: all equal); `category`: K x all levels.
 */
export const componentParameters = z.object({
  weight: float64Array,
  mean: float64Array,
  /** null for k-means. */
  covariance: float64Array.nullable(),
  probability: float64Array,
  category: float64Array,
});
export type ComponentParameters = z.infer<typeof componentParameters>;

/**
 * The two half-steps of each iteration t, entry 0 at the start: `logLikelihood` at the parameters of t; `boundAfterM`,
 * the evidence lower bound at those parameters and the memberships of t - 1 (NaN at the start and where it means
 * nothing, as between mini-batches); `boundAfterE`, with the memberships of t. log p = bound + KL at each of them
 * (Bishop, 2006, eq. 9.70), so KL(q || p) is the difference. With a prior all three include its log density.
 */
export const halfSteps = z.object({
  logLikelihood: float64Array,
  boundAfterM: float64Array,
  boundAfterE: float64Array,
});
export type HalfSteps = z.infer<typeof halfSteps>;

/**
 * The trace from an iteration on: what its numbers are (the objective under that kind of memberships; `batch`: an
 * estimate from some rows), and whether theory says that they never get worse.
 */
export const traceSection = z.object({
  from: z.int(),
  kind: z.enum(['soft', 'hard', 'tempered', 'sampled', 'batch']),
  isMonotone: z.boolean(),
});
export type TraceSection = z.infer<typeof traceSection>;

/** One restart as it went. `trace`: the objective at each iteration, entry 0 at the start. */
export const restartSummary = z.object({
  restart: z.int(),
  outcome: z.union([
    z.object({ ok: z.literal(true), objective: z.number(), iterations: z.int(), stopped: stopReason }),
    z.object({ ok: z.literal(false), failure: fitFailure, iterations: z.int() }),
  ]),
  trace: float64Array,
  halfSteps,
  sections: z.array(traceSection),
  /** Iterations of the short run that chose it. 0: none. */
  shortIterations: z.int(),
});
export type RestartSummary = z.infer<typeof restartSummary>;

/** NaN where a run has no such number; -Infinity where a cluster holds a row it makes impossible. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number');

export const fitEvent = z.discriminatedUnion('kind', [
  /** The rows of a table have been prepared: how its features were read, for names while the fit runs. */
  z.object({ kind: z.literal('begun'), features: z.array(fitFeature) }),
  /** Sent at most ten times a second while a fit runs. */
  z.object({
    kind: z.literal('progress'),
    elapsedMs: z.number(),
    /** Share of the restarts that are done; null where no honest number exists. */
    fraction: z.number().min(0).max(1).nullable(),
    /** Points of the objective since the last event. */
    points: z.array(
      z.object({
        restart: z.int(),
        iteration: z.int(),
        objective: anyNumber,
        logLikelihood: anyNumber,
        boundAfterM: anyNumber,
        boundAfterE: anyNumber,
      }),
    ),
    /** Parameters of the best run so far at this moment. */
    leading: z.object({ restart: z.int(), iteration: z.int(), parameters: componentParameters }).nullable(),
  }),
  /** The runs are over (cancelled or not) and the rows are being given to their clusters. */
  z.object({ kind: z.literal('finishing'), elapsedMs: z.number() }),
]);
export type FitEvent = z.infer<typeof fitEvent>;

/** One cluster in units of the file. For a mixture, rows count by their responsibility. */
const clusterProfile = z.object({
  /** Rows whose most probable cluster this is. */
  rows: z.int(),
  /** Mixing weight, or share of the rows for k-means. */
  share: z.number(),
  /** Of each feature: a number's mean and standard deviation, the share of "yes" and its deviation; NaN: a category. */
  mean: float64Array,
  sd: float64Array,
  /** Share of each level of a categorical feature; null: another kind. */
  levels: z.array(float64Array.nullable()),
});
export type ClusterProfile = z.infer<typeof clusterProfile>;

/** Criteria that have no meaning for a family are absent. All but the log-likelihood: lower is better. */
export const fitCriteria = z.object({
  logLikelihood: z.number().optional(),
  logPosterior: z.number().optional(),
  classificationLogLikelihood: z.number().optional(),
  distortion: z.number().optional(),
  bic: z.number().optional(),
  aic: z.number().optional(),
  icl: z.number().optional(),
});
export type FitCriteria = z.infer<typeof fitCriteria>;

/** What a fit found. Arrays over rows stay in the service and are asked for in slices. */
export const fitSummary = z.object({
  fit: fitId,
  table: tableId,
  specification: fitSpecification,
  features: z.array(fitFeature),
  objective: objectiveKind,
  criteria: fitCriteria,
  parameterCount: z.int(),
  parameters: componentParameters,
  profiles: z.array(clusterProfile),
  /** All rows used, as one cluster. */
  overall: clusterProfile,
  /** Missing cells of the rows used: the model filled them, `fit.imputed` tells with what. */
  missingCells: z.int(),
  /** Rows whose cluster was known. */
  labelledRows: z.int(),
  /** What they were called, in the order of the clusters they are; empty where no cluster was known. */
  labels: z.array(z.string()),
  /** Mean and covariance of the whole mixture, in units of the file; categories count as one column for each level. */
  mixture: z.object({ mean: float64Array, covariance: float64Array }).nullable(),
  rowsUsed: z.int(),
  rowsLeftOut: z.int(),
  restarts: z.array(restartSummary),
  bestRestart: z.int(),
  /** Restarts that ended within 1e-6 relative of the best objective. */
  restartsAtBest: z.int(),
  stopped: stopReason,
  iterations: z.int(),
  notices: z.array(fitNotice),
  /** The scaling that was applied, so that the run can be repeated from the file. */
  scaling: z.object({ mean: z.array(z.number()), sd: z.array(z.number()) }),
  threads: z.int(),
  /** Which implementation of the loops over rows ran. */
  kernels: z.string(),
  elapsedMs: z.number(),
});
export type FitSummary = z.infer<typeof fitSummary>;
