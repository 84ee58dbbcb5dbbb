import type { Pixels } from '../../shared/image/pixels';
import type { Dithering } from '../../shared/image/quantisation';
import type { ColourHistogram } from './colourHistogram';
import { flatAreas } from './dithering/flatAreas';
import { paint } from './paint';
import type { Quantised } from './quantised';

/**
 * Paints a picture with a palette as it was fitted: where the fit says itself which colour a pixel belongs to (by its
 * place, or by a mixture), that counts, unless rounding is to be spread by dithering; else `paint` says it.
 */
export function paintFitted(
  pixels: Pixels,
  { index, palette, space }: Pick<Quantised, 'index' | 'palette' | 'space'>,
  dithering: Dithering,
  histogram: ColourHistogram,
): Uint8Array {
  if (index === null || isDithered(dithering)) return paint(pixels, palette, dithering, space, histogram);
  return dithering.kind === 'flat' ? flatAreas(pixels, index, palette, space, dithering.errorGrowth) : index;
}

/** Whether any rounding is spread. */
export const isDithered = (dithering: Dithering): boolean =>
  dithering.kind !== 'none' && dithering.kind !== 'flat' && dithering.strength > 0;
