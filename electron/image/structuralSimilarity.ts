import type { Pixels } from '../../shared/image/pixels';
import { luminanceOfRow } from './luminance';
import type { Backdrop } from './luminance';

const windowRadius = 5; // 11 x 11, as Wang et al. (2004)
const windowSigma = 1.5;
const luminanceConstant = (0.01 * 255) ** 2;
const contrastConstant = (0.03 * 255) ** 2;

/** Sums over a window that its similarity is made of: x, y, x^2 + y^2 and x y, one array each. */
type Fields = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/**
 * Mean structural similarity of the luminances of two pictures of one size: 1 where they are equal, else below.
 *
 * Every window that lies wholly inside the picture counts once, as in the authors' program; a picture smaller than a
 * window is compared with the largest odd window that fits it. Rows are read once, so that memory does not grow with
 * the height.
 *
 * Source: Wang, Bovik, Sheikh and Simoncelli (2004), Image quality assessment: from error visibility to structural
 * similarity, eq. 13 with K1 = 0.01, K2 = 0.03, a Gaussian window of 11 x 11 with standard deviation 1.5 whose
 * variances have divisor 1 (eq. 15, 16).
 */
export function structuralSimilarity(first: Pixels, second: Pixels, backdrop: Backdrop): number {
  const { width, height } = first;
  const across = gaussianTaps(width);
  const down = gaussianTaps(height);
  const columns = width - across.length + 1;
  const ring = Array.from({ length: down.length }, () => newFields(columns));
  const whole = newFields(width);
  const sums = newFields(columns);
  let total = 0;
  for (let y = 0; y < height; y++) {
    readRow(first, second, y, backdrop, whole);
    const oldest = ring[y % down.length];
    whole.forEach((field, f) => filterAcross(field, across, oldest[f]));
    if (y < down.length - 1) continue;
    // The ring's rows from the top of the window to its bottom, which is the row just read.
    const rows = down.map((_, t) => ring[(y + 1 + t) % down.length]);
    sums.forEach((sum, f) =>
      filterDown(
        rows.map((row) => row[f]),
        down,
        sum,
      ),
    );
    total += sumOfSimilarities(sums);
  }
  return total / (columns * (height - down.length + 1));
}

function newFields(columns: number): Fields {
  const field = () => new Float64Array(columns);
  return [field(), field(), field(), field()];
}

/** A symmetric window that sums to one: 11 long, or the largest odd number that `length` has room for. */
function gaussianTaps(length: number): number[] {
  const radius = Math.min(windowRadius, Math.floor((length - 1) / 2));
  const heights = Array.from({ length: 2 * radius + 1 }, (_, t) =>
    Math.exp(-((t - radius) ** 2) / (2 * windowSigma ** 2)),
  );
  const sum = heights.reduce((a, b) => a + b);
  return heights.map((height) => height / sum);
}

function readRow(first: Pixels, second: Pixels, y: number, backdrop: Backdrop, fields: Fields): void {
  const [a, b, squares, products] = fields;
  luminanceOfRow(first, y, backdrop, a);
  luminanceOfRow(second, y, backdrop, b);
  for (let x = 0; x < a.length; x++) {
    squares[x] = a[x] * a[x] + b[x] * b[x];
    products[x] = a[x] * b[x];
  }
}

/** Weighted sums over `taps.length` neighbours along a row; the window is symmetric, so equal taps share a product. */
function filterAcross(row: Float64Array, taps: readonly number[], out: Float64Array): void {
  const radius = (taps.length - 1) / 2;
  const middle = taps[radius];
  for (let x = 0; x < out.length; x++) out[x] = middle * row[x + radius];
  for (let t = 0; t < radius; t++) {
    const tap = taps[t];
    const opposite = taps.length - 1 - t;
    for (let x = 0; x < out.length; x++) out[x] += tap * (row[x + t] + row[x + opposite]);
  }
}

/** The same over `taps.length` rows, one above the other. */
function filterDown(rows: readonly Float64Array[], taps: readonly number[], out: Float64Array): void {
  const radius = (taps.length - 1) / 2;
  const middle = taps[radius];
  const centre = rows[radius];
  for (let x = 0; x < out.length; x++) out[x] = middle * centre[x];
  for (let t = 0; t < radius; t++) {
    const tap = taps[t];
    const above = rows[t];
    const below = rows[taps.length - 1 - t];
    for (let x = 0; x < out.length; x++) out[x] += tap * (above[x] + below[x]);
  }
}

function sumOfSimilarities([a, b, squares, products]: Fields): number {
  let total = 0;
  for (let x = 0; x < a.length; x++) {
    const meanProduct = a[x] * b[x];
    const meanSquares = a[x] * a[x] + b[x] * b[x];
    total +=
      ((2 * meanProduct + luminanceConstant) * (2 * (products[x] - meanProduct) + contrastConstant)) /
      ((meanSquares + luminanceConstant) * (squares[x] - meanSquares + contrastConstant));
  }
  return total;
}
