import type { RegionArea } from '../files/images/writeAreas';
import { segmentOf } from './segmentOf';
import type { SharedSegmentation } from './sharedSegmentation';

/** The lines of a table of areas, made while they are gone through. Regions are numbered from 1, as in the label map. */
export function* regionAreas(segmentation: SharedSegmentation): Generator<RegionArea> {
  for (let region = 0; region < segmentation.regions.count; region++) {
    const { box, ...facts } = segmentOf(segmentation, region);
    yield { ...facts, ...box, region: region + 1 };
  }
}
