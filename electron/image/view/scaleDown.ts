import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import type { Rows } from './rows';

/** The size of a region at most `width` x `height`, in its own aspect, never larger than it is. */
export function sizeWithin(
  region: PictureRegion,
  width: number,
  height: number,
): { width: number; height: number } {
  const scale = Math.min(1, width / region.width, height / region.height);
  return {
    width: Math.max(1, Math.round(region.width * scale)),
    height: Math.max(1, Math.round(region.height * scale)),
  };
}

/** For each column of the result the columns of the region that it covers, and how much of the first and the last. */
interface Columns {
  readonly first: Int32Array;
  /** Weights of the first and last column, in parts of a column: `part` is a whole one. */
  readonly firstWeight: Int32Array;
  readonly lastWeight: Int32Array;
  readonly part: number;
}

/**
 * A region scaled down: each pixel is the mean of what it covers, parts of pixels by their part; channels weighted by
 * opacity. A region of the same size comes back as it is. Null: stopped.
 *
 * width, height  of the result, at most those of the region
 */
export function scaleDown(
  rows: Rows,
  region: PictureRegion,
  width: number,
  height: number,
  shouldStop: () => boolean,
): Pixels | null {
  const { left, top } = region;
  const end = left + region.width;
  const rgba = new Uint8Array(4 * width * height);
  if (width === region.width && height === region.height) {
    const words = new Uint32Array(rgba.buffer);
    for (let y = 0; y < height; y++) words.set(rows.row(top + y, left, end), y * width);
    return { width, height, rgba };
  }
  const columns = coveredColumns(region.width, width);
  const addRow = rows.isOpaque ? addOpaque : addPremultiplied;
  const writeRow = rows.isOpaque ? writeOpaque : writePremultiplied;
  const weight = region.width * region.height;
  const sum = new Float64Array(4 * width);
  for (let y = 0, target = 0; y < region.height; y++) {
    if (shouldStop()) return null;
    const words = rows.row(top + y, left, end);
    // Row y covers [y, y + 1) x height, a row of the result as much as the region's height of that.
    const over = (y + 1) * height - (target + 1) * region.height;
    addRow(words, columns, over > 0 ? height - over : height, sum);
    if (over < 0) continue;
    writeRow(sum, weight, rgba.subarray(4 * target * width, 4 * (target + 1) * width));
    target++;
    sum.fill(0);
    if (over > 0) addRow(words, columns, over, sum);
  }
  return { width, height, rgba };
}

function coveredColumns(from: number, to: number): Columns {
  const first = new Int32Array(to + 1);
  const firstWeight = new Int32Array(to);
  const lastWeight = new Int32Array(to);
  for (let x = 0; x < to; x++) {
    first[x] = Math.floor((x * from) / to);
    firstWeight[x] = (first[x] + 1) * to - x * from;
    lastWeight[x] = ((x + 1) * from) % to;
  }
  first[to] = from;
  return { first, firstWeight, lastWeight, part: to };
}

/** Pixels whose channels can be added two in a word of 32 bits. */
const packed = 256;

/** Adds red, green and blue over the columns of each result, times `weight`; opacity is left out. */
function addOpaque(
  words: Uint32Array,
  { first, firstWeight, lastWeight, part }: Columns,
  weight: number,
  sum: Float64Array,
): void {
  const whole = part * weight;
  for (let x = 0; x < firstWeight.length; x++) {
    const end = first[x + 1];
    const one = words[first[x]];
    const before = firstWeight[x] * weight;
    let red = before * (one & 255);
    let green = before * ((one >>> 8) & 255);
    let blue = before * ((one >>> 16) & 255);
    for (let from = first[x] + 1; from < end; from += packed) {
      const to = from + packed < end ? from + packed : end;
      let redAndBlue = 0;
      let middle = 0;
      for (let i = from; i < to; i++) {
        const word = words[i];
        redAndBlue = (redAndBlue + (word & 0xff00ff)) | 0;
        middle = (middle + (word & 0xff00)) | 0;
      }
      red += whole * (redAndBlue & 0xffff);
      green += whole * (middle >>> 8);
      blue += whole * (redAndBlue >>> 16);
    }
    if (lastWeight[x] > 0) {
      const other = words[end];
      const after = lastWeight[x] * weight;
      red += after * (other & 255);
      green += after * ((other >>> 8) & 255);
      blue += after * ((other >>> 16) & 255);
    }
    sum[4 * x] += red;
    sum[4 * x + 1] += green;
    sum[4 * x + 2] += blue;
  }
}

/** As `addOpaque`, channels times opacity, then opacity. */
function addPremultiplied(
  words: Uint32Array,
  { first, firstWeight, lastWeight, part }: Columns,
  weight: number,
  sum: Float64Array,
): void {
  for (let x = 0; x < firstWeight.length; x++) {
    const last = lastWeight[x] > 0 ? first[x + 1] : first[x + 1] - 1;
    let red = 0;
    let green = 0;
    let blue = 0;
    let opacity = 0;
    for (let i = first[x]; i <= last; i++) {
      const word = words[i];
      const share = i === first[x] ? firstWeight[x] : i === first[x + 1] ? lastWeight[x] : part;
      const seen = share * (word >>> 24);
      red += seen * (word & 255);
      green += seen * ((word >>> 8) & 255);
      blue += seen * ((word >>> 16) & 255);
      opacity += seen;
    }
    sum[4 * x] += weight * red;
    sum[4 * x + 1] += weight * green;
    sum[4 * x + 2] += weight * blue;
    sum[4 * x + 3] += weight * opacity;
  }
}

function writeOpaque(sum: Float64Array, weight: number, out: Uint8Array): void {
  for (let at = 0; at < out.length; at += 4) {
    out[at] = Math.round(sum[at] / weight);
    out[at + 1] = Math.round(sum[at + 1] / weight);
    out[at + 2] = Math.round(sum[at + 2] / weight);
    out[at + 3] = 255;
  }
}

function writePremultiplied(sum: Float64Array, weight: number, out: Uint8Array): void {
  for (let at = 0; at < out.length; at += 4) {
    const opacity = sum[at + 3];
    if (opacity === 0) continue;
    out[at] = Math.round(sum[at] / opacity);
    out[at + 1] = Math.round(sum[at + 1] / opacity);
    out[at + 2] = Math.round(sum[at + 2] / opacity);
    out[at + 3] = Math.round(opacity / weight);
  }
}
