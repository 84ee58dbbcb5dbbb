import type { Stats } from '../model';

/**
 * Adds the statistics of rows of which cells are missing where only means are known, as in the first step of a start: a
 * missing cell stands at the mean and is counted in `unseen`, so that the M-step can divide by what was seen.
 *
 * membership  IN     (to - from) x k
 * mean        IN     k x d
 * stats       INOUT  `moment` by its length: squares (k x d), or lower triangles of products
 */
export function addAtMeans(
  x: Float64Array,
  from: number,
  to: number,
  d: number,
  membership: Float64Array,
  mean: Float64Array,
  k: number,
  { sum, moment, unseen }: Stats,
): void {
  const difference = new Float64Array(d);
  const hasSquaresOnly = moment.length === k * d;
  for (let i = from; i < to; i++) {
    for (let j = 0; j < k; j++) {
      const share = membership[(i - from) * k + j];
      if (share === 0) continue;
      for (let a = 0; a < d; a++) {
        const at = j * d + a;
        const value = x[i * d + a] - mean[at];
        const isMissing = Number.isNaN(value);
        difference[a] = isMissing ? 0 : value;
        if (isMissing) unseen[at] += share;
        sum[at] += share * difference[a];
        if (hasSquaresOnly) moment[at] += share * difference[a] ** 2;
        else for (let b = 0; b <= a; b++) moment[at * d + b] += share * difference[a] * difference[b];
      }
    }
  }
}
