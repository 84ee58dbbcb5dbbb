/**
 * The matrix of a fit: n x d row-major, no missing cells. The preparation has centred it at the column means,
 * so that no statistic is taken about a far-away zero. `weight`: n numbers >= 0, absent for all ones.
 */
export interface Rows {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly weight?: Float64Array | undefined;
}

/** At most this many chunks, so that a hundred threads find work and partial statistics stay small beside the rows. */
const mostChunks = 256;

/** At least this many rows a chunk, so that handing one over costs less than working it. */
const fewestRows = 512;

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
