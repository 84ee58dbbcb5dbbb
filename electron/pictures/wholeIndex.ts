import { paint } from '../image/paint';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';

/** Place in the palette of each pixel of a painting; of a preview the picture is painted now. */
export function wholeIndex({ pixels, histogram }: SharedPicture, painting: SharedPainting): Uint8Array {
  const { index, swatches, specification } = painting;
  return (
    index ??
    paint(
      pixels,
      swatches.map(({ colour }) => colour),
      specification.dithering,
      specification.space,
      histogram,
    )
  );
}
