import { z } from 'zod';
import { fitFeature } from './features';
import { anyNumber, preparation, runSpecification, start, stopReason } from './fit';
import { fitFailure } from './fitFailure';
import { selectionId, tableId } from './ids';
import { modelOfAnySize } from './model';
import { float64Array } from './typedArrays';

/** How rows are put aside to be predicted. The same rows for every model and K. */
export const validation = z.discriminatedUnion('kind', [
  /** Every row is held out once in each repeat. */
  z.strictObject({
    kind: z.literal('folds'),
    folds: z.int().min(2).max(1000).default(10),
    repeats: z.int().min(1).max(100).default(1),
  }),
  /** Repeated random splits (Smyth, 1996). */
  z.strictObject({
    kind: z.literal('monteCarlo'),
    splits: z.int().min(2).max(1000).default(20),
    testShare: z.number().gt(0).lt(1).default(0.5),
  }),
  z.strictObject({ kind: z.literal('leaveOneOut') }),
  /** The fold of each row of the table, from 0; -1: always in training. */
  z.strictObject({ kind: z.literal('given'), foldOfRow: z.array(z.int().min(-1)) }),
]);
export type Validation = z.infer<typeof validation>;

/** Rules by which a gap curve chooses K; the first is the paper's, the second that of `cluster::clusGap`. */
export const gapRule = z.enum(['tibshirani', 'firstSEmax', 'globalSEmax', 'firstMax', 'globalMax']);
export type GapRule = z.infer<typeof gapRule>;

/** Gap statistic of k-means (Tibshirani, Walther and Hastie, 2001). */
export const gapOptions = z.strictObject({
  references: z.int().min(2).max(10_000).default(50),
  /** Of the distances within clusters: 2 is the paper's, 1 that of `cluster::clusGap`. */
  power: z.union([z.literal(1), z.literal(2)]).default(2),
  /** The default is the best of those that find no groups in noise (`docs/choosing-k.md`). */
  rule: gapRule.default('firstSEmax'),
  /** The box references are uniform in: along the principal axes, or along the columns. */
  box: z.enum(['principal', 'columns']).default('principal'),
});
export type GapOptions = z.infer<typeof gapOptions>;

/** Parametric bootstrap of the likelihood ratio of K against K + 1 (McLachlan, 1987), from K = 1 until not rejected. */
const bootstrapTestOptions = z.strictObject({
  replicates: z.int().min(19).max(99_999).default(199),
  level: z.number().gt(0).lt(1).default(0.05),
  /** Starts of every refit: with too few the test rejects too often. */
  restarts: z.int().min(1).max(1000).default(5),
});

/** Stability of each cluster under resampling of the rows (Hennig, 2007). */
const stabilityOptions = z.strictObject({ replicates: z.int().min(2).max(10_000).default(50) });

/** What makes a selection repeatable: models x K, all with the same splits and seeds. */
export const selectionSpecification = z.strictObject({
  preparation,
  models: z.array(modelOfAnySize).min(1).max(50),
  components: z
    .strictObject({ from: z.int().min(1).default(1), to: z.int().min(1).max(1000) })
    .refine(({ from, to }) => from <= to, 'the first number of clusters is larger than the last'),
  /** From rows by k-means++: restarts of a start by k-means often begin at the same place. */
  start: start.default({ method: 'kmeans++' }),
  /** A start of its own for some K, by K; labels and responsibilities are of all rows, and a part takes its own. */
  starts: z.record(z.string(), start).default({}),
  /** Of every fit; but a time limit is one for the whole selection. */
  run: runSpecification,
  validation: validation.nullable().default({ kind: 'folds', folds: 10, repeats: 1 }),
  /** Null: not computed. The rows with distances are numbers, so it is absent without any. */
  gap: gapOptions.nullable().default(null),
  bootstrapTest: bootstrapTestOptions.nullable().default(null),
  stability: stabilityOptions.nullable().default(null),
});
export type SelectionSpecification = z.infer<typeof selectionSpecification>;

