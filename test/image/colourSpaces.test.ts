import { converter } from 'culori';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelRange, colourAt, coloursInSpace } from '../../electron/image/colourSpaces';
import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { arbitraryColour } from './arbitraryPicture';

const toLinear = converter('lrgb');
const toLab = converter('lab65');
const toOklab = converter('oklab');

/** culori's coordinates. */
const peers: Readonly<Record<ColourSpace, (colour: Colour) => number[]>> = {
  srgb: ({ red, green, blue }) => [red, green, blue],
  linear(colour) {
    const { r, g, b } = toLinear(sharesOf(colour));
    return [r, g, b];
  },
  lab(colour) {
    const { l, a, b } = toLab(sharesOf(colour));
    return [l, a, b];
  },
  oklab(colour) {
    const { l, a, b } = toOklab(sharesOf(colour));
    return [l, a, b];
  },
};

const sharesOf = ({ red, green, blue }: Colour) =>
  ({ mode: 'rgb', r: red / 255, g: green / 255, b: blue / 255 }) as const;
const bytesOf = ({ red, green, blue, opacity }: Colour): Uint8Array =>
  Uint8Array.of(red, green, blue, opacity);

describe.each(['srgb', 'linear', 'lab', 'oklab'] as const)('%s', (space) => {
  it('has the coordinates of culori', () => {
    fc.assert(
      fc.property(arbitraryColour(), (colour) => {
        const expected = peers[space](colour);
        const point = coloursInSpace(space, bytesOf(colour), 3);
        const premultiplied = coloursInSpace(space, bytesOf(colour), 4);
        const opacity = colour.opacity / 255;
        expected.forEach((value, a) => {
          expect(point[a]).toBeCloseTo(value, 10);
          expect(premultiplied[a]).toBeCloseTo(value * opacity, 10);
        });
        expect(premultiplied[3]).toBeCloseTo(opacity * channelRange[space], 12);
      }),
    );
  });

  it('finds each colour again', () => {
    fc.assert(
      fc.property(arbitraryColour(fc.constant(255)), (colour) => {
        expect(colourAt(space, coloursInSpace(space, bytesOf(colour), 3))).toEqual(colour);
      }),
    );
    fc.assert(
      fc.property(arbitraryColour(fc.integer({ min: 1, max: 255 })), (colour) => {
        expect(colourAt(space, coloursInSpace(space, bytesOf(colour), 4))).toEqual(colour);
      }),
    );
  });

  it('is black at zero and has white at the end of its range', () => {
    expect(coloursInSpace(space, Uint8Array.of(0, 0, 0, 255), 3)[0]).toBeCloseTo(0, 12);
    expect(coloursInSpace(space, Uint8Array.of(255, 255, 255, 255), 3)[0]).toBeCloseTo(
      channelRange[space],
      6,
    );
  });
});
