import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { createRandom } from '../../../electron/engine/numeric/random';
import { decodeImage } from '../../../electron/files/images/decodeImage';
import type { Pixels } from '../../../shared/image/pixels';

/** 12 megapixels. */
const large = { width: 4000, height: 3000 };

/** Standard deviation of the noise of a sensor, in steps of 8 bits: by eye. */
const noise = 4;

/** The pixels of a file that is known to be a picture. */
export async function readPixels(file: string): Promise<Pixels> {
  const decoded = await decodeImage(file);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.failure));
  return decoded.value.pixels;
}

/**
 * Makes a photo of 12 megapixels in `folder` unless it is there: `source` enlarged between its pixels, with noise, so
 * that it has about as many colours as one from a camera. Answers its path.
 */
export async function ensureLargePicture(folder: string, source: string): Promise<string> {
  const file = path.join(folder, 'twelveMegapixels.png');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const { width, height } = large;
  const small = await readPixels(source);
  const random = createRandom(1, 'bench', 'twelveMegapixels');
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const v = (y / (height - 1)) * (small.height - 1);
    for (let x = 0; x < width; x++) {
      const u = (x / (width - 1)) * (small.width - 1);
      for (let channel = 0; channel < 3; channel++) {
        const value = between(small, u, v, channel) + noise * random.normal();
        data[3 * (y * width + x) + channel] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  const unfinished = `${file}.part`;
  writeFileSync(unfinished, encode({ width, height, data, channels: 3, depth: 8 }));
  renameSync(unfinished, file);
  return file;
}

/** Bilinear. */
function between({ width, height, rgba }: Pixels, u: number, v: number, channel: number): number {
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const at = (x: number, y: number): number => rgba[4 * (y * width + x) + channel];
  const above = at(left, top) + (u - left) * (at(right, top) - at(left, top));
  const below = at(left, bottom) + (u - left) * (at(right, bottom) - at(left, bottom));
  return above + (v - top) * (below - above);
}
