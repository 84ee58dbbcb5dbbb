import type { Pixels } from '../../shared/image/pixels';
import type { Dithering } from '../../shared/image/quantisation';
import type { ColourHistogram } from './colourHistogram';
import { paint } from './paint';
import type { Quantised } from './quantised';

/**
 * Paints a picture with a palette as it was fitted: where the fit says itself which colour a pixel belongs to (by its
 * place, or by a mixture), that counts, unless rounding is to be spread by dithering; else `paint` says it.
 */
export const paintFitted = (
  pixels: Pixels,
  { index, palette, space }: Pick<Quantised, 'index' | 'palette' | 'space'>,
  dithering: Dithering,
  histogram: ColourHistogram,
): Uint8Array =>
  (isDithered(dithering) ? null : index) ?? paint(pixels, palette, dithering, space, histogram);

/** Whether any rounding is spread. */
export const isDithered = (dithering: Dithering): boolean =>
  dithering.kind !== 'none' && dithering.strength > 0;
