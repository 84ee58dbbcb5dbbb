import type { ConnectedRegions } from './connectedRegions';

/**
 * White (255) where a picture has `value`, black (0) elsewhere.
 *
 * picture  palette index of each pixel for the mask of a colour, label of each pixel for that of a region
 */
export function mask(picture: Uint8Array | Int32Array, value: number): Uint8Array {
  const white = new Uint8Array(picture.length);
  for (let i = 0; i < picture.length; i++) if (picture[i] === value) white[i] = 255;
  return white;
}

/** The region of a pixel, or null outside the picture; columns and rows are rounded down. */
export function regionAt({ width, height, label }: ConnectedRegions, x: number, y: number): number | null {
  const column = Math.floor(x);
  const row = Math.floor(y);
  // Written so that NaN is outside.
  if (!(column >= 0 && column < width && row >= 0 && row < height)) return null;
  return label[row * width + column];
}
