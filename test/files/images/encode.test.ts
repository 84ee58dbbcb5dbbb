import { decode } from 'fast-png';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeFullColour } from '../../../electron/files/images/encodeFullColour';
import { encodeGif } from '../../../electron/files/images/encodeGif';
import { encodeIndexedPng } from '../../../electron/files/images/png/encodeIndexedPng';
import { encodeLabelMap, encodeMask } from '../../../electron/files/images/png/encodeLabelMap';
import { loadPngOptimiser } from '../../../electron/files/images/png/loadPngOptimiser';
import { pngBitDepth } from '../../../shared/image/bitWidth';
import type { Colour } from '../../../shared/image/quantisation';

const optimise = await loadPngOptimiser();

interface Indexed {
  readonly index: Uint8Array;
  readonly palette: Colour[];
  readonly width: number;
  readonly height: number;
}

const byte = fc.integer({ min: 0, max: 255 });
const colour = (opacity: fc.Arbitrary<number>): fc.Arbitrary<Colour> =>
  fc.record({ red: byte, green: byte, blue: byte, opacity });

const indexed = (opacity: fc.Arbitrary<number>): fc.Arbitrary<Indexed> =>
  fc
    .tuple(
      fc.oneof(fc.constantFrom(1, 2, 3, 4, 5, 10, 16, 17, 255, 256), fc.integer({ min: 1, max: 256 })),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
    )
    .chain(([colours, width, height]) =>
      fc.record({
        palette: fc.array(colour(opacity), { minLength: colours, maxLength: colours }),
        index: fc
          .array(fc.integer({ min: 0, max: colours - 1 }), {
            minLength: width * height,
            maxLength: width * height,
          })
          .map((numbers) => Uint8Array.from(numbers)),
        width: fc.constant(width),
        height: fc.constant(height),
      }),
    );

const painted = ({ index, palette }: Indexed): number[] =>
  [...index].flatMap((number) => {
    const { red, green, blue, opacity } = palette[number]!;
    return [red, green, blue, opacity];
  });

const decoded = async (file: Uint8Array): Promise<number[]> => [
  ...(await sharp(file, { failOn: 'warning' }).toColourspace('srgb').ensureAlpha().raw().toBuffer()),
];

test('a decoded indexed PNG is the painted picture, with the fewest bits that hold its colours', async () => {
  await fc.assert(
    fc.asyncProperty(indexed(byte), fc.boolean(), async (picture, isOptimised) => {
      const { index, palette, width, height } = picture;
      const file = await encodeIndexedPng(index, palette, width, height, isOptimised ? { optimise } : {});
      expect(await decoded(file)).toEqual(painted(picture));
      const read = decode(file, { checkCrc: true });
      expect(read.depth).toBe(pngBitDepth(palette.length));
      // As given: numbers of colours are numbers of clusters.
      expect(
        read.palette?.map(([red, green, blue, opacity = 255]) => ({ red, green, blue, opacity })),
      ).toEqual(palette);
    }),
    { numRuns: 150 },
  );
});

test('ten colours take four bits, optimised or not', async () => {
  const palette = Array.from({ length: 10 }, (_, i) => ({
    red: 20 * i,
    green: 9 * i,
    blue: 255 - i,
    opacity: 255,
  }));
  const index = Uint8Array.from({ length: 64 * 64 }, (_, i) => ((i >> 3) * 7 + (i % 13)) % 10);
  expect((await encodeIndexedPng(index, palette, 64, 64))[24]).toBe(4);
  expect((await encodeIndexedPng(index, palette, 64, 64, { optimise }))[24]).toBe(4);
});

test('optimising makes a picture smaller, and gives the same bytes again', async () => {
  const palette = Array.from({ length: 200 }, (_, i) => ({ red: i, green: i, blue: i, opacity: 255 }));
  const index = Uint8Array.from({ length: 200 * 200 }, (_, i) => (i % 200) ^ (Math.floor(i / 4000) & 3));
  const plain = await encodeIndexedPng(index, palette, 200, 200);
  const small = await encodeIndexedPng(index, palette, 200, 200, { optimise });
  expect(small.length).toBeLessThan(plain.length);
  expect(await encodeIndexedPng(index, palette, 200, 200, { optimise })).toEqual(small);
});

test('a decoded GIF is the painted picture', async () => {
  await fc.assert(
    fc.asyncProperty(indexed(fc.constantFrom(0, 255, 255)), async (picture) => {
      const file = encodeGif(picture.index, picture.palette, picture.width, picture.height);
      const pixels = await decoded(file);
      const wanted = painted(picture);
      for (let at = 0; at < wanted.length; at += 4) {
        expect(pixels[at + 3]).toBe(wanted[at + 3]);
        if (wanted[at + 3] === 255) expect(pixels.slice(at, at + 3)).toEqual(wanted.slice(at, at + 3));
      }
    }),
    { numRuns: 100 },
  );
});

test.each(['png', 'webp'] as const)(
  'a decoded full-colour %s is the picture, transparent pixels too',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 4 * 35, maxLength: 4 * 35 }),
        fc.boolean(),
        async (bytes, isOpaque) => {
          const rgba = bytes.map((value, at) => (isOpaque && at % 4 === 3 ? 255 : value));
          const file = await encodeFullColour({ width: 7, height: 5, rgba }, format);
          expect(await decoded(file)).toEqual([...rgba]);
        },
      ),
      { numRuns: 40 },
    );
  },
);

test('a label map holds the labels themselves, in 8 or 16 bits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: 12, maxLength: 12 }),
      async (isWide, values) => {
        const labels = isWide ? Uint16Array.from(values) : Uint8Array.from(values);
        const read = decode(await encodeLabelMap(labels, 4, 3), { checkCrc: true });
        expect([read.depth, read.channels, [...read.data]]).toEqual([isWide ? 16 : 8, 1, [...labels]]);
      },
    ),
  );
});

test('a mask is black and white, one bit a pixel', async () => {
  const mask = Uint8Array.from([0, 1, 2, 0, 255, 0, 0, 1, 1, 0]);
  const file = await encodeMask(mask, 5, 2);
  expect(file[24]).toBe(1);
  const white = (await decoded(file)).filter((_, at) => at % 4 === 0);
  expect(white).toEqual([...mask].map((value) => (value === 0 ? 0 : 255)));
});
