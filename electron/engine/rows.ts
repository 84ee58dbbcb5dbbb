/**
 * The matrix of a fit: n x d row-major, a column for each feature (`featureSpace.ts` says what its cells mean), NaN
 * for a missing cell. The preparation has centred numbers at the column means, so that no statistic is taken about a
 * far-away zero. `weight`: n numbers >= 0, absent for all ones. `label`: n, the component of rows for which it is
 * known, -1 for the others; absent when it is known of none.
 */
export interface Rows {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly weight?: Float64Array | undefined;
  readonly label?: Int32Array | undefined;
  /** Whether any cell is NaN. Absent: none is. */
  readonly hasMissing?: boolean | undefined;
}

/** At most this many chunks, so that a hundred threads find work and partial statistics stay small beside the rows. */
const mostChunks = 128;

/** At least this many rows a chunk, so that handing one over costs less than working it. */
const fewestRows = 2048;

/** Chunks end at multiples of this, so that kernels take whole groups of rows. */
const rowGroup = 64;

/**
 * Rows in a chunk: a function of the data alone. The same chunks, added in the same order, give the same digits
 * on any number of threads.
 */
export function chunkRows(n: number): number {
  const even = Math.ceil(n / mostChunks);
  return Math.max(fewestRows, Math.ceil(even / rowGroup) * rowGroup);
}

/** How many chunks n rows are cut into: 0 for none. */
export function chunkCount(n: number): number {
  return Math.ceil(n / chunkRows(n));
}

/** The rows [from, to) of a chunk. */
export function chunkRange(n: number, chunk: number): { from: number; to: number } {
  const size = chunkRows(n);
  return { from: chunk * size, to: Math.min(n, (chunk + 1) * size) };
}
