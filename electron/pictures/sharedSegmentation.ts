import type { ColourCover, SegmentationSettings } from '../../shared/image/segmentation';
import type { ConnectedRegions } from '../image/segments/connectedRegions';
import type { RegionFacts } from '../image/segments/regionFacts';

/** The connected regions of a painting after small ones were merged, in shared memory. */
export interface SharedSegmentation {
  readonly settings: SegmentationSettings;
  /** Place in the palette of each pixel after merging. */
  readonly index: Uint8Array;
  readonly regions: ConnectedRegions;
  readonly facts: SharedRegionFacts;
  /** Of each colour of the palette. */
  readonly covers: readonly ColourCover[];
}

/** Arrays over regions. Mean colours are rounded, which takes an eighth of the room: there can be millions of them. */
export interface SharedRegionFacts extends Omit<RegionFacts, 'meanColour'> {
  /** regions x 4: red, green, blue, opacity. */
  readonly meanColour: Uint8Array;
}
