const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** Numbers a kernel gathers of one component: count and a zero, rows of products, the row of sums. */
export const gaussianSumLength = (d: number): number => 2 + threes(d + 1) * threes(d);

/** Adds what a kernel gathered of k components to counts, sums and lower triangles of scatters. */
export function addGaussianSums(
  sums: Float64Array,
  k: number,
  d: number,
  count: Float64Array,
  sum: Float64Array,
  scatter: Float64Array,
): void {
  const across = threes(d);
  for (let j = 0; j < k; j++) {
    const own = j * gaussianSumLength(d);
    count[j] += sums[own];
    for (let a = 0; a < d; a++) {
      sum[j * d + a] += sums[own + 2 + d * across + a];
      for (let b = 0; b <= a; b++) scatter[(j * d + a) * d + b] += sums[own + 2 + a * across + b];
    }
  }
}
