import type { Segment } from '../../shared/image/segmentation';
import type { SharedSegmentation } from './sharedSegmentation';

/** What is known of a region, by its number. */
export function segmentOf({ index, regions, facts }: SharedSegmentation, region: number): Segment {
  const { meanColour } = facts;
  return {
    region,
    at: regions.paletteIndex[region],
    pixels: regions.area[region],
    share: regions.area[region] / index.length,
    meanColour: {
      red: meanColour[4 * region],
      green: meanColour[4 * region + 1],
      blue: meanColour[4 * region + 2],
      opacity: meanColour[4 * region + 3],
    },
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
