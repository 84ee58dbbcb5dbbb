import type { Rows } from './model';
import { symmetricEigen } from './numeric/linearAlgebra';
import { observedMoments } from './observedMoments';

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
 * covariance (`observedMoments` where cells are missing). Rows count by their weight. Work and memory grow as d squared, d cubed for the eigenvectors.
 *
 * Source: Bishop (2006), section 12.1.1.
 */
export function principalAxes(rows: Rows, count = 2): PrincipalAxes {
  const { d } = rows;
  const columns = Array.from({ length: d }, (_, a) => a);
  const { mean, covariance } = observedMoments(rows, columns, 0);
  const totalVariance = columns.reduce((sum, a) => sum + covariance[a * d + a], 0);
  const { values, vectors } = symmetricEigen(covariance, 0, d);
  const kept = Math.min(count, d);
  return { axes: vectors.slice(0, kept * d), variance: values.slice(0, kept), totalVariance, mean };
}
