import type { Rows } from './model';
import { symmetricEigen } from './numeric/linearAlgebra';

/** Principal axes of rows: where to look at many features on a flat screen. */
export interface PrincipalAxes {
  /** axes x d, unit vectors; the largest element of each is positive, so that a picture never flips. */
  readonly axes: Float64Array;
  /** Variance along each axis, divisor n, from the largest. */
  readonly variance: Float64Array;
  /** Variance of all features together: the share of an axis is its variance over this. */
  readonly totalVariance: number;
  /** d, the mean to subtract before projecting. */
  readonly mean: Float64Array;
}

/**
 * The first `count` principal axes of rows (fewer when there are fewer features), by the eigenvectors of their
 * covariance. Rows count by their weight. Work and memory grow as d squared, d cubed for the eigenvectors.
 *
 * Source: Bishop (2006), section 12.1.1.
 */
export function principalAxes(rows: Rows, count = 2): PrincipalAxes {
  const { x, n, d, weight } = rows;
  const mean = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const w = weight?.[i] ?? 1;
    total += w;
    for (let a = 0; a < d; a++) mean[a] += w * x[i * d + a];
  }
  for (let a = 0; a < d; a++) mean[a] /= total;
  const covariance = new Float64Array(d * d);
  const difference = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const share = (weight?.[i] ?? 1) / total;
    for (let a = 0; a < d; a++) difference[a] = x[i * d + a] - mean[a];
    for (let a = 0; a < d; a++) {
      const scaled = share * difference[a];
      for (let b = 0; b <= a; b++) covariance[a * d + b] += scaled * difference[b];
    }
  }
  let totalVariance = 0;
  for (let a = 0; a < d; a++) {
    totalVariance += covariance[a * d + a];
    for (let b = 0; b < a; b++) covariance[b * d + a] = covariance[a * d + b];
  }
  const { values, vectors } = symmetricEigen(covariance, 0, d);
  const kept = Math.min(count, d);
  return { axes: vectors.slice(0, kept * d), variance: values.slice(0, kept), totalVariance, mean };
}
