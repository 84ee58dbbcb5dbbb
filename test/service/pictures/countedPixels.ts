import type { Pixels } from '../../../shared/image/pixels';
import type { Colour } from '../../../shared/image/quantisation';

/** The pixels of all colours together. */
export const total = (counts: readonly { readonly pixels: number }[]): number =>
  counts.reduce((sum, own) => sum + own.pixels, 0);

/** Whether the pixel that begins at `at` has a colour. */
export const pixelIs = (rgba: Uint8Array, at: number, { red, green, blue, opacity }: Colour): boolean =>
  rgba[at] === red && rgba[at + 1] === green && rgba[at + 2] === blue && rgba[at + 3] === opacity;

/** How many pixels have a colour. */
export function pixelsOfColour(rgba: Pixels['rgba'], colour: Colour): number {
  let count = 0;
  for (let at = 0; at < rgba.length; at += 4) if (pixelIs(rgba, at, colour)) count++;
  return count;
}
