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

function differenceAt(a: Uint8Array, b: Uint8Array, at: number): number {
  const opacity = a[at + 3];
  const otherOpacity = b[at + 3];
  let sum = 0;
  for (let channel = at; channel < at + 3; channel++) {
    const difference = (a[channel] * opacity - b[channel] * otherOpacity) / 255;
    sum += difference * difference;
  }
  return Math.min(255, Math.sqrt(sum / 3 + (opacity - otherOpacity) ** 2));
}
