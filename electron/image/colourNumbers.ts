import type { Pixels } from '../../shared/image/pixels';
import type { ColourHistogram } from './colourHistogram';
import { overPixels } from './overPixels';

/**
 * For each pixel of a picture the number of its colour in the picture's histogram; `histogram.size` for wholly
 * transparent ones.
 */
export function colourNumbers(pixels: Pixels, histogram: ColourHistogram): Uint32Array {
  const own = new Uint32Array(histogram.size + 1).map((_, number) => number);
  return overPixels(pixels, histogram, own, (length) => new Uint32Array(length));
}
