import { segmentationId } from '../../../shared/ids';
import type { Segment, SegmentationSummary } from '../../../shared/image/segmentation';
import { paintingNamed } from './paintingFixtures';

/** The regions of a painting as the service would describe them; every field can be replaced. */
export function segmentationOf(
  painting = paintingNamed('one'),
  changes: Partial<SegmentationSummary> = {},
): SegmentationSummary {
  const total = painting.swatches.reduce((sum, { pixels }) => sum + pixels, 0);
  return {
    segmentation: segmentationId.parse(`segmentation-${painting.painting}`),
    painting: painting.painting,
    settings: { smallest: 1, connectivity: 4 },
    regions: 300,
    covers: painting.swatches.map(({ colour, pixels }) => ({
      colour,
      pixels,
      share: pixels / total,
      regions: 100,
      meanColour: colour,
    })),
    ...changes,
  };
}

/** A region of ten by eight pixels; every field can be replaced. */
export const segmentOf = (region: number, changes: Partial<Segment> = {}): Segment => ({
  region,
  at: region % 3,
  pixels: 1000 - region,
  share: (1000 - region) / 135_300,
  meanColour: { red: 160, green: 82, blue: 45, opacity: 255 },
  box: { left: 40, top: 60, width: 10, height: 8 },
  centroidX: 44.5,
  centroidY: 63.5,
  perimeter: 36,
  ...changes,
});
