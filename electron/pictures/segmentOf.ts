import type { Segment } from '../../shared/image/segmentation';
import type { SharedSegmentation } from './sharedSegmentation';

/** What is known of a region, by its number. */
export function segmentOf({ index, regions, facts }: SharedSegmentation, region: number): Segment {
  const [red, green, blue, opacity] = facts.meanColour.subarray(4 * region, 4 * region + 4);
  return {
    region,
    at: regions.paletteIndex[region],
    pixels: regions.area[region],
    share: regions.area[region] / index.length,
    meanColour: { red, green, blue, opacity },
    box: {
      left: facts.left[region],
      top: facts.top[region],
      width: facts.right[region] - facts.left[region] + 1,
      height: facts.bottom[region] - facts.top[region] + 1,
    },
    centroidX: facts.centroidX[region],
    centroidY: facts.centroidY[region],
    perimeter: facts.perimeter[region],
  };
}
