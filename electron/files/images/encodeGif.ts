import { GIFEncoder } from 'gifenc';
import type { Colour } from '../../../shared/image/quantisation';

/** Opacity from which a pixel of a GIF is there; it knows no halves. */
const leastOpacity = 128;

/**
 * A GIF of palette numbers. It has one number for "nothing here": colours that are less than half opaque all become the
 * first of them, the others opaque; decoded it is the painted picture where opacities are 0 and 255.
 *
 * index    width x height, row by row, all below the length of the palette
 * palette  1 to 256 colours
 * failures a side of more than 65,535 pixels is a bug of the caller: `fitsGif` tells
 */
export function encodeGif(
  index: Uint8Array,
  palette: readonly Colour[],
  width: number,
  height: number,
): Uint8Array {
  if (!fitsGif(width, height)) throw new RangeError('a GIF has at most 65,535 pixels a side');
  const clear = palette.findIndex(({ opacity }) => opacity < leastOpacity);
  const numbers = palette.map(({ opacity }, colour) => (opacity < leastOpacity ? clear : colour));
  const gif = GIFEncoder();
  gif.writeFrame(clear < 0 ? index : index.map((colour) => numbers[colour] ?? colour), width, height, {
    palette: palette.map(({ red, green, blue }) => [red, green, blue] as const),
    transparent: clear >= 0,
    transparentIndex: Math.max(0, clear),
    repeat: -1,
  });
  gif.finish();
  return gif.bytes();
}

/** True when the format has room for so many pixels a side. */
export const fitsGif = (width: number, height: number): boolean => width <= 0xffff && height <= 0xffff;
