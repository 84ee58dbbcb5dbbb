import {
  quantisationSpecification,
  type Colour,
  type ColourSpace,
  type Dithering,
  type Effort,
  type Swatch,
} from '../../shared/image/quantisation';
import { ok } from '../../shared/result';
import type { ColourHistogram } from '../image/colourHistogram';
import { nearestOfColours } from '../image/nearestOfColours';
import { paint } from '../image/paint';
import { countSwatches } from '../image/palette';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';

/** A picture, and colours it is painted with. */
export interface PaintRequest {
  readonly picture: SharedPicture;
  readonly colours: readonly Colour[];
  readonly space: ColourSpace;
  readonly dithering: Dithering;
  /** Of its file. */
  readonly effort: Effort;
  /** They are kept by a later fit. */
  readonly locked: boolean;
}

/** Paints a picture with given colours, in their order; a transparent one is added where the picture needs it. */
export const paintPicture: PictureJob<PaintRequest, never, SharedPainting> = (request) => {
  const { picture, space, dithering, effort, locked } = request;
  const { pixels, histogram } = picture;
  const colours = withTransparent(request.colours, histogram, space);
  const index = shared(paint(pixels, colours, dithering, space, histogram));
  const swatches = colours.map((colour): Swatch => ({ colour, pixels: 0, isLocked: locked }));
  return Promise.resolve(
    ok({
      precision: 'exact',
      specification: quantisationSpecification.parse({
        goal: { kind: 'count', colours: colours.length },
        locked: locked ? colours : [],
        space,
        dithering,
        effort,
      }),
      swatches: countSwatches(swatches, index),
      index,
      undithered: null,
      fit: null,
      mixture: null,
    }),
  );
};

const mostColours = 256;

const transparent: Colour = { red: 0, green: 0, blue: 0, opacity: 0 };

/**
 * The colours, and behind them a transparent one if the picture has wholly transparent pixels and they have none: those
 * would be seen else. Where there is no room the colour that fewest pixels are nearest to makes it, of equal ones the
 * last.
 */
function withTransparent(
  colours: readonly Colour[],
  histogram: ColourHistogram,
  space: ColourSpace,
): readonly Colour[] {
  if (histogram.transparent === 0 || colours.some(({ opacity }) => opacity === 0)) return colours;
  if (colours.length < mostColours) return [...colours, transparent];
  const nearest = nearestOfColours(histogram, colours, space);
  const pixels = new Float64Array(colours.length);
  for (let i = 0; i < histogram.size; i++) pixels[nearest[i]] += histogram.count[i];
  const least = pixels.lastIndexOf(Math.min(...pixels));
  return [...colours.filter((_, at) => at !== least), transparent];
}
