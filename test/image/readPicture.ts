import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import type { Pixels } from '../../shared/image/pixels';

/** A reference picture (`data/README.md`), 8 bits a channel and opaque. */
export function readPicture(name: 'china' | 'flower' | 'chelsea'): Pixels {
  const { width, height, channels, data } = decode(
    readFileSync(path.join(import.meta.dirname, 'data', `${name}.png`)),
  );
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < 3; channel++) rgba[4 * i + channel] = data[channels * i + channel];
  return { width, height, rgba };
}
