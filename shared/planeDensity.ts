import type { PlaneGaussian } from './projection';
import type { Range } from './range';

/** Densities at the middles of the fields of a grid over part of the plane, rows from the lowest y upwards. */
export interface DensityGrid {
  readonly x: Range;
  readonly y: Range;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/**
 * Density of a mixture of Gaussians in the plane. Seen along a linear map, a mixture in any number of dimensions is the
 * mixture of its components' pictures with the same weights, so nothing is lost (Bishop, 2006, eq. 2.115).
 * A component without spread in some direction has no density in the plane and is passed over.
 *
 * weight  of each component, summing to one
 */
export function mixtureDensity(
  components: readonly PlaneGaussian[],
  weight: ArrayLike<number>,
  x: Range,
  y: Range,
  columns: number,
  rows: number,
): DensityGrid {
  const values = new Float64Array(columns * rows);
  components.forEach((component, j) => {
    const { varianceX, covariance, varianceY } = component;
    const determinant = varianceX * varianceY - covariance * covariance;
    if (!(determinant > 0)) return;
    const height = weight[j] / (2 * Math.PI * Math.sqrt(determinant));
    for (let row = 0; row < rows; row++) {
      const v = y.min + ((row + 0.5) / rows) * (y.max - y.min) - component.y;
      for (let column = 0; column < columns; column++) {
        const u = x.min + ((column + 0.5) / columns) * (x.max - x.min) - component.x;
        const square = (varianceY * u * u - 2 * covariance * u * v + varianceX * v * v) / determinant;
        values[row * columns + column] += height * Math.exp(-0.5 * square);
      }
    }
  });
  return { x, y, columns, rows, values };
}

/**
 * The densities above which lie the given shares of what the grid holds: borders of highest-density regions (Hyndman,
 * 1996). Null where the grid holds nothing.
 *
 * masses  in (0, 1)
 */
export function densityLevels({ values }: DensityGrid, masses: readonly number[]): number[] | null {
  const sorted = values.slice().sort();
  const whole = sorted.reduce((sum, value) => sum + value, 0);
  if (!(whole > 0)) return null;
  return masses.map((mass) => {
    let above = 0;
    let at = sorted.length;
    while (at > 0 && above < mass * whole) above += sorted[--at];
    return sorted[at];
  });
}
