import type { Colour } from '../../shared/image/quantisation';
import type { ColourCover, SegmentationSettings } from '../../shared/image/segmentation';
import { failed, ok } from '../../shared/result';
import { colourSummary } from '../image/segments/colourSummary';
import { connectedRegions, type ConnectedRegions } from '../image/segments/connectedRegions';
import { mergeSmallRegions } from '../image/segments/mergeSmallRegions';
import { regionFacts } from '../image/segments/regionFacts';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import type { SharedRegionFacts, SharedSegmentation } from './sharedSegmentation';
import { wholeIndex } from './wholeIndex';

/** What is known of a region takes about 50 bytes: noise of 12 megapixels has 8 million. */
const mostRegions = 10_000_000;

/** Finds the connected regions of a painting and what is known of them. */
export const findSegments: PictureJob<
  {
    readonly picture: SharedPicture;
    readonly painting: SharedPainting;
    readonly settings: SegmentationSettings;
  },
  { readonly kind: 'progress'; readonly fraction: number },
  SharedSegmentation
> = async ({ picture, painting, settings }, { shouldStop, emit }) => {
  const { pixels } = picture;
  const { width, height, frames = 1 } = pixels;
  if (frames > 1) return failed({ kind: 'notOfFrames', what: 'segments' });
  const { smallest, connectivity } = settings;
  const palette = painting.swatches.map(({ colour }) => colour);
  // Steps take about as long as each other, but for merging, which can take longer.
  const steps = smallest > 1 ? 5 : 3;
  let done = 0;
  const step = (): boolean => {
    done++;
    emit({ kind: 'progress', fraction: done / steps });
    return shouldStop();
  };
  const cancelled = failed({ kind: 'cancelled' } as const);

  let index = wholeIndex(picture, painting);
  if (step()) return cancelled;
  if (smallest > 1) {
    index = mergeSmallRegions(index, width, height, palette, smallest, connectivity);
    done++;
    if (step()) return cancelled;
  }
  const regions = connectedRegions(index, width, height, connectivity);
  if (regions.count > mostRegions)
    return failed({ kind: 'regionsTooFine', regions: regions.count, most: mostRegions });
  if (step()) return cancelled;
  const covers = colourSummary(index, palette.length, regions, pixels).map(
    ({ meanColour, ...cover }, at): ColourCover => ({
      ...cover,
      colour: palette[at],
      meanColour: meanColour === null ? null : rounded(meanColour),
    }),
  );
  return ok({
    settings,
    index: shared(index),
    regions: sharedRegions(regions),
    facts: sharedFacts(regions, picture),
    covers,
  });
};

const sharedRegions = (regions: ConnectedRegions): ConnectedRegions => ({
  ...regions,
  label: shared(regions.label),
  paletteIndex: shared(regions.paletteIndex),
  area: shared(regions.area),
});

function sharedFacts(regions: ConnectedRegions, { pixels }: SharedPicture): SharedRegionFacts {
  const facts = regionFacts(regions, pixels);
  // `Uint8Array.from` is 60 times as slow: seconds where there are millions of regions.
  const meanColour = new Uint8Array(facts.meanColour.length).map((_, i) => Math.round(facts.meanColour[i]));
  return {
    left: shared(facts.left),
    right: shared(facts.right),
    top: shared(facts.top),
    bottom: shared(facts.bottom),
    centroidX: shared(facts.centroidX),
    centroidY: shared(facts.centroidY),
    perimeter: shared(facts.perimeter),
    meanColour: shared(meanColour),
  };
}

const rounded = ([red, green, blue, opacity]: readonly [number, number, number, number]): Colour => ({
  red: Math.round(red),
  green: Math.round(green),
  blue: Math.round(blue),
  opacity: Math.round(opacity),
});
