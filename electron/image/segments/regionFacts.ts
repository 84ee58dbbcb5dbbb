import type { Pixels } from '../../../shared/image/pixels';
import type { ConnectedRegions } from './connectedRegions';
import { meanColours } from './meanColours';
import { perimeters } from './perimeters';

/** What is known of each region beside its area; arrays over regions. A pixel's centre is at its column and row. */
export interface RegionFacts {
  /** First and last column, first and last row. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly top: Int32Array;
  readonly bottom: Int32Array;
  /** Mean column and row of its pixels. */
  readonly centroidX: Float64Array;
  readonly centroidY: Float64Array;
  /** regions x 4: mean original red, green, blue, opacity, 0 to 255, not rounded. */
  readonly meanColour: Float64Array;
  /** Length of the outline, pixels. */
  readonly perimeter: Float64Array;
}

/** Measures all regions of a picture; `pixels` are the original's. */
export function regionFacts(regions: ConnectedRegions, pixels: Pixels): RegionFacts {
  const { width, height, label, count, area } = regions;
  const left = new Int32Array(count).fill(width);
  const right = new Int32Array(count).fill(-1);
  const top = new Int32Array(count).fill(height);
  const bottom = new Int32Array(count).fill(-1);
  // Whole numbers below 2^53 for a hundred megapixels: sums are exact.
  const centroidX = new Float64Array(count);
  const centroidY = new Float64Array(count);
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    for (let i = y * width; i < end;) {
      const own = label[i];
      const from = i - y * width;
      while (i < end && label[i] === own) i++;
      const to = i - y * width;
      if (from < left[own]) left[own] = from;
      if (to - 1 > right[own]) right[own] = to - 1;
      if (y < top[own]) top[own] = y;
      bottom[own] = y;
      centroidX[own] += ((from + to - 1) * (to - from)) / 2;
      centroidY[own] += y * (to - from);
    }
  }
  for (let region = 0; region < count; region++) {
    centroidX[region] /= area[region];
    centroidY[region] /= area[region];
  }
  const meanColour = meanColours(label, count, pixels);
  return { left, right, top, bottom, centroidX, centroidY, meanColour, perimeter: perimeters(regions) };
}
