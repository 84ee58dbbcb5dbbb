import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { encodeIndexedPng } from '../../electron/files/images/png/encodeIndexedPng';
import { loadPngOptimiser } from '../../electron/files/images/png/loadPngOptimiser';
import { paint, painted } from '../../electron/image/paint';
import { meanSquareError } from '../../electron/image/pictureQuality';
import { readPicture } from '../image/readPicture';
import { readCases } from '../reference/referenceCase';

/** What `data/pngquant.py` wrote. */
interface Pngquant {
  readonly cases: readonly {
    readonly picture: 'china' | 'flower' | 'chelsea';
    readonly colours: number;
    readonly files: readonly { readonly speed: number; readonly bytes: number; readonly mse: number }[];
  }[];
}
const { cases } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'data/pngquant.json'), 'utf8'),
) as Pngquant;

it('a photo painted with flat areas is no larger than any file of pngquant, and no further from the original', async () => {
  const optimise = await loadPngOptimiser();
  const seen: string[] = [];
  for (const { picture, colours, files } of cases) {
    // Palettes of an independent program, those of few colours: with many there is room to spare.
    const [known] = readCases(`quant-${picture}-k${colours}.`);
    if (known === undefined || colours > 16) continue;
    const centres = known.expected.best_known.centers_by_size as number[][];
    const palette = centres.map((centre) => {
      const [red, green, blue] = centre.map(Math.round);
      return { red, green, blue, opacity: 255 };
    });
    const pixels = readPicture(picture);
    const { width, height } = pixels;
    const index = paint(pixels, palette, { kind: 'flat', errorGrowth: 0.01 }, 'srgb');
    const { length } = await encodeIndexedPng(index, palette, width, height, { optimise });
    const what = `${picture}, ${colours} colours`;
    expect(length, what).toBeLessThanOrEqual(Math.min(...files.map(({ bytes }) => bytes)));
    expect(meanSquareError(pixels, painted(index, palette, width, height)), what).toBeLessThanOrEqual(
      Math.min(...files.map(({ mse }) => mse)),
    );
    seen.push(what);
  }
  expect(seen.length).toBeGreaterThanOrEqual(8);
});
