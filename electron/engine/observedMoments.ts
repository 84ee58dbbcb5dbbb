import type { Rows } from './model';

/** Mean and covariance of number columns, rows counted by weight. */
export interface ObservedMoments {
  /** m, for the m columns asked for; 0 where a column has no cell. */
  readonly mean: Float64Array;
  /** m x m, symmetric. */
  readonly covariance: Float64Array;
}

/**
 * Mean and covariance of columns of rows. Where cells are missing, each column's mean and variance are of what it has,
 * and products take a missing cell for the mean, so that the matrix stays a covariance.
 *
 * lost   what the divisor is less than the number of rows seen: 0, or 1 for the unbiased one
 */
export function observedMoments(rows: Rows, columns: readonly number[], lost: 0 | 1): ObservedMoments {
  const { x, n, d, weight } = rows;
  const m = columns.length;
  const seen = new Float64Array(m);
  const mean = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    const w = weight?.[i] ?? 1;
    for (let a = 0; a < m; a++) {
      const value = x[i * d + columns[a]];
      if (Number.isNaN(value)) continue;
      seen[a] += w;
      mean[a] += w * value;
    }
  }
  for (let a = 0; a < m; a++) mean[a] = seen[a] > 0 ? mean[a] / seen[a] : 0;
  // One row has no spread; dividing its zeros by one keeps them.
  const root = seen.map((count) => Math.sqrt(count > lost ? count - lost : 1));
  const covariance = new Float64Array(m * m);
  const scaled = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    const w = weight?.[i] ?? 1;
    for (let a = 0; a < m; a++) {
      const value = x[i * d + columns[a]];
      scaled[a] = Number.isNaN(value) ? 0 : (value - mean[a]) / root[a];
    }
    for (let a = 0; a < m; a++) {
      const own = w * scaled[a];
      for (let b = 0; b <= a; b++) covariance[a * m + b] += own * scaled[b];
    }
  }
  for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) covariance[b * m + a] = covariance[a * m + b];
  return { mean, covariance };
}
