import type { Pixels } from '../../shared/image/pixels';
import type { ColourHistogram } from './colourHistogram';
import { mortonKey } from './colourHistogram';

/** Below this many pixels opaque colours are looked up one by one: a table of all takes 64 MB and 7 ms. Measured. */
const leastTabled = 100_000;

/**
 * For each pixel of a picture the number of its colour in the picture's histogram; `histogram.size` for wholly
 * transparent ones.
 */
export function colourNumbers({ rgba }: Pixels, histogram: ColourHistogram): Uint32Array {
  const numbers = new Uint32Array(rgba.length / 4);
  const tabled = numbers.length < leastTabled ? 0 : histogram.opaque;
  const table = tabled === 0 ? null : tableOf(histogram);
  const single = singles(histogram, tabled);
  for (let i = 0, at = 0; i < numbers.length; i++, at += 4) {
    const opacity = rgba[at + 3];
    if (opacity === 255 && table !== null)
      numbers[i] = table[mortonKey(rgba[at], rgba[at + 1], rgba[at + 2])];
    else if (opacity === 0) numbers[i] = histogram.size;
    else numbers[i] = single.get(wordAt(rgba, at)) ?? histogram.size;
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
  const numbers = new Map<number, number>();
  for (let i = from; i < size; i++) numbers.set(wordAt(rgba, 4 * i), i);
  return numbers;
}

const wordAt = (rgba: Uint8Array, at: number): number =>
  rgba[at] | (rgba[at + 1] << 8) | (rgba[at + 2] << 16) | (rgba[at + 3] << 24);
