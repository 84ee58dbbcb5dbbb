import type { ConnectedRegions } from './connectedRegions';

/**
 * Length of each region's outline, holes and the edge of the picture included, in pixels. It is estimated from how often
 * lines in four directions cross the outline, because counting pixel sides makes oblique outlines up to 1.41 times too
 * long. A disc of radius 20 is met within 2 %; an upright square comes out 5 % short; a single pixel is 2.68.
 *
 * Source: Cauchy and Crofton's formula in four directions, Legland, Kieu and Devaux (2007), section 3.2:
 * perimeter = pi/8 (crossings of rows and columns + crossings of diagonals / sqrt 2), diagonals lying so much closer.
 */
export function perimeters(regions: ConnectedRegions): Float64Array {
  const { width, height, label, count } = regions;
  const straight = new Int32Array(count);
  const diagonal = new Int32Array(count);
  for (let y = 0; y < height; y++) {
    const hasBelow = y + 1 < height;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const own = label[i];
      if (x + 1 < width) {
        cross(straight, own, label[i + 1]);
        if (hasBelow) cross(diagonal, own, label[i + width + 1]);
      }
      if (hasBelow) {
        cross(straight, own, label[i + width]);
        if (x > 0) cross(diagonal, own, label[i + width - 1]);
      }
    }
  }
  addEdgeOfPicture(regions, straight, diagonal);

  const perimeter = new Float64Array(count);
  for (let region = 0; region < count; region++) {
    perimeter[region] = (Math.PI / 8) * (straight[region] + diagonal[region] / Math.SQRT2);
  }
  return perimeter;
}

function cross(crossings: Int32Array, one: number, other: number): void {
  if (one === other) return;
  crossings[one]++;
  crossings[other]++;
}

/** Lines that leave the picture: each pixel of its edge has neighbours that are not there. */
function addEdgeOfPicture(
  { width, height, label }: ConnectedRegions,
  straight: Int32Array,
  diagonal: Int32Array,
): void {
  for (let y = 0; y < height; y++) {
    // Between the first and last row, only the two ends.
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      const own = label[y * width + x];
      const columns = 1 + Number(x > 0) + Number(x + 1 < width);
      const rows = 1 + Number(y > 0) + Number(y + 1 < height);
      straight[own] += 6 - columns - rows;
      diagonal[own] += 4 - (columns - 1) * (rows - 1);
    }
  }
}
