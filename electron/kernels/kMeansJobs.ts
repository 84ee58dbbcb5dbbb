/** What the compiled sources export for k-means; addresses in bytes. */
export interface KMeansExports {
  kMeansTiles(plan: number, chunk: number): void;
  kMeansPass(plan: number, scratch: number, chunk: number): void;
  rowCopies(plan: number, chunk: number): void;
  sparseRows(plan: number, scratch: number, chunk: number): void;
  sparsePass(plan: number, scratch: number, chunk: number): void;
  groupPass(plan: number, scratch: number, chunk: number): void;
  kMeansTotals(plan: number, from: number, to: number): void;
  kMeansDistortion(plan: number, chunk: number): void;
  orderCount(plan: number, part: number): void;
  orderPlaces(plan: number): void;
  orderCopy(plan: number, part: number): void;
  seedingBegin(plan: number, chunk: number): void;
  seedingEstimates(plan: number, scratch: number, chunk: number): void;
  seedingCosts(plan: number, chunk: number): void;
  seedingAccept(plan: number, scratch: number, chunk: number): void;
  seedingMasses(plan: number, chunk: number): void;
}

/**
 * Work that any thread may do a piece of, in any order. A piece of `totals` is some columns of the sums, of ordering a
 * part of the rows, of the others a chunk. Jobs up to `rowCopies` prepare the rows for all runs.
 */
export const kMeansJobs = [
  'orderCount',
  'orderPlaces',
  'orderCopy',
  'orderedTiles',
  'tiles',
  'rowCopies',
  'pass',
  'totals',
  'distortion',
  'seedingBegin',
  'seedingEstimates',
  'seedingCosts',
  'seedingAccept',
] as const;
export type KMeansJob = (typeof kMeansJobs)[number];
