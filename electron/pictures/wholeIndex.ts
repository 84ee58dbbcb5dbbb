import { paintFitted } from '../image/paintFitted';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';

/** Place in the palette of each pixel of a painting; where it is not known the picture is painted now. */
export function wholeIndex(
  { pixels, histogram }: Pick<SharedPicture, 'pixels' | 'histogram'>,
  {
    index,
    undithered,
    swatches,
    specification: { dithering, space },
  }: Pick<SharedPainting, 'index' | 'undithered' | 'swatches' | 'specification'>,
): Uint8Array {
  const palette = swatches.map(({ colour }) => colour);
  return index ?? paintFitted(pixels, { index: undithered, palette, space }, dithering, histogram);
}
