import type { Pixels } from '../../shared/image/pixels';

/** The picture of data/structuralSimilarity.py: slopes and a disc with noise, cut to multiples of `steps`. */
export function drawnPicture(width: number, height: number, steps: number, seed: number): Pixels {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  let state = seed;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = x - Math.floor(width / 2);
      const down = y - Math.floor(height / 2);
      const isInside = across * across + down * down < Math.floor((width * height) / 16);
      for (let channel = 0; channel < 3; channel++) {
        state = (Math.imul(1664525, state) + 1013904223) >>> 0;
        const value = (x * 5 + y * 3 * channel + (isInside ? 90 : 0) + (state >>> 28)) % 256;
        rgba[(y * width + x) * 4 + channel] = Math.floor(value / steps) * steps;
      }
    }
  return { width, height, rgba };
}
