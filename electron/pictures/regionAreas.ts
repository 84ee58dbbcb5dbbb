import type { Colour } from '../../shared/image/quantisation';
import type { RegionArea } from '../files/images/writeAreas';
import { segmentOf } from './segmentOf';
import type { SharedSegmentation } from './sharedSegmentation';

/**
 * The lines of a table of areas, made while they are gone through. Regions are numbered from 1, as in the label map.
 *
 * names  of the colours of the palette; '' or nothing where there is none
 */
export function regionAreas(
  segmentation: SharedSegmentation,
  palette: readonly Colour[],
  names: readonly string[],
): Iterable<RegionArea> {
  return {
    *[Symbol.iterator]() {
      for (let region = 0; region < segmentation.regions.count; region++) {
        const { at, box, ...facts } = segmentOf(segmentation, region);
        yield {
          ...facts,
          ...box,
          region: region + 1,
          paletteIndex: at,
          colour: palette[at],
          name: names[at] ?? '',
        };
      }
    },
  };
}
