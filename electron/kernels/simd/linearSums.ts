/**
 * How many times the second moments within components those about zero may be: their difference, and that of the terms
 * of a log density that is linear in x and its squares, loses so much precision, here three of sixteen digits at most.
 */
export const mostCancellation = 1e3;

/** Components stand side by side in pairs. */
export const even = (k: number): number => k + (k % 2);

/** Room for the sums of as many features, `memberSumStride` of the sources: the last block of them may reach beyond. */
export const memberSumStride = (features: number): number => features + 3;

/** From the sums of one component to those of the next in `tiedStep` of the sources: the count, then features. */
export const linearSumStride = (features: number): number => 1 + memberSumStride(features);

/** Adds counts and, moved to the means, sums of rows, whose sums have a stride between components. */
export function addLinearSums(
  sums: Float64Array,
  stride: number,
  mean: Float64Array,
  k: number,
  d: number,
  count: Float64Array,
  sum: Float64Array,
): void {
  for (let j = 0; j < k; j++) {
    const own = j * stride;
    const n = sums[own];
    count[j] += n;
    for (let a = 0; a < d; a++) sum[j * d + a] += sums[own + 1 + a] - n * mean[j * d + a];
  }
}
