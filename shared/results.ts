import { z } from 'zod';
import { anyNumber } from './fit';
import { fitId } from './ids';
import { float64Array, int32Array } from './typedArrays';

/**
 * How much features separate the clusters: mutual information of feature and cluster, in bits. 0: the feature says
 * nothing; `clusterBits`, the entropy of the clusters' shares: it says everything.
 */
export const separation = z.object({
  clusterBits: z.number(),
  /** Every feature by its place in the fit, the most telling first. */
  features: z.array(z.object({ feature: z.int(), bits: z.number() })),
  /**
   * Lower quartile, median and upper quartile of each feature that is a number, features x 3, in units of the file;
   * NaN for the others. Of all rows, and by cluster, rows counted by their membership.
   */
  overallQuartiles: float64Array,
  quartiles: z.array(float64Array),
});
export type Separation = z.infer<typeof separation>;

/** One condition of a rule; `feature` is its place in the fit. A missing cell fulfils none. */
export const ruleCondition = z.discriminatedUnion('kind', [
  /** from <= value < below, in units of the file; null: no bound on that side. */
  z.object({
    kind: z.literal('range'),
    feature: z.int(),
    from: z.number().nullable(),
    below: z.number().nullable(),
  }),
  /** `level`: of a category its place among the levels; of yes/no 1 for yes, 0 for no. */
  z.object({ kind: z.literal('level'), feature: z.int(), level: z.int(), isNot: z.boolean() }),
]);
export type RuleCondition = z.infer<typeof ruleCondition>;

/** All conditions together; how it does on the rows it was measured on. */
export const clusterRule = z.object({
  conditions: z.array(ruleCondition),
  /** Share of the rows it holds for that belong to the cluster; NaN: it holds for none. */
  precision: anyNumber,
  /** Share of the cluster's rows that it holds for. */
  recall: anyNumber,
});
export type ClusterRule = z.infer<typeof clusterRule>;

/** A short rule for every cluster; null: none tells its rows from the others better than chance. */
export const clusterRules = z.object({
  rules: z.array(clusterRule.nullable()),
  /** Rows the rules were found on, and rows they were measured on. */
  foundOn: z.int(),
  measuredOn: z.int(),
  /** Whether those are different rows. False where a cluster has too few to be halved. */
  isHeldOut: z.boolean(),
});
export type ClusterRules = z.infer<typeof clusterRules>;

/** The smallest change of one cell that would make the second-best cluster the best. */
export const smallestMove = z.object({
  feature: z.int(),
  /** Numbers in units of the file; else the place of a level, of yes/no 1 for yes and 0 for no. */
  from: z.number(),
  to: z.number(),
});
export type SmallestMove = z.infer<typeof smallestMove>;

const borderlineRow = z.object({
  row: z.int(),
  cluster: z.int(),
  second: z.int(),
  /**
   * How far the best cluster is ahead: the difference of the two probabilities; of k-means, which has none, 1 less
   * the ratio of the distances to the two centres. 0: on the border; 1: without doubt.
   */
  margin: z.number(),
  /** NaN for k-means. */
  probability: anyNumber,
  secondProbability: anyNumber,
  /** null: no change of a single cell within the range of the data does. */
  move: smallestMove.nullable(),
});
export type BorderlineRow = z.infer<typeof borderlineRow>;

export const borderlineRows = z.object({
  /** Rows in their order of doubt that can be asked for. */
  listed: z.int(),
  /** Rows whose best cluster has a probability below 0.8; null for k-means. */
  doubtful: z.int().nullable(),
  rows: z.array(borderlineRow),
});
export type BorderlineRows = z.infer<typeof borderlineRows>;

/** What the clusters of a fit are compared with: the values of a column, or the clusters of another fit of the table. */
export const comparand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('column'), column: z.string() }),
  z.strictObject({ kind: z.literal('fit'), fit: fitId }),
]);
export type Comparand = z.infer<typeof comparand>;

/** The clusters of a fit against the groups of a comparand, over the rows that have both. */
export const comparison = z.object({
  /** Texts of the groups; of a fit their numbers, counted from 1. */
  groups: z.array(z.string()),
  /** Weight of the rows in each cluster and group, clusters x groups. */
  counts: float64Array,
  rows: z.int(),
  /** Rows of the fit that have no group. */
  rowsWithout: z.int(),
  /** Cluster that goes with each group, pairs with the most rows in common; -1: none is left. */
  match: int32Array,
  /** Share of the rows whose cluster goes with their group. */
  agreement: z.number(),
  /** NaN where it has no meaning. */
  adjustedRandIndex: anyNumber,
  normalisedMutualInformation: anyNumber,
});
export type Comparison = z.infer<typeof comparison>;

/** Rows of a comparison, ascending, with their cluster and group. */
export const comparedRows = z.object({
  total: z.int(),
  row: int32Array,
  cluster: int32Array,
  group: int32Array,
});
export type ComparedRows = z.infer<typeof comparedRows>;