/** One K of one model of the grid, by index of the model. */
export const gridPoint = z.object({ model: z.int().nonnegative(), components: z.int().min(1) });
export type GridPoint = z.infer<typeof gridPoint>;

/** An average over rows or parts, with its standard error. */
export const estimate = z.object({ value: anyNumber, standardError: anyNumber });
export type Estimate = z.infer<typeof estimate>;

/**
 * Criteria of a fit to all rows; absent where the family has none (k-means has no likelihood) or K = 1 has none.
 * Lower is better of BIC, AIC, AICc, ICL, distortion and Davies-Bouldin; higher of the others.
 */
export const gridCriteria = z.object({
  logLikelihood: z.number().optional(),
  bic: z.number().optional(),
  aic: z.number().optional(),
  /** Absent where n <= p + 1. */
  aicc: z.number().optional(),
  icl: z.number().optional(),
  relativeEntropy: z.number().optional(),
  distortion: z.number().optional(),
  /** Mean over rows; with a standard error where it is of a sample of them. */
  silhouette: z.object({ value: z.number(), standardError: z.number().nullable() }).optional(),
  calinskiHarabasz: z.number().optional(),
  daviesBouldin: z.number().optional(),
});
export type GridCriteria = z.infer<typeof gridCriteria>;

/** The fit of a grid point to all rows. A failed one, or one that has not converged, is never ranked as best. */
export const gridFit = z.object({
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('fitted'),
      stopped: stopReason,
      iterations: z.int(),
      parameterCount: z.int(),
      criteria: gridCriteria,
      restartsAtBest: z.int(),
    }),
    z.object({ kind: z.literal('failed'), failure: fitFailure }),
  ]),
});
export type GridFit = z.infer<typeof gridFit>;

/**
 * Held-out log-likelihood per row, in units of the file. By split: the mean over its test rows (-Infinity: a row that
 * is impossible; NaN: the fit to the training rows failed), and the sum of their weights (0: it is not done yet).
 */
export const heldOut = z.object({
  mean: float64Array,
  weight: float64Array,
  /** Mean over all held-out rows, and the standard error of the splits' means over sqrt(splits). */
  score: estimate,
  /** Splits whose fit failed, and those that had not converged. */
  failed: z.int(),
  notConverged: z.int(),
});
export type HeldOut = z.infer<typeof heldOut>;

/** Gap of one K. */
const gapPoint = z.object({
  components: z.int(),
  logWithin: z.number(),
  expected: z.number(),
  gap: z.number(),
  /** sd sqrt(1 + 1 / B) */
  standardError: z.number(),
});
export type GapPoint = z.infer<typeof gapPoint>;
export const gapCurve = z.object({
  points: z.array(gapPoint),
  chosen: z.int(),
  /** The first K within an error of the highest gap, whatever the rule. */
  nearHighest: z.int(),
});
export type GapCurve = z.infer<typeof gapCurve>;

/** K against K + 1 of one model. */
export const bootstrapTest = z.object({
  model: z.int(),
  components: z.int(),
  /** 2 (l of K + 1 less l of K). */
  ratio: z.number(),
  /** (1 + number of replicates with as large a ratio) / (replicates + 1), and its Monte-Carlo error. */
  p: estimate,
  replicates: z.int(),
  failedReplicates: z.int(),
});
export type BootstrapTest = z.infer<typeof bootstrapTest>;

/** What has become known of a grid point; null: not (yet). */
const gridCell = gridPoint.extend({
  fit: gridFit.nullable(),
  heldOut: heldOut.nullable(),
  /** Mean Jaccard similarity of each cluster with its nearest in resampled rows. */
  stability: float64Array.nullable(),
});
export type GridCell = z.infer<typeof gridCell>;

