import type { ColourHistogram } from './colourHistogram';
import { mortonKey } from './colourHistogram';

/** Colours of a histogram by cells of a cube: what is worth trying is tried on their means. */
export interface CoarseColours {
  /** Cells with any colour. */
  readonly size: number;
  /** size x d: the mean of the pixels in each. */
  readonly x: Float64Array;
  /** Pixels in each. */
  readonly weight: Float64Array;
  /**
   * Weighted squared distances of colours to the mean of their cell, summed: what a distortion over cells lacks to be
   * that of the same clusters over colours.
   */
  readonly within: number;
  /** The cell of each colour. */
  readonly cell: Uint32Array;
}

/** Fewer cells for each centre are no picture of the colours. By eye. */
const cellsPerCentre = 4;

/** Cells of so many bits of a channel, or of more where those would be too few for `k` centres. */
export function cellsFor(
  k: number,
  histogram: ColourHistogram,
  points: Float64Array,
  d: number,
  bits: number,
): CoarseColours {
  const cells = coarseHistogram(histogram, points, d, bits);
  return cells.size < cellsPerCentre * k && bits < 8 ? cellsFor(k, histogram, points, d, bits + 1) : cells;
}

/**
 * The colours of a histogram (`points`: size x d) by the first `bits` bits of red, green and blue, opacities apart. In
 * Morton order the colours of a cell follow each other.
 */
export function coarseHistogram(
  { rgba, count, size }: ColourHistogram,
  points: Float64Array,
  d: number,
  bits: number,
): CoarseColours {
  const shift = 3 * (8 - bits);
  const cell = new Uint32Array(size);
  let cells = 0;
  let before = -1;
  for (let i = 0; i < size; i++) {
    const colour = mortonKey(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]) >>> shift;
    const own = colour + rgba[4 * i + 3] * 2 ** 24;
    if (own !== before) cells++;
    before = own;
    cell[i] = cells - 1;
  }
  const x = new Float64Array(cells * d);
  const weight = new Float64Array(cells);
  for (let i = 0; i < size; i++) {
    weight[cell[i]] += count[i];
    for (let a = 0; a < d; a++) x[cell[i] * d + a] += count[i] * points[i * d + a];
  }
  for (let j = 0; j < cells; j++) for (let a = 0; a < d; a++) x[j * d + a] /= weight[j];
  let within = 0;
  for (let i = 0; i < size; i++) {
    let squared = 0;
    for (let a = 0; a < d; a++) squared += (points[i * d + a] - x[cell[i] * d + a]) ** 2;
    within += count[i] * squared;
  }
  return { size: cells, x, weight, within, cell };
}
