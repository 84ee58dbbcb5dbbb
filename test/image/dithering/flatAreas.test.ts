import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursInSpace } from '../../../electron/image/colourSpaces';
import { flatAreas } from '../../../electron/image/dithering/flatAreas';
import { paint } from '../../../electron/image/paint';
import type { Pixels } from '../../../shared/image/pixels';
import { colourSpace, type Colour, type ColourSpace } from '../../../shared/image/quantisation';
import { arbitraryPalette, arbitraryPicture, pictureOf } from '../arbitraryPicture';
import { drawnPicture } from '../drawnPicture';

const grey = (value: number, opacity = 255): Colour => ({ red: value, green: value, blue: value, opacity });
const greys = (...values: number[]): Colour[] => values.map((value) => grey(value));

const anySpace = fc.constantFrom(...colourSpace.options);
const anyGrowth = fc.double({ min: 0, max: 0.25, noNaN: true });

/** J of the opaque pixels painted with opaque colours, by the definition. */
function squaredError(
  pixels: Pixels,
  index: Uint8Array,
  palette: readonly Colour[],
  space: ColourSpace,
): number {
  const own = coloursInSpace(space, pixels.rgba, 3);
  const centres = coloursInSpace(
    space,
    Uint8Array.from(palette.flatMap(({ red, green, blue, opacity }) => [red, green, blue, opacity])),
    3,
  );
  return index.reduce((sum, k, i) => {
    if (pixels.rgba[4 * i + 3] < 255 || palette[k].opacity < 255) return sum;
    return sum + [0, 1, 2].reduce((all, a) => all + (own[3 * i + a] - centres[3 * k + a]) ** 2, 0);
  }, 0);
}

/** Pairs of neighbours, beside or above each other, of different colours. */
function borders(index: Uint8Array, { width, height }: Pixels): number {
  let count = 0;
  for (let i = 0; i < width * height; i++) {
    if (i % width > 0 && index[i] !== index[i - 1]) count++;
    if (i >= width && index[i] !== index[i - width]) count++;
  }
  return count;
}

describe('flat areas', () => {
  it('let a pixel between two colours go with its neighbours, and one that is clearly another stay', () => {
    const palette = greys(0, 100);
    const picture = (middle: number): Pixels =>
      pictureOf(3, 3, (i) => grey(i === 4 ? middle : i % 2 === 0 ? 20 : 25));
    const flatOf = (middle: number): number => {
      const pixels = picture(middle);
      return flatAreas(pixels, paint(pixels, palette, { kind: 'none' }, 'srgb'), palette, 'srgb', 0.1)[4];
    };
    // To move costs 51² - 49² = 200 of the 6,501 there are, in each channel; or 10,000 of 4,100.
    expect(flatOf(51)).toBe(0);
    expect(flatOf(100)).toBe(1);
  });

  it('add at most the error they may, and never a border', () => {
    fc.assert(
      fc.property(
        arbitraryPicture(),
        arbitraryPalette(),
        anySpace,
        anyGrowth,
        (pixels, palette, space, growth) => {
          const before = paint(pixels, palette, { kind: 'none' }, space);
          const after = flatAreas(pixels, before, palette, space, growth);
          const error = squaredError(pixels, before, palette, space);
          expect(squaredError(pixels, after, palette, space)).toBeLessThanOrEqual(
            (1 + growth) * error * (1 + 1e-9),
          );
          expect(borders(after, pixels)).toBeLessThanOrEqual(borders(before, pixels));
        },
      ),
    );
  });

  it('use what they may: most of a hundredth, on a drawn picture', () => {
    const pixels = drawnPicture(160, 120, 1, 7);
    const palette = greys(20, 60, 100, 140, 180, 220);
    const before = paint(pixels, palette, { kind: 'none' }, 'srgb');
    const after = flatAreas(pixels, before, palette, 'srgb', 0.01);
    const growth =
      squaredError(pixels, after, palette, 'srgb') / squaredError(pixels, before, palette, 'srgb') - 1;
    expect(growth).toBeGreaterThan(0.008);
    expect(borders(after, pixels)).toBeLessThan(0.95 * borders(before, pixels));
  });

  it('stay as they are where even the cheapest move is too dear', () => {
    const palette = greys(0, 100);
    const pixels = pictureOf(3, 3, (i) => grey(i === 4 ? 49 : 200));
    const before = paint(pixels, palette, { kind: 'none' }, 'srgb');
    // The one move adds 3 (51² - 49²) = 600 to the 247,203 there are: 0.0024 of it.
    expect(flatAreas(pixels, before, palette, 'srgb', 0.001)).toEqual(before);
    expect(flatAreas(pixels, before, palette, 'srgb', 0.003)).not.toEqual(before);
  });

  it('leave every pixel where it is if they may add nothing', () => {
    fc.assert(
      fc.property(arbitraryPicture(), arbitraryPalette(), anySpace, (pixels, palette, space) => {
        const before = paint(pixels, palette, { kind: 'none' }, space);
        expect(flatAreas(pixels, before, palette, space, 0)).toEqual(before);
      }),
    );
  });

  it('move only opaque pixels, and only to opaque colours beside them', () => {
    fc.assert(
      fc.property(arbitraryPicture(), arbitraryPalette(), anyGrowth, (pixels, palette, growth) => {
        const before = paint(pixels, palette, { kind: 'none' }, 'srgb');
        const after = flatAreas(pixels, before, palette, 'srgb', growth);
        after.forEach((k, i) => {
          if (k === before[i]) return;
          expect(pixels.rgba[4 * i + 3]).toBe(255);
          expect(palette[k].opacity).toBe(255);
          expect(before).toContain(k);
        });
      }),
    );
  });

  it('leave a painting that was not the nearest no worse than they may', () => {
    const pixels = drawnPicture(40, 30, 1, 3);
    const palette = greys(0, 128, 255);
    const given = paint(pixels, palette, { kind: 'none' }, 'srgb').map((k) => (k + 1) % 3);
    const after = flatAreas(pixels, given, palette, 'srgb', 0.01);
    expect(squaredError(pixels, after, palette, 'srgb')).toBeLessThanOrEqual(
      1.01 * squaredError(pixels, given, palette, 'srgb'),
    );
    expect(flatAreas(pixels, given, palette, 'srgb', 0)).toEqual(given);
  });

  it('paint frames each on its own', () => {
    const frame = drawnPicture(20, 15, 1, 5);
    const palette = greys(40, 90, 140, 190);
    const rgba = new Uint8Array(2 * frame.rgba.length);
    rgba.set(frame.rgba);
    rgba.set(frame.rgba, frame.rgba.length);
    const both = { width: 20, height: 30, frames: 2, rgba };
    const flat = flatAreas(both, paint(both, palette, { kind: 'none' }, 'srgb'), palette, 'srgb', 0.05);
    expect(flat.subarray(300)).toEqual(flat.subarray(0, 300));
  });
});