export const selectionEvent = z.discriminatedUnion('kind', [
  /** The first: from now on the fits of finished points can be opened. */
  z.object({ kind: z.literal('begun'), selection: selectionId }),
  /** A grid point as it is known now; sent when something of it is done. */
  z.object({ kind: z.literal('cell'), cell: gridCell }),
  z.object({ kind: z.literal('gap'), gap: gapCurve }),
  z.object({ kind: z.literal('bootstrapTest'), test: bootstrapTest }),
  z.object({
    kind: z.literal('progress'),
    /** Share of the work that is done, by its estimated cost. */
    fraction: z.number().min(0).max(1),
    elapsedMs: z.number(),
    /** null until there is something to judge by. */
    remainingMs: z.number().nullable(),
  }),
]);
export type SelectionEvent = z.infer<typeof selectionEvent>;

/**
 * Weight of each converged grid point under BIC: proportional to exp(-BIC / 2), among those whose likelihoods can be
 * compared with that of the first.
 */
export const modelWeight = gridPoint.extend({ weight: z.number() });

/** By what the verdict was reached. */
const verdictRule = z.enum(['pairedStandardError', 'bic', 'noGroups', 'gap', 'silhouette']);
export type VerdictRule = z.infer<typeof verdictRule>;

/** What speaks for or against a verdict; texts are in `selectionText.ts`. */
const verdictRemark = z.discriminatedUnion('kind', [
  /** A larger K scores best, but this one is within a paired standard error of it. */
  z.object({ kind: z.literal('withinError'), best: gridPoint, difference: estimate }),
  /** The likelihood takes so many components, but ICL and the gap see no groups apart. */
  z.object({ kind: z.literal('componentsWithoutGroups'), components: z.int() }),
  z.object({ kind: z.literal('agrees'), criterion: z.enum(['bic', 'icl', 'aic', 'gap', 'silhouette']) }),
  z.object({
    kind: z.literal('disagrees'),
    criterion: z.enum(['bic', 'icl', 'aic', 'gap', 'silhouette']),
    components: z.int(),
  }),
  /** The answer is the smallest (above 1) or the largest K that was tried. */
  z.object({ kind: z.literal('rangeEdge'), edge: z.enum(['smallest', 'largest']), components: z.int() }),
  /** A cluster with a stability below 0.75; those below 0.6 are not to be trusted. */
  z.object({ kind: z.literal('unstableCluster'), cluster: z.int(), stability: z.number() }),
  /** Grid points that were left out of the ranking. */
  z.object({ kind: z.literal('leftOut'), failed: z.int(), notConverged: z.int() }),
  /** Splits in which the best point or the chosen one failed, so that they were compared without them. */
  z.object({ kind: z.literal('splitsLeftOut'), leftOut: z.int(), splits: z.int() }),
  /** The last test of the chosen model: `components` against one more; rejected: more than `components` are there. */
  z.object({
    kind: z.literal('bootstrapTest'),
    components: z.int(),
    p: estimate,
    isRejected: z.boolean(),
  }),
]);
export type VerdictRemark = z.infer<typeof verdictRemark>;

export const verdict = z.object({
  chosen: gridPoint,
  rule: verdictRule,
  remarks: z.array(verdictRemark),
});
export type Verdict = z.infer<typeof verdict>;

/** What a selection found; `isComplete` false: it was cancelled and keeps what was finished. */
export const selectionSummary = z.object({
  selection: selectionId,
  table: tableId,
  specification: selectionSpecification,
  /** As the first model takes them. */
  features: z.array(fitFeature),
  /** By model: the first one that takes the columns as it does. Only among those can likelihoods be compared. */
  columnsAs: z.array(z.int()),
  rowsUsed: z.int(),
  rowsLeftOut: z.int(),
  cells: z.array(gridCell),
  gap: gapCurve.nullable(),
  bootstrapTests: z.array(bootstrapTest),
  weights: z.array(modelWeight),
  /** null: nothing could be ranked. */
  verdict: verdict.nullable(),
  isComplete: z.boolean(),
  /** Pieces of work taken over from an earlier selection. */
  reused: z.int(),
  elapsedMs: z.number(),
});
export type SelectionSummary = z.infer<typeof selectionSummary>;
