import { describe, expect, it } from 'vitest';
import { paint, painted } from '../../electron/image/paint';
import { pictureQuality } from '../../electron/image/pictureQuality';
import { readCases } from '../reference/referenceCase';
import { readPicture } from './readPicture';

describe('pictures painted with the best palettes known', () => {
  it('have to the last unit the error that numpy found for the rounded palettes', () => {
    for (const name of ['china', 'flower', 'chelsea'] as const) {
      const pixels = readPicture(name);
      for (const { expected } of readCases(`quant-${name}`)) {
        const centres = expected.best_known.centers_by_size as number[][];
        const palette = centres.map((centre) => {
          const [red, green, blue] = centre.map(Math.round);
          return { red, green, blue, opacity: 255 };
        });
        const result = painted(
          paint(pixels, palette, { kind: 'none' }, 'srgb'),
          palette,
          pixels.width,
          pixels.height,
        );
        const { mse, psnr } = pictureQuality(pixels, result);
        expect(Math.round(mse * 3 * pixels.width * pixels.height)).toBe(expected.rounded_palette.sse);
        expect(psnr).toBeCloseTo(expected.rounded_palette.psnr_db, 10);
      }
    }
  });
});
