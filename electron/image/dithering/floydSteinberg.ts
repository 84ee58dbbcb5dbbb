import type { Pixels } from '../../../shared/image/pixels';
import type { Colour, ColourSpace } from '../../../shared/image/quantisation';
import { candidatesOfOpaque, candidatesOfPartly, transparentIndex } from '../candidates';
import { coloursInSpace } from '../colourSpaces';
import { nearestFinder } from '../nearestFinder';
import { longestGap } from './longestGap';

/**
 * Paints by error diffusion: what a pixel's palette colour differs from the colour wanted there is handed on to the next
 * pixel of the row and three of the row below. Rows are read in turn from either side, so that no texture leans.
 *
 * Errors are those in `space`; `strength` scales what is handed on. They pass between opaque pixels only. An error is
 * cut to the palette's longest gap: inside the palette's range it never gets there, outside, where it can never be made
 * good, it would grow and smear over what follows.
 *
 * Source: Floyd and Steinberg (1976), An adaptive algorithm for spatial greyscale: 7, 3, 5, 1 sixteenths; serpentine
 * order after Ulichney (1987), Digital Halftoning, 8.2.
 */
export function floydSteinberg(
  pixels: Pixels,
  palette: readonly Colour[],
  space: ColourSpace,
  strength: number,
): Uint8Array {
  const { width, height, rgba, frames = 1 } = pixels;
  const index = new Uint8Array(width * height);
  const opaque = candidatesOfOpaque(palette, space);
  const partly = candidatesOfPartly(palette, space);
  const nearest = nearestFinder(opaque);
  const nearestPartly = nearestFinder(partly);
  const transparent = transparentIndex(palette);
  const limit = longestGap(opaque);
  // Errors handed to this row and the next, with a place more on either side for those that leave the picture.
  let here = new Float64Array(3 * (width + 2));
  let below = new Float64Array(3 * (width + 2));
  const wanted = new Float64Array(4);
  for (let y = 0; y < height; y++) {
    const row = y % (height / frames);
    // Frames are painted each on its own: what is alike in two of them stays alike.
    if (row === 0) here.fill(0);
    const bytes = rgba.subarray(4 * y * width, 4 * (y + 1) * width);
    const points = coloursInSpace(space, bytes, 4);
    const step = row % 2 === 0 ? 1 : -1;
    for (let n = 0, x = step > 0 ? 0 : width - 1; n < width; n++, x += step) {
      const opacity = bytes[4 * x + 3];
      if (opacity < 255) {
        index[y * width + x] =
          opacity === 0 ? transparent : partly.index[nearestPartly(points.subarray(4 * x, 4 * x + 4))];
        continue;
      }
      const at = 3 * (x + 1);
      wanted[0] = points[4 * x] + here[at];
      wanted[1] = points[4 * x + 1] + here[at + 1];
      wanted[2] = points[4 * x + 2] + here[at + 2];
      wanted[3] = points[4 * x + 3];
      const place = nearest(wanted);
      index[y * width + x] = opaque.index[place];
      const centre = place * opaque.d;
      const first = wanted[0] - opaque.points[centre];
      const second = wanted[1] - opaque.points[centre + 1];
      const third = wanted[2] - opaque.points[centre + 2];
      const length = Math.sqrt(first * first + second * second + third * third);
      if (length === 0) continue;
      const scale = (strength * Math.min(1, limit / length)) / 16;
      for (let a = 0; a < 3; a++) {
        const error = (a === 0 ? first : a === 1 ? second : third) * scale;
        here[at + 3 * step + a] += 7 * error;
        below[at - 3 * step + a] += 3 * error;
        below[at + a] += 5 * error;
        below[at + 3 * step + a] += error;
      }
    }
    [here, below] = [below, here];
    below.fill(0);
  }
  return index;
}
