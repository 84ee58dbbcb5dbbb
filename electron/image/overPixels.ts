import type { Pixels } from '../../shared/image/pixels';
import type { ColourHistogram } from './colourHistogram';
import { keyOf, signedWordsOf, slicePixels, spreadBlue, spreadGreen, spreadRed } from './colourHistogram';

/** Below this many pixels colours are looked up one by one: a table of all takes 16 MB a byte, and its time. Measured. */
const leastTabled = 100_000;

/**
 * What is known of colours, for each pixel: `ofColour` has it for each colour of the picture's histogram, and last, at
 * `histogram.size`, for wholly transparent pixels. `make` makes arrays of its kind, filled with 0.
 */
export function overPixels<T extends Uint8Array | Uint32Array>(
  pixels: Pixels,
  { rgba, opaque, size, transparent }: ColourHistogram,
  ofColour: T,
  make: (length: number) => T,
): T {
  const words = signedWordsOf(pixels.rgba);
  const colours = signedWordsOf(rgba);
  const out = make(words.length);
  const isTabled = words.length >= leastTabled;
  if (isTabled) {
    // By place in Morton order, where neighbours are near: kinder to caches.
    const table = make(1 << 24);
    for (let i = 0; i < opaque; i++) table[keyOf(colours[i])] = ofColour[i];
    for (let from = 0; from < words.length; from += slicePixels)
      lookUpOpaque(words, from, Math.min(words.length, from + slicePixels), table, out);
    if (opaque === size && transparent === 0) return out;
  }
  const single = new Map<number, number>();
  for (let i = isTabled ? opaque : 0; i < size; i++) single.set(colours[i], ofColour[i]);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word >> 24 === -1 && isTabled) continue;
    out[i] = word >>> 24 === 0 ? ofColour[size] : (single.get(word) ?? ofColour[size]);
  }
  return out;
}

function lookUpOpaque<T extends Uint8Array | Uint32Array>(
  words: Int32Array,
  from: number,
  to: number,
  table: T,
  out: T,
): void {
  const [red, green, blue] = [spreadRed, spreadGreen, spreadBlue];
  for (let i = from; i < to; i++) {
    const word = words[i];
    if (word >> 24 === -1)
      out[i] = table[red[word & 255] | green[(word >> 8) & 255] | blue[(word >> 16) & 255]];
  }
}
