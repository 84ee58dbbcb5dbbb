import { z } from 'zod';
import { anyNumber } from './fit';
import { float64Array, int32Array } from './typedArrays';

/** How the clusters fill the range of one feature. */
export const featureHistogram = z.object({
  /** Its place in the fit. */
  feature: z.int(),
  /**
   * Ends of the bins of a number in units of the file, one more than there are bins; empty for the others, whose bins
   * are their levels (yes/no: no, yes).
   */
  edges: float64Array,
  /** Weight of the rows in each cluster and bin, clusters x bins; rows count in their most probable cluster. */
  counts: float64Array,
});
export type FeatureHistogram = z.infer<typeof featureHistogram>;

/** Silhouette widths: how much nearer each row is to its own cluster than to the next (Rousseeuw, 1987). */
export const silhouettePlot = z.object({
  /** Mean over all rows; of a sample with its standard error. */
  value: z.number(),
  standardError: z.number().nullable(),
  /** Rows of the table that have a width, their clusters and widths. */
  row: int32Array,
  cluster: int32Array,
  width: float64Array,
  /** Mean width of each cluster; NaN where it has no row. */
  byCluster: z.array(anyNumber),
});
export type SilhouettePlot = z.infer<typeof silhouettePlot>;

/** Some rows of a fit with their cells, in the order of the table. */
export const rowSample = z.object({
  /** Of the table. */
  row: int32Array,
  cluster: int32Array,
  /**
   * rows x features: numbers in units of the file, yes/no as 1 and 0, categories as the place of their level; NaN where
   * the cell is missing.
   */
  values: float64Array,
  /** Rows there are; more than `row` holds when this is a sample. */
  total: z.int(),
});
export type RowSample = z.infer<typeof rowSample>;
