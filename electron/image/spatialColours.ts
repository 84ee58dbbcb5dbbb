import type { Pixels } from '../../shared/image/pixels';
import type { ColourSpace } from '../../shared/image/quantisation';
import type { Workplace } from '../engine/selection/workplace';
import { colourFit, type LloydRun } from './colourFit';
import { channelRange, coloursInSpace } from './colourSpaces';
import type { QuantisationStep } from './quantised';
import type { FoundCentres } from './searchCentres';

/** Colours that are found with the places of their pixels. */
export interface SpatialSearch {
  readonly pixels: Pixels;
  readonly space: ColourSpace;
  /** Coordinates of a colour. */
  readonly d: 3 | 4;
  /** The width of the picture in full ranges of a channel. */
  readonly spatialWeight: number;
  readonly k: number;
  /** Colours that stay, the first; where their pixels are is found. */
  readonly locked: readonly Float64Array[];
  readonly seed: number;
  readonly restarts: number;
  readonly shouldStop: () => boolean;
  readonly onStep: (step: QuantisationStep) => void;
}

export interface FoundWithPlaces extends FoundCentres {
  /** The centre of each pixel; k for wholly transparent ones. */
  readonly label: Uint8Array;
}

/** What is tried. */
interface Effort {
  /** Squares of the grid, at most: a larger picture is fitted by the means of its squares. */
  readonly mostCells: number;
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** By eye: a square is still small. */
const wholeEffort: Effort = { mostCells: 65_536, tolerance: 1e-6, maxIterations: 200 };

/** Fewer squares for each centre are no picture of the places. By eye. */
const cellsPerCentre = 4;

/** Pixels whose nearest centre is found at once. */
const blockPixels = 4096;

/**
 * k-means of the pixels by colour and place together: d coordinates of the colour, then x and y so scaled that the width
 * of the picture is `spatialWeight` ranges of a channel (the distance of Achanta et al., 2012, "SLIC superpixels",
 * eq. 3, over the whole picture). A large picture is fitted on a grid of squares, each with the mean colour and place
 * of its pixels and their number; then every pixel goes to the centre nearest to itself. Null: stopped.
 */
export function spatialColours(
  search: SpatialSearch,
  workplace: Workplace,
  effort = wholeEffort,
): FoundWithPlaces | null {
  const { k, d, shouldStop, onStep } = search;
  const grid = gridOf(search, effort.mostCells);
  const middle = [0, 1].map((a) => meanOf(grid.x, grid.weight, d + 2, d + a));
  const locked = search.locked.map((colour) => Float64Array.of(...colour, ...middle));
  const fit = colourFit({ ...grid, d: d + 2 }, k, locked, workplace, shouldStop, d);
  const runs: LloydRun[] = [];
  for (let restart = 0; restart < search.restarts; restart++) {
    const seeds = fit.seeds(search.seed, restart);
    const run = seeds && fit.run(seeds, effort);
    if (run === null) break;
    runs.push(run);
    onStep({ phase: 'restart', restart, distortion: run.distortion + grid.within });
  }
  if (runs.length === 0) return null;
  const best = runs.reduce((least, run) => (run.distortion < least.distortion ? run : least));
  const assigned = assign(search, best.centres, workplace);
  if (assigned === null) return null;
  const trace = [...best.trace.map((distortion) => distortion + grid.within), assigned.distortion];
  onStep({ phase: 'exact', restart: runs.indexOf(best), distortion: assigned.distortion });
  const centres = new Float64Array(k * d);
  for (let j = 0; j < k; j++) centres.set(best.centres.subarray(j * (d + 2), j * (d + 2) + d), j * d);
  return {
    centres,
    trace,
    ...assigned,
    restartsAtBest: runs.filter(({ distortion }) => distortion <= best.distortion * 1.001).length,
    converged: best.converged,
  };
}

interface Grid {
  readonly n: number;
  readonly x: Float64Array;
  readonly weight: Float64Array;
  /** Squared distances of pixels to the mean of their cell, summed. */
  readonly within: number;
}

/** Squares of the picture that have any pixel to be seen. */
function gridOf(search: SpatialSearch, mostCells: number): Grid {
  const { width, height } = search.pixels;
  const least = Math.max(1, Math.ceil(Math.sqrt((width * height) / mostCells)));
  const { side, across, place, count } = squaresSeen(search, least);
  const length = search.d + 2;
  const sum = new Float64Array(count * length);
  const mass = new Float64Array(count);
  let squares = 0;
  eachBlock(search, (points, from, seen) => {
    for (let i = 0; i < points.length / length; i++) {
      if (seen[i] === 0) continue;
      const pixel = from + i;
      const cell =
        place[Math.floor(Math.floor(pixel / width) / side) * across + Math.floor((pixel % width) / side)];
      mass[cell]++;
      for (let a = 0; a < length; a++) {
        const value = points[i * length + a];
        sum[cell * length + a] += value;
        squares += value * value;
      }
    }
    return true;
  });
  let between = 0;
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < length; a++) {
      const mean = sum[i * length + a] / mass[i];
      sum[i * length + a] = mean;
      between += mass[i] * mean * mean;
    }
  }
  // With a pixel in each cell the difference is rounding.
  return { n: count, x: sum, weight: mass, within: side === 1 ? 0 : Math.max(0, squares - between) };
}

