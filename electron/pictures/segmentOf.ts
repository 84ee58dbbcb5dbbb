import type { PictureRegion } from '../../shared/image/picture';
import type { Segment } from '../../shared/image/segmentation';
import type { SharedRegionFacts, SharedSegmentation } from './sharedSegmentation';

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
    box: boxOf(facts, region),
    centroidX: facts.centroidX[region],
    centroidY: facts.centroidY[region],
    perimeter: facts.perimeter[region],
  };
}

/** Where a region is. */
export const boxOf = ({ left, right, top, bottom }: SharedRegionFacts, region: number): PictureRegion => ({
  left: left[region],
  top: top[region],
  width: right[region] - left[region] + 1,
  height: bottom[region] - top[region] + 1,
});
