import type { Pixels } from '../../shared/image/pixels';
import type { ColourHistogram } from './colourHistogram';
import { keyOf, mortonKey, wordsOf } from './colourHistogram';

/** Below this many pixels opaque colours are looked up one by one: a table of all takes 64 MB and 7 ms. Measured. */
const leastTabled = 100_000;

/**
 * For each pixel of a picture the number of its colour in the picture's histogram; `histogram.size` for wholly
 * transparent ones.
 */
export function colourNumbers(pixels: Pixels, histogram: ColourHistogram): Uint32Array {
  const words = wordsOf(pixels.rgba);
  const numbers = new Uint32Array(words.length);
  const tabled = numbers.length < leastTabled ? 0 : histogram.opaque;
  const table = tabled === 0 ? null : tableOf(histogram);
  const single = singles(histogram, tabled);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const opacity = word >>> 24;
    if (opacity === 255 && table !== null) numbers[i] = table[keyOf(word)];
    else if (opacity === 0) numbers[i] = histogram.size;
    else numbers[i] = single.get(word) ?? histogram.size;
  }
  return numbers;
}

/** Numbers of opaque colours by their place in Morton order, where neighbours are near: kinder to caches. */
function tableOf({ rgba, opaque }: ColourHistogram): Uint32Array {
  const table = new Uint32Array(1 << 24);
  for (let i = 0; i < opaque; i++) table[mortonKey(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2])] = i;
  return table;
}

function singles({ rgba, size }: ColourHistogram, from: number): Map<number, number> {
  const words = wordsOf(rgba);
  const numbers = new Map<number, number>();
  for (let i = from; i < size; i++) numbers.set(words[i], i);
  return numbers;
}
