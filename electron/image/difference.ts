import type { Pixels } from '../../shared/image/pixels';
import { wordsOf } from './colourHistogram';

/**
 * A map of where two pictures of one size differ: grey, the brighter the more. A pixel's difference is the root of the
 * mean of its squared channel differences, premultiplied, with that of opacity, in steps of 8 bits; `white` is the
 * difference that is shown as white, larger ones too.
 */
export function differenceMap(original: Pixels, result: Pixels, white: number): Pixels {
  const { width, height } = original;
  const rgba = new Uint8Array(4 * width * height);
  mapDifferences(white)(wordsOf(original.rgba), wordsOf(result.rgba), wordsOf(rgba));
  return { width, height, rgba };
}

/** Writes the map of two rows of pixels, as words of 32 bits, into a third. */
export function mapDifferences(
  white: number,
): (original: Uint32Array, result: Uint32Array, out: Uint32Array) => void {
  const wordOf = (difference: number): number =>
    (0xff000000 | (Math.min(255, Math.round((255 * difference) / white)) * 0x010101)) >>> 0;
  // By the sum of squares: of opaque pixels there are few, and roots are slow.
  const ofOpaque = new Uint32Array(3 * 255 ** 2 + 1).map((_, sum) => wordOf(Math.sqrt(sum / 3)));
  return (original, result, out) => {
    for (let i = 0; i < original.length; i++) {
      const one = original[i];
      const other = result[i];
      if ((one & other) >>> 24 === 255) {
        const red = (one & 255) - (other & 255);
        const green = ((one >>> 8) & 255) - ((other >>> 8) & 255);
        const blue = ((one >>> 16) & 255) - ((other >>> 16) & 255);
        out[i] = ofOpaque[red * red + green * green + blue * blue];
      } else out[i] = wordOf(differenceOf(one, other));
    }
  };
}

/** By eye: the next of these above twice the usual difference is neither dark nor much cut off. */
const whites = [8, 16, 32, 64, 128, 255];

/**
 * A `white` for the map of two pictures, from all or some of their pixels as words: twice the root mean square of
 * their differences, in few steps, so that maps of like pictures compare.
 */
export function usualWhite(original: Uint32Array, result: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < original.length; i++) sum += differenceOf(original[i], result[i]) ** 2;
  const wanted = 2 * Math.sqrt(sum / original.length);
  return whites.find((white) => white >= wanted) ?? 255;
}

function differenceOf(one: number, other: number): number {
  const opacity = one >>> 24;
  const otherOpacity = other >>> 24;
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 8) {
    sum += ((((one >>> shift) & 255) * opacity - ((other >>> shift) & 255) * otherOpacity) / 255) ** 2;
  }
  return Math.min(255, Math.sqrt(sum / 3 + (opacity - otherOpacity) ** 2));
}
