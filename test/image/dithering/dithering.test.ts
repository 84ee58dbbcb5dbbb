import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursInSpace } from '../../../electron/image/colourSpaces';
import { paint, painted } from '../../../electron/image/paint';
import type { Colour, Dithering } from '../../../shared/image/quantisation';
import { drawnPicture } from '../drawnPicture';
import { pictureOf } from '../arbitraryPicture';

const grey = (value: number, opacity = 255): Colour => ({ red: value, green: value, blue: value, opacity });

const diffusion = (strength: number): Dithering => ({ kind: 'floydSteinberg', strength });
const ordered = (strength: number): Dithering => ({ kind: 'ordered', strength });
const noise = (strength: number): Dithering => ({ kind: 'blueNoise', strength });

/** Mean of the reds of a grey picture of 128 x 128 pixels of this value, painted. */
function meanPainted(value: number, palette: readonly Colour[], dithering: Dithering): number {
  const side = 128;
  const index = paint(
    pictureOf(side, side, () => grey(value)),
    palette,
    dithering,
    'srgb',
  );
  return index.reduce((sum, k) => sum + palette[k].red, 0) / index.length;
}

describe('dithering', () => {
  it('keeps the mean of a flat area: by error diffusion to what leaves it at the edges', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 6 }),
        fc.nat(255),
        (greys, value) => {
          const inside = Math.min(Math.max(value, Math.min(...greys)), Math.max(...greys));
          const gap = Math.max(
            ...[...greys].sort((a, b) => a - b).map((g, i, all) => (i > 0 ? g - all[i - 1] : 0)),
          );
          // Half a gap leaves at most at each pixel of the last row, and at the ends of rows.
          expect(
            Math.abs(
              meanPainted(
                inside,
                greys.map((g) => grey(g)),
                diffusion(1),
              ) - inside,
            ),
          ).toBeLessThan((1.5 * gap) / 128 + 1e-9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the mean of a flat area between two greys to half a rank of its thresholds', () => {
    fc.assert(
      fc.property(fc.nat(255), (value) => {
        const palette = [grey(0), grey(255)];
        expect(Math.abs(meanPainted(value, palette, ordered(1)) - value)).toBeLessThanOrEqual(255 / 128);
        expect(Math.abs(meanPainted(value, palette, noise(1)) - value)).toBeLessThanOrEqual(255 / 8192);
      }),
    );
  });

  it('brings the mean of an area nearer than the nearest colour of a palette is', () => {
    const colour = { red: 120, green: 90, blue: 60, opacity: 255 };
    const palette = [grey(0), grey(255), { ...grey(0), red: 255 }, { ...grey(0), green: 160 }];
    const picture = pictureOf(64, 64, () => colour);
    const away = (dithering: Dithering): number => {
      const { rgba } = painted(paint(picture, palette, dithering, 'srgb'), palette, 64, 64);
      const mean = [0, 1, 2].map(
        (a) => rgba.reduce((sum, value, at) => (at % 4 === a ? sum + value : sum), 0) / 4096,
      );
      return Math.hypot(mean[0] - colour.red, mean[1] - colour.green, mean[2] - colour.blue);
    };
    const plain = away({ kind: 'none' });
    for (const dithering of [ordered(1), noise(1)]) {
      expect(away(dithering)).toBeLessThan(0.8 * plain);
      expect(away({ ...dithering, strength: 0.5 } as Dithering)).toBeLessThan(plain);
    }
    expect(away(diffusion(1))).toBeLessThan(3);
  });

  it('by error diffusion keeps the mean in the space of the fit', () => {
    const palette = [grey(0), grey(255)];
    const index = paint(
      pictureOf(128, 128, () => grey(100)),
      palette,
      diffusion(1),
      'oklab',
    );
    const light = coloursInSpace('oklab', Uint8Array.of(100, 100, 100, 255), 3)[0];
    expect(index.reduce((sum, k) => sum + k, 0) / index.length).toBeCloseTo(light, 1.9);
  });

  it('by error diffusion is the sum of Floyd and Steinberg, by hand', () => {
    // 3 x 2 of grey 96, black and white. Row 0, left to right, sixteenths of the error to the right 7; below 3, 5, 1.
    // 96 -> 0, e 96: right 96 + 42 = 138 -> 255, e -117: right 96 - 51.1875 = 44.8125 -> 0, e 44.8125.
    // Row 1 from the right: 96 + 5/16 44.8125 + 1/16 (-117) = 102.69 -> 0, e 102.69; the middle
    // 96 + 3/16 44.8125 + 5/16 (-117) + 1/16 96 + 7/16 102.69 = 118.77 -> 0, e 118.77; the left
    // 96 + 3/16 (-117) + 5/16 96 + 7/16 118.77 = 156.0 -> 255.
    const picture = pictureOf(3, 2, () => grey(96));
    expect([...paint(picture, [grey(0), grey(255)], diffusion(1), 'srgb')]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('hands no error across transparent pixels', () => {
    // Left of the transparent column a grey that leaves errors, right of it a flat black that shows any error handed on.
    const palette = [grey(0), grey(255), grey(0, 0)];
    const picture = pictureOf(9, 16, (i) => (i % 9 < 4 ? grey(120) : i % 9 === 4 ? grey(200, 0) : grey(60)));
    const alone = pictureOf(4, 16, () => grey(60));
    const index = paint(picture, palette, diffusion(1), 'srgb');
    const right = index.filter((_, i) => i % 9 > 4);
    expect([...right]).toEqual([...paint(alone, palette, diffusion(1), 'srgb')]);
  });

  it('does not smear what no palette colour can show', () => {
    // White above, which the palette cannot show, and a grey that it has below: the grey is right after two rows.
    const palette = [grey(0), grey(60), grey(120)];
    const picture = pictureOf(40, 40, (i) => (i < 800 ? grey(255) : grey(60)));
    const index = paint(picture, palette, diffusion(1), 'srgb');
    const wrong = index.filter((k, i) => i >= 24 * 40 && k !== 1).length;
    expect(wrong).toBeLessThan(0.05 * 16 * 40);
  });

  it('looks nearer to the picture from afar', () => {
    const picture = drawnPicture(96, 96, 1, 3);
    const levels = [0, 128, 255];
    const palette = levels.flatMap((red) =>
      levels.flatMap((green) => levels.map((blue) => ({ red, green, blue, opacity: 255 }))),
    );
    const blurredError = (dithering: Dithering): number => {
      const back = painted(paint(picture, palette, dithering, 'srgb'), palette, 96, 96);
      let sum = 0;
      for (let y = 0; y < 96; y += 8)
        for (let x = 0; x < 96; x += 8)
          for (let a = 0; a < 3; a++) {
            let difference = 0;
            for (let i = 0; i < 64; i++) {
              const at = 4 * ((y + (i >> 3)) * 96 + x + (i & 7)) + a;
              difference += back.rgba[at] - picture.rgba[at];
            }
            sum += (difference / 64) ** 2;
          }
      return sum;
    };
    const plain = blurredError({ kind: 'none' });
    expect(blurredError(diffusion(1))).toBeLessThan(0.02 * plain);
    expect(blurredError(ordered(1))).toBeLessThan(0.5 * plain);
    expect(blurredError(noise(1))).toBeLessThan(0.5 * plain);
  });
});
