import type { SegmentationSettings } from '../../shared/image/segmentation';
import type { ConnectedRegions } from '../image/segments/connectedRegions';
import type { RegionFacts } from '../image/segments/regionFacts';

/** The connected regions of a painting after small ones were merged, in shared memory. */
export interface SharedSegmentation {
  readonly settings: SegmentationSettings;
  /** Place in the palette of each pixel after merging. */
  readonly index: Uint8Array;
  readonly regions: ConnectedRegions;
  readonly facts: RegionFacts;
}
