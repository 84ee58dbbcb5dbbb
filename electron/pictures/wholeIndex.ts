import { paintFitted } from '../image/paintFitted';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';

/**
 * Place in the palette of each pixel of a painting, in shared memory and not copied where it lies there; where it is not
 * known the picture is painted now.
 */
export function wholeIndex(
  { pixels, histogram }: Pick<SharedPicture, 'pixels' | 'histogram'>,
  {
    index,
    undithered,
    swatches,
    specification: { dithering, space },
  }: Pick<SharedPainting, 'index' | 'undithered' | 'swatches' | 'specification'>,
): Uint8Array {
  if (index !== null) return index;
  const palette = swatches.map(({ colour }) => colour);
  const painted = paintFitted(pixels, { index: undithered, palette, space }, dithering, histogram);
  return painted === undithered ? painted : shared(painted);
}
