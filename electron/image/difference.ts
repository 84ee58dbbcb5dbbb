import type { Pixels } from '../../shared/image/pixels';

/**
 * A map of where two pictures of one size differ: grey, the brighter the more. A pixel's difference is the root of the
 * mean of its squared channel differences, premultiplied, with that of opacity, in steps of 8 bits; `white` is the
 * difference that is shown as white, larger ones too.
 */
export function differenceMap(original: Pixels, result: Pixels, white: number): Pixels {
  const { width, height, rgba: a } = original;
  const b = result.rgba;
  const rgba = new Uint8Array(a.length);
  for (let at = 0; at < a.length; at += 4) {
    const grey = Math.min(255, Math.round((255 * differenceAt(a, b, at)) / white));
    rgba[at] = grey;
    rgba[at + 1] = grey;
    rgba[at + 2] = grey;
    rgba[at + 3] = 255;
  }
  return { width, height, rgba };
}

/** By eye: the next of these above three times the usual difference is neither dark nor cut off. */
const whites = [8, 16, 32, 64, 128, 255];

/**
 * A `white` for the map of two pictures, from all or some of their pixels (rgba): three times the root mean square of
 * their differences, in few steps, so that maps of like pictures compare.
 */
export function usualWhite(original: Uint8Array, result: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < original.length; at += 4) sum += differenceAt(original, result, at) ** 2;
  const wanted = 3 * Math.sqrt(sum / (original.length / 4));
  return whites.find((white) => white >= wanted) ?? 255;
}

function differenceAt(a: Uint8Array, b: Uint8Array, at: number): number {
  const opacity = a[at + 3];
  const otherOpacity = b[at + 3];
  let first = a[at] - b[at];
  let second = a[at + 1] - b[at + 1];
  let third = a[at + 2] - b[at + 2];
  if (opacity < 255 || otherOpacity < 255) {
    first = (a[at] * opacity - b[at] * otherOpacity) / 255;
    second = (a[at + 1] * opacity - b[at + 1] * otherOpacity) / 255;
    third = (a[at + 2] * opacity - b[at + 2] * otherOpacity) / 255;
  }
  const sum = first * first + second * second + third * third;
  return Math.min(255, Math.sqrt(sum / 3 + (opacity - otherOpacity) ** 2));
}
