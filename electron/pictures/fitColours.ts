import type { Colour, QuantisationSpecification } from '../../shared/image/quantisation';
import { failed, map } from '../../shared/result';
import type { ColourHistogram } from '../image/colourHistogram';
import { joinHistograms } from '../image/joinHistograms';
import { fitPicture } from './fitPicture';
import type { PictureJob } from './pictureJob';

interface Body {
  readonly histograms: readonly ColourHistogram[];
  /** By number of colours, in k-means of colours alone. */
  readonly specification: QuantisationSpecification;
}

/** Fits are of colours here: there is no picture. */
const noPixels = { width: 0, height: 0, rgba: new Uint8Array() };

/** The palette of many pictures together. */
export const fitColours: PictureJob<Body, never, readonly Colour[]> = (
  { histograms, specification },
  context,
) => {
  const { goal } = specification;
  if (goal.kind !== 'count') return Promise.resolve(failed({ kind: 'notForAll', what: 'goal' }));
  const together = { pixels: noPixels, histogram: histograms.reduce(joinHistograms) };
  const found = fitPicture(together, goal.colours, specification, context, { precision: 'exact' });
  return Promise.resolve(map(found, ({ palette }) => palette));
};
