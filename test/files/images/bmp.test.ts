import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBmp } from '../../../electron/files/images/bmp/decodeBmp';
import { failureText } from '../../../shared/failureText';

interface Written {
  readonly width: number;
  /** Below 0: the first row stands first. */
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Behind the header: masks, or 4 bytes a colour. */
  readonly extra?: readonly number[];
  readonly pixels: readonly number[];
}

/** A file with BITMAPINFOHEADER. */
function bmp({ width, height, bits, compression = 0, extra = [], pixels }: Written): Uint8Array {
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + extra.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  return Buffer.concat([head, Buffer.from(extra), Buffer.from(pixels)]);
}

const decode = (bytes: Uint8Array): ReturnType<typeof decodeBmp> =>
  decodeBmp(bytes, { file: 'a.bmp', format: 'bmp', maxPixels: 10_000, frame: 0 });

function pixelsOf(written: Written): number[][] {
  const result = decode(bmp(written));
  if (!result.ok) throw new Error(failureText(result.failure));
  const { rgba } = result.value.pixels;
  return Array.from({ length: rgba.length / 4 }, (_, pixel) => [...rgba.subarray(4 * pixel, 4 * pixel + 4)]);
}

const grey = (level: number): number[] => [level, level, level, 255];
const greys = (count: number): number[] => Array.from({ length: count }, (_, i) => [i, i, i, 0]).flat();

test('rows stand from the bottom up, or from the top down where the height is below 0', () => {
  const pixels = [1, 0, 0, 0, 2, 0, 0, 0];
  expect(pixelsOf({ width: 1, height: 2, bits: 8, extra: greys(256), pixels })).toEqual([grey(2), grey(1)]);
  expect(pixelsOf({ width: 1, height: -2, bits: 8, extra: greys(256), pixels })).toEqual([grey(1), grey(2)]);
});

test('4 bits: the first pixel is in the upper half', () => {
  expect(pixelsOf({ width: 3, height: 1, bits: 4, extra: greys(16), pixels: [0x7a, 0x30, 0, 0] })).toEqual(
    [7, 10, 3].map(grey),
  );
});

test('16 bits are 5 each, or as masks say', () => {
  const pixels = [0x1f, 0xf8, 0, 0];
  expect(pixelsOf({ width: 1, height: 1, bits: 16, pixels: [0xff, 0x7f, 0, 0] })).toEqual([grey(255)]);
  const extra = [0, 0xf8, 0, 0, 0xe0, 0x07, 0, 0, 0x1f, 0, 0, 0];
  expect(pixelsOf({ width: 1, height: 1, bits: 16, compression: 3, extra, pixels })).toEqual([
    [255, 0, 255, 255],
  ]);
});

test('32 bits are opaque without a mask of opacity, and as it says with one', () => {
  const pixels = [3, 2, 1, 128];
  expect(pixelsOf({ width: 1, height: 1, bits: 32, pixels })).toEqual([[1, 2, 3, 255]]);
  const extra = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255];
  expect(pixelsOf({ width: 1, height: 1, bits: 32, compression: 6, extra, pixels })).toEqual([
    [1, 2, 3, 128],
  ]);
});

test('run lengths: runs, single pixels, ends of rows, jumps, and the end', () => {
  // Bottom row: 5 5 5 1 2 3; then a jump by 2 on the row above, 9, and the end.
  const pixels = [3, 5, 0, 3, 1, 2, 3, 0, 0, 0, 0, 2, 2, 0, 1, 9, 0, 1];
  expect(pixelsOf({ width: 6, height: 2, bits: 8, compression: 1, extra: greys(256), pixels })).toEqual(
    [0, 0, 9, 0, 0, 0, 5, 5, 5, 1, 2, 3].map(grey),
  );
  const halves = [3, 0x5a, 0, 3, 0x12, 0x30, 0, 1];
  expect(
    pixelsOf({ width: 6, height: 1, bits: 4, compression: 2, extra: greys(16), pixels: halves }),
  ).toEqual([5, 10, 5, 1, 2, 3].map(grey));
});

test('any header and any runs are read or refused, and nothing is thrown', () => {
  const header = fc.record({
    width: fc.integer({ min: -3, max: 40 }),
    height: fc.integer({ min: -40, max: 40 }),
    bits: fc.constantFrom(0, 1, 2, 4, 8, 16, 24, 32, 33),
    compression: fc.integer({ min: 0, max: 7 }),
    extra: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }),
    pixels: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 400 }),
  });
  fc.assert(
    fc.property(header, (written) => {
      const result = decode(bmp(written));
      if (result.ok)
        expect(result.value.pixels.rgba.length).toBe(4 * written.width * Math.abs(written.height));
      else expect(failureText(result.failure)).toMatch(/cannot be read|pixels/);
    }),
    { numRuns: 500 },
  );
});
