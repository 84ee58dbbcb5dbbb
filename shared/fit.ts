import { z } from 'zod';
import { fitFailure } from './fitFailure';
import { fitId, tableId } from './ids';
import { float64Array } from './typedArrays';

/** Covariance structures by mclust's names: volume, shape, orientation; E equal, V varying, I identity. */
export const covarianceStructure = z.enum([
  'EII',
  'VII',
  'EEI',
  'VEI',
  'EVI',
  'VVI',
  'EEE',
  'VEE',
  'EEV',
  'VEV',
  'EVV',
  'VVV',
]);
export type CovarianceStructure = z.infer<typeof covarianceStructure>;

export const modelSpecification = z.discriminatedUnion('family', [
  z.strictObject({ family: z.literal('kmeans'), components: z.int().min(1) }),
  z.strictObject({
    family: z.literal('gaussian'),
    components: z.int().min(1),
    covariance: covarianceStructure.default('VVV'),
    /** Added to every variance in every M-step, in fit units squared (scikit-learn's reg_covar). @default 0 */
    ridge: z.number().nonnegative().default(0),
  }),
]);
export type ModelSpecification = z.infer<typeof modelSpecification>;

const matrix = z.array(z.array(z.number()));

/**
 * Where a fit begins. Labels and responsibilities: M-step first. Centres of a k-means: assignment first; of a
 * mixture: rows go to the nearest centre, then the M-step. Parameters: E-step first. In units of the file.
 */
export const start = z.union([
  z.strictObject({ method: z.enum(['kmeans', 'kmeans++', 'random']) }),
  z.strictObject({ centres: matrix }),
  z.strictObject({ labels: z.array(z.int().nonnegative()) }),
  z.strictObject({ responsibilities: matrix }),
  z.strictObject({
    parameters: z.strictObject({
      weights: z.array(z.number().nonnegative()),
      means: matrix,
      /** K matrices of d x d, whatever the covariance structure. */
      covariances: z.array(matrix),
    }),
  }),
]);
export type Start = z.infer<typeof start>;

export const runSpecification = z.strictObject({
  /** Relative change of the objective at which a run has converged. @default 1e-8 */
  tolerance: z.number().nonnegative().lt(1).default(1e-8),
  maxIterations: z.int().min(1).max(1_000_000).default(1000),
  /** Independent starts; the best is kept. A given start needs only one. @default 10 */
  restarts: z.int().min(1).max(10_000).default(10),
  /** Same seed, same bits. @default 1 */
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Seconds after which the best so far is kept. */
  timeLimitSeconds: z.number().positive().optional(),
});
export type RunSpecification = z.infer<typeof runSpecification>;

/** How columns become the matrix of a fit. */
export const preparation = z.strictObject({
  /** Names of numeric columns, in the order the parameters will have. */
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
  /** `dropRows`: rows with a missing feature take no part and get no cluster. `refuse`: they stop the fit. */
  missing: z.enum(['dropRows', 'refuse']).default('dropRows'),
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
 * What is maximised (log-likelihood) or minimised (distortion J). The log-likelihood is of the data in units of
 * the file, so it does not depend on scaling; the distortion is in the units of the fit.
 */
export const objectiveKind = z.enum(['logLikelihood', 'distortion']);
export type ObjectiveKind = z.infer<typeof objectiveKind>;

/** What happened in a run that a person should know, though it did not stop it. Components count from 0. */
export const fitNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('relocatedCluster'), component: z.int(), iteration: z.int() }),
  z.object({ kind: z.literal('fewerClusters'), reached: z.int(), distinct: z.int() }),
  z.object({ kind: z.literal('ridgeActive'), ridge: z.number() }),
  z.object({ kind: z.literal('rowsLeftOut'), rows: z.int() }),
]);
export type FitNotice = z.infer<typeof fitNotice>;

/**
 * Parameters in units of the file, component axis first. `weight`: K (k-means: shares of the rows, NaN while it runs);
 * `mean`: K x d; `covariance`: K x d x d.
 */
export const componentParameters = z.object({
  weight: float64Array,
  mean: float64Array,
  /** null for k-means. */
  covariance: float64Array.nullable(),
});
export type ComponentParameters = z.infer<typeof componentParameters>;

/** One restart as it went. `trace`: the objective at each iteration, entry 0 at the start. */
export const restartSummary = z.object({
  restart: z.int(),
  outcome: z.union([
    z.object({ ok: z.literal(true), objective: z.number(), iterations: z.int(), stopped: stopReason }),
    z.object({ ok: z.literal(false), failure: fitFailure, iterations: z.int() }),
  ]),
  trace: float64Array,
});
export type RestartSummary = z.infer<typeof restartSummary>;

export const fitEvent = z.discriminatedUnion('kind', [
  /** Sent at most ten times a second while a fit runs. */
  z.object({
    kind: z.literal('progress'),
    elapsedMs: z.number(),
    /** Share of the restarts that are done; null where no honest number exists. */
    fraction: z.number().min(0).max(1).nullable(),
    /** Points of the objective since the last event. */
    points: z.array(z.object({ restart: z.int(), iteration: z.int(), objective: z.number() })),
    /** Parameters of the best run so far at this moment. */
    leading: z.object({ restart: z.int(), iteration: z.int(), parameters: componentParameters }).nullable(),
  }),
  /** The runs are over (cancelled or not) and the rows are being given to their clusters. */
  z.object({ kind: z.literal('finishing'), elapsedMs: z.number() }),
]);
export type FitEvent = z.infer<typeof fitEvent>;

/** One feature of one cluster, in units of the file. For a mixture, rows count by their responsibility. */
export const clusterProfile = z.object({
  /** Rows whose most probable cluster this is. */
  rows: z.int(),
  /** Mixing weight, or share of the rows for k-means. */
  share: z.number(),
  mean: float64Array,
  sd: float64Array,
});
export type ClusterProfile = z.infer<typeof clusterProfile>;

/** Criteria that have no meaning for a family are absent. All but the log-likelihood: lower is better. */
export const fitCriteria = z.object({
  logLikelihood: z.number().optional(),
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
  objective: objectiveKind,
  criteria: fitCriteria,
  parameterCount: z.int(),
  parameters: componentParameters,
  profiles: z.array(clusterProfile),
  overall: z.object({ mean: float64Array, sd: float64Array }),
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
  elapsedMs: z.number(),
});
export type FitSummary = z.infer<typeof fitSummary>;
