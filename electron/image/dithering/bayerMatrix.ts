import type { Thresholds } from './thresholds';

const side = 8;

/**
 * The ordered dither of 8 x 8 points, in which points of ranks near each other are far apart.
 *
 * Source: Bayer (1973), An optimum method for two-level rendition of continuous-tone pictures, in the form of Ulichney
 * (1987), Digital Halftoning, 5.1: bits of x xor y and of y, interleaved, the lowest first.
 */
export function bayerMatrix(): Thresholds {
  const rank = new Uint16Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let bits = 0;
      for (let bit = 0; bit < 3; bit++) bits = (bits << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
      rank[y * side + x] = bits;
    }
  return { side, rank };
}
