import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursInSpace } from '../../electron/image/colourSpaces';
import { paint, painted } from '../../electron/image/paint';
import { dithering, colourSpace } from '../../shared/image/quantisation';
import type { Colour, ColourSpace, Dithering } from '../../shared/image/quantisation';
import { arbitraryPalette, arbitraryPicture, pictureOf } from './arbitraryPicture';

const none: Dithering = { kind: 'none' };
const anySpace = fc.constantFrom(...colourSpace.options);
const anyDithering = fc.constantFrom(
  ...dithering.options.map(({ shape }) => dithering.parse({ kind: shape.kind.value })),
);

const grey = (value: number, opacity = 255): Colour => ({ red: value, green: value, blue: value, opacity });

/** Squared distances of one pixel to every colour of a palette, premultiplied, by the definition. */
function distances(pixel: Uint8Array, palette: readonly Colour[], space: ColourSpace): number[] {
  const own = coloursInSpace(space, pixel, 4);
  return palette.map(({ red, green, blue, opacity }) => {
    const other = coloursInSpace(space, Uint8Array.of(red, green, blue, opacity), 4);
    return own.reduce((sum, value, a) => sum + (value - other[a]) ** 2, 0);
  });
}

describe('a painted picture', () => {
  it('has at each pixel the nearest colour of the palette', () => {
    fc.assert(
      fc.property(arbitraryPicture(), arbitraryPalette(), anySpace, (pixels, palette, space) => {
        const index = paint(pixels, palette, none, space);
        index.forEach((k, i) => {
          const pixel = pixels.rgba.subarray(4 * i, 4 * i + 4);
          if (pixel[3] === 0) return;
          const all = distances(pixel, palette, space).map((distance, j) =>
            pixel[3] === 255 && palette[j].opacity === 0 ? Infinity : distance,
          );
          const least = Math.min(...all);
          if (least < Infinity) expect(all[k]).toBeLessThanOrEqual(least * (1 + 1e-9) + 1e-15);
        });
      }),
    );
  });

  it('takes the first of colours that are equally near', () => {
    const picture = pictureOf(2, 1, () => grey(10));
    expect([...paint(picture, [grey(14), grey(6), grey(14), grey(6)], none, 'srgb')]).toEqual([0, 0]);
    expect([...paint(picture, [grey(90), grey(10), grey(10)], none, 'oklab')]).toEqual([1, 1]);
  });

  it('comes back exactly if the palette has all its colours, however it is dithered', () => {
    const few = arbitraryPicture().map(({ width, height, rgba }) =>
      pictureOf(width, height, (i) => ({
        red: rgba[4 * i] & 192,
        green: rgba[4 * i + 1] & 128,
        blue: 0,
        opacity: rgba[4 * i + 3] & 128 ? 255 : 0,
      })),
    );
    fc.assert(
      fc.property(few, anySpace, anyDithering, (pixels, space, dither) => {
        const palette = distinctColours(pixels.rgba);
        const back = painted(paint(pixels, palette, dither, space), palette, pixels.width, pixels.height);
        back.rgba.forEach((value, at) => {
          if (pixels.rgba[at | 3] > 0) expect(value).toBe(pixels.rgba[at]);
          else expect(back.rgba[at | 3]).toBe(0);
        });
      }),
    );
  });

  it('stays transparent where it was and nowhere becomes so, however it is dithered', () => {
    const opacities = fc.constantFrom(0, 255);
    fc.assert(
      fc.property(
        arbitraryPicture(opacities),
        arbitraryPalette(5),
        anySpace,
        anyDithering,
        (pixels, some, space, dither) => {
          const palette = [grey(90), ...some, grey(0, 0)];
          const index = paint(pixels, palette, dither, space);
          index.forEach((k, i) => expect(palette[k].opacity === 0).toBe(pixels.rgba[4 * i + 3] === 0));
        },
      ),
    );
  });

  it('is the undithered one at strength 0', () => {
    fc.assert(
      fc.property(
        arbitraryPicture(),
        arbitraryPalette(),
        anySpace,
        anyDithering,
        (pixels, palette, space, dither) => {
          const faint: Dithering = 'strength' in dither ? { ...dither, strength: 0 } : none;
          expect(paint(pixels, palette, faint, space)).toEqual(paint(pixels, palette, none, space));
        },
      ),
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(
        arbitraryPicture(),
        arbitraryPalette(),
        anySpace,
        anyDithering,
        (pixels, palette, space, dither) => {
          const index = paint(pixels, palette, dither, space);
          expect(index.every((k) => k < palette.length)).toBe(true);
          expect(paint(pixels, palette, dither, space)).toEqual(index);
        },
      ),
    );
  });

  it('cannot be made with no colours or too many', () => {
    const picture = pictureOf(1, 1, () => grey(1));
    expect(() => paint(picture, [], none, 'srgb')).toThrow();
    expect(() =>
      paint(
        picture,
        Array.from({ length: 257 }, () => grey(1)),
        none,
        'srgb',
      ),
    ).toThrow();
  });
});

/** Colours in the order in which they come; all transparent ones are one. */
function distinctColours(rgba: Uint8Array): Colour[] {
  const seen = new Map<string, Colour>();
  for (let at = 0; at < rgba.length; at += 4) {
    const [red, green, blue, opacity] = rgba.subarray(at, at + 4);
    const colour = opacity === 0 ? grey(0, 0) : { red, green, blue, opacity };
    seen.set(JSON.stringify(colour), colour);
  }
  return [...seen.values()];
}
