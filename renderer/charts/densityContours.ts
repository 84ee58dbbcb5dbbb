import { contours } from 'd3-contour';
import { densityLevels, mixtureDensity, type DensityGrid } from '../../shared/planeDensity';
import type { PlaneGaussian } from '../../shared/projection';
import type { Range } from '../../shared/range';

/** Shares of the mixture's probability that its contours hold. */
export const contourMasses = [0.25, 0.5, 0.75, 0.95] as const;

/** Fields of the grid along each axis. By eye: finer gives no smoother lines. */
const fields = 160;

/** Lines of equal density that hold one share of the probability in sight; each line is a list of points. */
export interface Contour {
  readonly mass: number;
  readonly lines: readonly (readonly [number, number][])[];
}

/**
 * Contours of the density of a mixture in a plane: of highest-density regions, so that each holds its share of the
 * probability. None where no component has a density there (k-means, a single feature).
 */
export function densityContours(
  components: readonly PlaneGaussian[],
  weight: ArrayLike<number>,
  x: Range,
  y: Range,
): Contour[] {
  const grid = mixtureDensity(components, weight, x, y, fields, fields);
  const levels = densityLevels(grid, contourMasses);
  if (levels === null) return [];
  return contourMasses.map((mass, at) => ({ mass, lines: linesAt(grid, levels[at]) }));
}

function linesAt(grid: DensityGrid, level: number): [number, number][][] {
  const { columns, rows, x, y } = grid;
  const { coordinates } = contours()
    .size([columns, rows])
    .contour([...grid.values], level);
  return coordinates.flatMap((polygon) =>
    polygon.map((ring) =>
      ring.map(([column, row]): [number, number] => [
        x.min + (column / columns) * (x.max - x.min),
        y.min + (row / rows) * (y.max - y.min),
      ]),
    ),
  );
}
