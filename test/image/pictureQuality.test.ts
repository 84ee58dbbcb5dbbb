import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureQuality } from '../../electron/image/pictureQuality';
import type { Pixels } from '../../shared/image/pixels';
import { drawnPicture } from './drawnPicture';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly seed: number;
  readonly mse: number;
  readonly psnr: number;
  readonly ssim: number;
}

const { cases } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'data', 'structuralSimilarity.json'), 'utf8'),
) as { cases: Case[] };

const flat = (width: number, height: number, ...pixel: number[]): Pixels => ({
  width,
  height,
  rgba: Uint8Array.from({ length: width * height * 4 }, (_, at) => pixel[at % 4]),
});

describe('how near two pictures are', () => {
  it('is what scikit-image finds', () => {
    for (const { width, height, steps, seed, mse, psnr, ssim } of cases) {
      const quality = pictureQuality(
        drawnPicture(width, height, 1, seed),
        drawnPicture(width, height, steps, seed),
      );
      expect(quality.mse).toBe(mse);
      expect(quality.psnr).toBeCloseTo(psnr, 10);
      expect(quality.ssim).toBeCloseTo(ssim, 10);
    }
  });

  it('is no error, no ratio and similarity one for a picture and itself', () => {
    const picture = drawnPicture(20, 30, 1, 5);
    expect(pictureQuality(picture, picture)).toEqual({ mse: 0, psnr: null, ssim: 1 });
  });

  it('of flat pictures is what the formulas give by hand', () => {
    // Differences 3, 4, 12: squares 9 + 16 + 144 = 169 over three channels. Luminances 100 and 104.613; no variance.
    const { mse, psnr, ssim } = pictureQuality(
      flat(20, 15, 100, 100, 100, 255),
      flat(20, 15, 103, 104, 112, 255),
    );
    const c1 = 2.55 ** 2;
    const second = 0.299 * 103 + 0.587 * 104 + 0.114 * 112;
    expect(mse).toBe(169 / 3);
    expect(psnr).toBeCloseTo(10 * Math.log10((255 * 255 * 3) / 169), 12);
    expect(ssim).toBeCloseTo((2 * 100 * second + c1) / (100 ** 2 + second ** 2 + c1), 10);
  });

  it('does not see the colours of transparent pixels', () => {
    const quality = pictureQuality(flat(12, 12, 200, 10, 60, 0), flat(12, 12, 0, 0, 0, 0));
    expect(quality).toEqual({ mse: 0, psnr: null, ssim: 1 });
  });

  it('sees opacity as what it changes on black and on white', () => {
    // Black, opaque against transparent: no difference on black, 255 on white; half of 255^2 on average.
    expect(pictureQuality(flat(12, 12, 0, 0, 0, 255), flat(12, 12, 0, 0, 0, 0)).mse).toBe(255 ** 2 / 2);
  });

  it('is a number for pictures smaller than a window, and the same both ways round', () => {
    const size = fc.integer({ min: 1, max: 14 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 2, max: 90 }), fc.nat(1000), (width, height, steps, seed) => {
        const original = drawnPicture(width, height, 1, seed);
        const cut = drawnPicture(width, height, steps, seed);
        const there = pictureQuality(original, cut);
        expect(there.ssim).toBeLessThanOrEqual(1);
        expect(there.ssim).toBeGreaterThan(-1);
        expect(pictureQuality(cut, original).mse).toBe(there.mse);
        expect(pictureQuality(cut, original).ssim).toBeCloseTo(there.ssim, 12);
      }),
    );
  });

  it('cannot be asked of pictures of different sizes', () => {
    expect(() => pictureQuality(drawnPicture(4, 4, 1, 1), drawnPicture(4, 5, 1, 1))).toThrow();
  });
});
