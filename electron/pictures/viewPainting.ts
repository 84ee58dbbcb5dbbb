import type { PictureView } from '../../shared/image/picture';
import type { Pixels } from '../../shared/image/pixels';
import type { Colour } from '../../shared/image/quantisation';
import { failed, ok } from '../../shared/result';
import { wordsOf, type ColourHistogram } from '../image/colourHistogram';
import { differenceMap, usualWhite } from '../image/difference';
import { paint, painted } from '../image/paint';
import { paletteWords } from '../image/paletteWords';
import { fadedBut } from '../image/view/picked';
import { rowsOfDifference, rowsOfIndex, rowsOfPixels } from '../image/view/rows';
import { scaleDown } from '../image/view/scaleDown';
import type { PictureJob } from './pictureJob';
import type { ViewFrame } from './scaleOriginal';
import type { SharedPainting } from './sharedPainting';
import { isWhollyOpaque, type SharedPicture } from './sharedPicture';

/** What is drawn: the painting, one of its colours with the others faded, or where it differs from the original. */
export type PaintingPart = 'painting' | 'difference' | { readonly colour: number };

const drawnPalette = (palette: readonly Colour[], of: PaintingPart): readonly Colour[] =>
  typeof of === 'string' ? palette : fadedBut(palette, of.colour);

/** Pixels that say what white is in a map of differences. By eye. */
const sampledPixels = 1 << 16;

/** A part of a painted picture, scaled down. */
export const viewPainting: PictureJob<
  {
    readonly picture: SharedPicture;
    readonly swatches: SharedPainting['swatches'];
    readonly index: Uint8Array;
    readonly of: PaintingPart;
    readonly frame: ViewFrame;
  },
  never,
  PictureView
> = ({ picture, swatches, index, of, frame: { region, width, height } }, { shouldStop }) => {
  const { pixels } = picture;
  const palette = swatches.map(({ colour }) => colour);
  const words = paletteWords(drawnPalette(palette, of));
  const result = rowsOfIndex(index, pixels.width, words);
  const white = of === 'difference' ? whiteOf(pixels, index, words) : null;
  const rows =
    white === null ? result : rowsOfDifference(rowsOfPixels(pixels, isWhollyOpaque(picture)), result, white);
  const view = scaleDown(rows, region, width, height, shouldStop);
  if (view === null) return Promise.resolve(failed({ kind: 'cancelled' }));
  return Promise.resolve(ok(white === null ? view : { ...view, white }));
};

/** From pixels spread over the whole picture, so that every part of it is drawn alike; of a preview, over what is seen. */
function whiteOf({ rgba }: Pixels, index: Uint8Array, words: Uint32Array): number {
  const pixels = wordsOf(rgba);
  const step = Math.max(1, Math.floor(index.length / sampledPixels));
  const original = new Uint32Array(Math.ceil(index.length / step));
  const result = original.map((_, at) => words[index[at * step]]);
  for (let at = 0; at < original.length; at++) original[at] = pixels[at * step];
  return usualWhite(original, result);
}

/** A preview: the scaled original is painted, for its pixels are all that is looked at. */
export const viewPreview: PictureJob<
  {
    readonly pixels: Pixels;
    readonly histogram: ColourHistogram;
    readonly painting: Pick<SharedPainting, 'swatches' | 'specification'>;
    readonly of: PaintingPart;
  },
  never,
  PictureView
> = ({ pixels, histogram, painting: { swatches, specification }, of }) => {
  const palette = swatches.map(({ colour }) => colour);
  const index = paint(pixels, palette, specification.dithering, specification.space, histogram);
  if (of !== 'difference') {
    return Promise.resolve(ok(painted(index, drawnPalette(palette, of), pixels.width, pixels.height)));
  }
  const white = whiteOf(pixels, index, paletteWords(palette));
  const map = differenceMap(pixels, painted(index, palette, pixels.width, pixels.height), white);
  return Promise.resolve(ok({ ...map, white }));
};
