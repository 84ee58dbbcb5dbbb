import type { Pixels } from '../../shared/image/pixels';
import type { ColourHistogram } from './colourHistogram';
import { keyOf, wordsOf } from './colourHistogram';

/** Below this many pixels colours are looked up one by one: a table of all takes 16 MB a byte, and its time. Measured. */
const leastTabled = 100_000;

/**
 * What is known of colours, for each pixel: `ofColour` has it for each colour of the picture's histogram, and last, at
 * `histogram.size`, for wholly transparent pixels. `make` makes arrays of its kind, filled with 0.
 */
export function overPixels<T extends Uint8Array | Uint32Array>(
  pixels: Pixels,
  histogram: ColourHistogram,
  ofColour: T,
  make: (length: number) => T,
): T {
  const words = wordsOf(pixels.rgba);
  const colours = wordsOf(histogram.rgba);
  const { opaque, size } = histogram;
  const tabled = words.length < leastTabled ? 0 : opaque;
  // By place in Morton order, where neighbours are near: kinder to caches.
  const table = make(tabled === 0 ? 0 : 1 << 24);
  for (let i = 0; i < tabled; i++) table[keyOf(colours[i])] = ofColour[i];
  const single = new Map<number, number>();
  for (let i = tabled; i < size; i++) single.set(colours[i], ofColour[i]);
  const transparent = ofColour[size];
  const out = make(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const opacity = word >>> 24;
    if (opacity === 255 && tabled > 0) out[i] = table[keyOf(word)];
    else if (opacity === 0) out[i] = transparent;
    else out[i] = single.get(word) ?? transparent;
  }
  return out;
}
