import { orderByArea } from './orderByArea';

/** Which pixels touch: those that share a side, or those that share a side or a corner. */
export type Connectivity = 4 | 8;

/** The parts of a picture of palette indices that hang together; numbered from 0, the largest first. */
export interface ConnectedRegions {
  readonly width: number;
  readonly height: number;
  readonly connectivity: Connectivity;
  /** How many regions there are. */
  readonly count: number;
  /** Region of each pixel, row by row. */
  readonly label: Int32Array;
  /** Palette index of each region. */
  readonly paletteIndex: Uint8Array;
  /** Pixels of each region; never rises from one region to the next, and they add up to the picture. */
  readonly area: Int32Array;
}

/**
 * Finds the connected regions of equal palette index. Regions of the same area stand in the order of their first
 * pixels, row by row, so numbers depend on the picture alone.
 *
 * index         width x height, row by row
 * connectivity  pixels that share a side (4), or also those that share a corner (8)
 *
 * Source: two passes with union-find over runs of a row (Rosenfeld and Pfaltz, 1966; He, Chao and Suzuki, 2008).
 */
export function connectedRegions(
  index: Uint8Array,
  width: number,
  height: number,
  connectivity: Connectivity = 4,
): ConnectedRegions {
  const runs = runsOfRows(index, width, height);
  const regionOfRun = uniteRuns(index, runs, width, height, connectivity === 8 ? 1 : 0);
  const count = numberRoots(regionOfRun);

  const areaInReadingOrder = new Int32Array(count);
  for (let run = 0; run < regionOfRun.length; run++) {
    areaInReadingOrder[regionOfRun[run]] += runs.starts[run + 1] - runs.starts[run];
  }
  const number = orderByArea(areaInReadingOrder);

  const label = new Int32Array(width * height);
  const paletteIndex = new Uint8Array(count);
  const area = new Int32Array(count);
  for (let run = 0; run < regionOfRun.length; run++) {
    const region = number[regionOfRun[run]];
    const end = runs.starts[run + 1];
    for (let i = runs.starts[run]; i < end; i++) label[i] = region;
    paletteIndex[region] = index[runs.starts[run]];
  }
  for (let i = 0; i < count; i++) area[number[i]] = areaInReadingOrder[i];
  return { width, height, connectivity, count, label, paletteIndex, area };
}

/** Runs of equal palette index; none goes past the end of a row. */
interface Runs {
  /** First pixel of each run, then the number of pixels: run r ends where run r + 1 starts. */
  readonly starts: Int32Array;
  /** First run of each row, then the number of runs. */
  readonly firstOfRow: Int32Array;
}

function runsOfRows(index: Uint8Array, width: number, height: number): Runs {
  const firstOfRow = new Int32Array(height + 1);
  let count = 0;
  for (let y = 0; y < height; y++) {
    firstOfRow[y] = count++;
    const end = (y + 1) * width;
    for (let i = y * width + 1; i < end; i++) if (index[i] !== index[i - 1]) count++;
  }
  firstOfRow[height] = count;

  const starts = new Int32Array(count + 1);
  let run = 0;
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    starts[run++] = y * width;
    for (let i = y * width + 1; i < end; i++) if (index[i] !== index[i - 1]) starts[run++] = i;
  }
  starts[count] = width * height;
  return { starts, firstOfRow };
}

/**
 * A forest over the runs: each run's parent is itself or an earlier run of its region, so roots are the first runs in
 * reading order. `reach`: how many pixels past its ends a run touches others in the row above.
 */
function uniteRuns(
  index: Uint8Array,
  { starts, firstOfRow }: Runs,
  width: number,
  height: number,
  reach: number,
): Int32Array {
  const parent = new Int32Array(firstOfRow[height]);
  for (let run = 0; run < parent.length; run++) parent[run] = run;
  for (let y = 1; y < height; y++) {
    const first = firstOfRow[y];
    const end = firstOfRow[y + 1];
    let above = firstOfRow[y - 1];
    for (let run = first; run < end; run++) {
      const from = starts[run] - width - reach;
      const to = starts[run + 1] - width + reach;
      const own = index[starts[run]];
      // Stops within the row above, for the row itself starts after `from`.
      while (starts[above + 1] <= from) above++;
      for (let other = above; other < first && starts[other] < to; other++) {
        if (index[starts[other]] === own) unite(parent, other, run);
      }
    }
  }
  return parent;
}

function unite(parent: Int32Array, one: number, other: number): void {
  const a = rootOf(parent, one);
  const b = rootOf(parent, other);
  if (a < b) parent[b] = a;
  else parent[a] = b;
}

/** The root, halving the path to it on the way (Tarjan and van Leeuwen, 1984). */
export function rootOf(parent: Int32Array, node: number): number {
  let at = node;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

/** Replaces each run's parent by the number of its root, counted in reading order; returns how many there are. */
function numberRoots(parent: Int32Array): number {
  let count = 0;
  for (let run = 0; run < parent.length; run++) {
    // Parents stand before their children, so theirs are numbers already.
    parent[run] = parent[run] === run ? count++ : parent[parent[run]];
  }
  return count;
}