/** Squares with pixels to be seen, counted in rows; `place` is -1 for the others. */
interface Squares {
  readonly side: number;
  /** Squares in a row of them. */
  readonly across: number;
  readonly place: Int32Array;
  readonly count: number;
}

/** Squares of a side, or of a smaller one where too few of them have pixels to be seen. */
function squaresSeen(search: Pick<SpatialSearch, 'pixels' | 'k'>, side: number): Squares {
  const { width, height, rgba } = search.pixels;
  const across = Math.ceil(width / side);
  const place = new Int32Array(across * Math.ceil(height / side)).fill(-1);
  for (let y = 0, at = 3; y < height; y++) {
    const row = Math.floor(y / side) * across;
    for (let x = 0; x < width; x++, at += 4) if (rgba[at] > 0) place[row + Math.floor(x / side)] = 0;
  }
  let count = 0;
  for (let square = 0; square < place.length; square++) if (place[square] === 0) place[square] = count++;
  return count < cellsPerCentre * search.k && side > 1
    ? squaresSeen(search, Math.ceil(side / 2))
    : { side, across, place, count };
}

/** Each pixel's nearest centre, k x (d + 2). */
function assign(
  search: SpatialSearch,
  centres: Float64Array,
  { kernels }: Workplace,
): { label: Uint8Array; weight: Float64Array; distortion: number } | null {
  const { k, d, pixels } = search;
  const label = new Uint8Array(pixels.width * pixels.height).fill(k);
  const weight = new Float64Array(k);
  const nearest = new Int32Array(blockPixels);
  const distance = new Float64Array(blockPixels);
  let distortion = 0;
  const isWhole = eachBlock(search, (points, from, seen) => {
    const count = points.length / (d + 2);
    kernels.nearestCentres(points, 0, count, d + 2, centres, k, nearest, distance);
    for (let i = 0; i < count; i++) {
      if (seen[i] === 0) continue;
      label[from + i] = nearest[i];
      weight[nearest[i]]++;
      distortion += distance[i];
    }
    return !search.shouldStop();
  });
  return isWhole ? { label, weight, distortion } : null;
}

/**
 * Shows the pixels block by block as points of colour and place, and whether each can be seen; false when `show` asked
 * for no more.
 */
function eachBlock(
  { pixels: { width, rgba }, space, d, spatialWeight }: SpatialSearch,
  show: (points: Float64Array, from: number, seen: Uint8Array) => boolean,
): boolean {
  const scale = (spatialWeight * channelRange[space]) / width;
  const length = d + 2;
  for (let from = 0; from < rgba.length / 4; from += blockPixels) {
    const own = rgba.subarray(4 * from, 4 * (from + blockPixels));
    const colours = coloursInSpace(space, own, d);
    const count = own.length / 4;
    const points = new Float64Array(count * length);
    const seen = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      for (let a = 0; a < d; a++) points[i * length + a] = colours[i * d + a];
      points[i * length + d] = ((from + i) % width) * scale;
      points[i * length + d + 1] = Math.floor((from + i) / width) * scale;
      seen[i] = own[4 * i + 3] === 0 ? 0 : 1;
    }
    if (!show(points, from, seen)) return false;
  }
  return true;
}

function meanOf(x: Float64Array, weight: Float64Array, length: number, column: number): number {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < weight.length; i++) {
    sum += weight[i] * x[i * length + column];
    mass += weight[i];
  }
  return sum / mass;
}
