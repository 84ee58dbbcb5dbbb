/** Mean and covariance of a two-dimensional Gaussian: what a component looks like in a plane. */
export interface PlaneGaussian {
  readonly x: number;
  readonly y: number;
  readonly varianceX: number;
  readonly covariance: number;
  readonly varianceY: number;
}

/** A linear map to the plane: plane = matrix (point - centre). `matrix`: 2 x d, row-major; `centre`: d. */
export interface PlaneMap {
  readonly matrix: Float64Array;
  readonly centre: Float64Array;
}

/**
 * Where a point of d coordinates comes to lie in the plane.
 *
 * point  d, in the units `map.centre` is in
 */
export function projectPoint(map: PlaneMap, point: ArrayLike<number>): { x: number; y: number } {
  const d = map.centre.length;
  let x = 0;
  let y = 0;
  for (let j = 0; j < d; j++) {
    const offset = point[j] - map.centre[j];
    x += map.matrix[j] * offset;
    y += map.matrix[d + j] * offset;
  }
  return { x, y };
}

/**
 * A d-dimensional Gaussian as it appears in the plane: mean A (mu - c) and covariance A Sigma A^T.
 *
 * mean        d
 * covariance  d x d, row-major, symmetric, or d, the variances of independent coordinates; null: no spread, as for a
 *             centre of k-means
 *
 * Source: Bishop (2006), exercise 2.15 and eq. 2.115: a linear map of a Gaussian is a Gaussian.
 */
export function projectGaussian(
  map: PlaneMap,
  mean: ArrayLike<number>,
  covariance: ArrayLike<number> | null,
): PlaneGaussian {
  const { x, y } = projectPoint(map, mean);
  if (covariance === null) return { x, y, varianceX: 0, covariance: 0, varianceY: 0 };
  const d = map.centre.length;
  const isDiagonal = covariance.length === d;
  let varianceX = 0;
  let between = 0;
  let varianceY = 0;
  for (let i = 0; i < d; i++) {
    const xi = map.matrix[i];
    const yi = map.matrix[d + i];
    for (let j = isDiagonal ? i : 0; j < (isDiagonal ? i + 1 : d); j++) {
      const entry = covariance[isDiagonal ? i : i * d + j];
      const xj = map.matrix[j];
      const yj = map.matrix[d + j];
      varianceX += xi * entry * xj;
      between += xi * entry * yj;
      varianceY += yi * entry * yj;
    }
  }
  return { x, y, varianceX, covariance: between, varianceY };
}
