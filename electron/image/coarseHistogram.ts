import { mortonKey, type ColourHistogram } from './colourHistogram';
import type { WeightedPoints } from './partition';

/** Colours, or cells of them, as points of a space; those of a cell follow each other. */
export interface ColourCells extends WeightedPoints {
  /** The place of each in Morton order, 24 bits, below its opacity: what cells of fewer bits are told apart by. */
  readonly key: Uint32Array;
  /**
   * Weighted squared distances of colours to the mean of their cell, summed: what a distortion over cells lacks to be
   * that of the same clusters over colours.
   */
  readonly within: number;
}

/** Cells that were made of finer ones. */
export interface CoarseColours extends ColourCells {
  /** The cell of each of those. */
  readonly cell: Uint32Array;
}

/** Fewer cells for each centre are no picture of the colours. By eye. */
const cellsPerCentre = 4;

/** Colours of which cells are made at a time: their points stay in the caches. By eye. */
const sliceColours = 1 << 14;

/** The colours of a histogram, each a cell of its own. `points`: theirs. */
export function cellPerColour({ rgba, size }: ColourHistogram, points: WeightedPoints): ColourCells {
  const key = new Uint32Array(size);
  for (let i = 0; i < size; i++)
    key[i] = (rgba[4 * i + 3] << 24) | mortonKey(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]);
  return { ...points, key, within: 0 };
}

/**
 * Cells of so many bits of the colours of a histogram. `pointsOf`: the points of its colours from one place to before
 * another, d numbers each; they are asked for slice by slice, so that those of all need not be at hand.
 */
export function cellsOfColours(
  histogram: ColourHistogram,
  pointsOf: (from: number, to: number) => Float64Array,
  d: number,
  bits: number,
): ColourCells {
  const slices: ColourCells[] = [];
  for (let from = 0; from < histogram.size; from += sliceColours) {
    const to = Math.min(histogram.size, from + sliceColours);
    const weight = histogram.count.subarray(from, to);
    const slice = { ...histogram, size: to - from, rgba: histogram.rgba.subarray(4 * from, 4 * to) };
    const points = { x: pointsOf(from, to), weight, n: to - from, d };
    slices.push(coarseHistogram(cellPerColour(slice, points), bits));
  }
  // Two slices may have parts of one cell.
  return coarseHistogram(joined(slices, d), bits);
}

function joined(parts: readonly ColourCells[], d: number): ColourCells {
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  const all = { x: new Float64Array(n * d), weight: new Float64Array(n), key: new Uint32Array(n) };
  let at = 0;
  for (const { x, weight, key, n: own } of parts) {
    all.x.set(x, at * d);
    all.weight.set(weight, at);
    all.key.set(key, at);
    at += own;
  }
  return { ...all, n, d, within: parts.reduce((sum, { within }) => sum + within, 0) };
}

/** Cells of so many bits of a channel, or of more where those would be too few for `k` centres. */
export function cellsFor<T extends ColourCells>(k: number, cellsOf: (bits: number) => T, bits: number): T {
  const cells = cellsOf(bits);
  return cells.n < cellsPerCentre * k && bits < 8 ? cellsFor(k, cellsOf, bits + 1) : cells;
}

/**
 * Means of the colours that agree in the first `bits` bits of red, green and blue, and in opacity. Sums are about the
 * first colour of a cell; cells of cells lack what both lack (Steiner).
 */
export function coarseHistogram({ x, weight, n, d, key, within }: ColourCells, bits: number): CoarseColours {
  const mask = -1 << (3 * (8 - bits));
  const cell = new Uint32Array(n);
  let cells = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && (key[i] & mask) !== (key[i - 1] & mask)) cells++;
    cell[i] = cells;
  }
  if (n > 0) cells++;
  const means = new Float64Array(cells * d);
  const mass = new Float64Array(cells);
  const keys = new Uint32Array(cells);
  const sum = new Float64Array(d);
  let lacking = within;
  for (let i = 0; i < n;) {
    const own = cell[i];
    const first = i * d;
    let squares = 0;
    let total = 0;
    keys[own] = key[i];
    sum.fill(0);
    for (; i < n && cell[i] === own; i++) {
      const w = weight[i];
      total += w;
      for (let a = 0; a < d; a++) {
        const difference = x[i * d + a] - x[first + a];
        sum[a] += w * difference;
        squares += w * difference * difference;
      }
    }
    mass[own] = total;
    for (let a = 0; a < d; a++) {
      squares -= (sum[a] * sum[a]) / total;
      means[own * d + a] = x[first + a] + sum[a] / total;
    }
    lacking += Math.max(0, squares);
  }
  return { x: means, weight: mass, n: cells, d, key: keys, within: lacking, cell };
}
