import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeImage, type DecodedImage } from '../../../electron/files/images/decodeImage';
import { loadSharp } from '../../../electron/files/images/loadSharp';
import { failureText } from '../../../shared/failureText';
import { pictureNotices } from '../../../shared/image/pictureFactsText';
import { inFolder } from '../readBytes';

const data = path.join(import.meta.dirname, 'data');
const expected = JSON.parse(await readFile(path.join(data, 'pixels.json'), 'utf8')) as {
  width: number;
  height: number;
  pixels: Record<string, string>;
};

async function decoded(file: string): Promise<DecodedImage> {
  const result = await decodeImage(path.resolve(data, file));
  if (!result.ok) throw new Error(failureText(result.failure));
  return result.value;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Decodes bytes as a file of that name, through the disk. */
const ofBytes = (name: string, bytes: Uint8Array, maxPixels?: number): ReturnType<typeof decodeImage> =>
  inFolder(async (folder) => {
    await writeFile(path.join(folder, name), bytes);
    return decodeImage(path.join(folder, name), maxPixels === undefined ? {} : { maxPixels });
  });

test.each([
  ['colour.png', 'colour'],
  ['colour.bmp', 'colour'],
  ['colour.tiff', 'colour'],
  ['colour.webp', 'colour'],
  ['few.png', 'few'],
  ['few.gif', 'few'],
  ['few8.bmp', 'few'],
  ['two.png', 'two'],
  ['two.bmp', 'two'],
  ['clear.png', 'clear'],
  ['clear.tiff', 'clear'],
  ['clear.webp', 'clear'],
  ['grey.png', 'grey'],
  ['grey.tiff', 'grey'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [`turned${orientation}.webp`, '']),
])('%s has the pixels that Pillow reads', async (file, name) => {
  const { pixels } = await decoded(file);
  expect(pixels.rgba.length).toBe(4 * pixels.width * pixels.height);
  if (name === '') return;
  expect([pixels.width, pixels.height]).toEqual([expected.width, expected.height]);
  expect(hex(pixels.rgba)).toBe(expected.pixels[name]);
});

test('each of the eight orientations stands upright', async () => {
  const upright = (await decoded('colour.png')).pixels;
  const at = (x: number, y: number): number[] => [
    ...upright.rgba.subarray(4 * (y * upright.width + x)).subarray(0, 4),
  ];
  const [right, bottom] = [upright.width - 1, upright.height - 1];
  // The colour of the upper left corner, by what EXIF says of row 0 and column 0 of what is stored.
  const corner = [
    at(0, 0),
    at(right, 0),
    at(right, bottom),
    at(0, bottom),
    at(0, 0),
    at(0, bottom),
    at(right, bottom),
    at(right, 0),
  ];
  for (let orientation = 1; orientation <= 8; orientation++) {
    const { pixels, facts } = await decoded(`turned${orientation}.webp`);
    expect([orientation, facts.orientation, ...pixels.rgba.subarray(0, 4)]).toEqual([
      orientation,
      orientation,
      ...(corner[orientation - 1] ?? []),
    ]);
    expect(pixels.width).toBe(orientation < 5 ? expected.width : expected.height);
    expect([facts.storedWidth, facts.storedHeight]).toEqual([expected.width, expected.height]);
  }
});

test('the first of several pictures is read, and their number is known', async () => {
  for (const [file, frames] of [
    ['frames.gif', 3],
    ['frames.png', 2],
    ['few.gif', 1],
  ] as const) {
    const { pixels, facts } = await decoded(file);
    expect(facts.frames).toBe(frames);
    expect(hex(pixels.rgba)).toBe(expected.pixels[file === 'frames.png' ? 'colour' : 'few']);
  }
});

test('16 bits are reduced to their upper 8, and that is said', async () => {
  const { pixels, facts } = await decoded('deep.png');
  expect([...pixels.rgba]).toEqual([0, 255, 128, 255, 0, 1, 2, 255]);
  expect(pictureNotices(facts)).toEqual(['16 bits a channel were reduced to 8: finer shades are lost.']);
});

test('printing colours become sRGB', async () => {
  const { pixels, facts } = await decoded('cmyk.jpg');
  expect(facts.colours).toBe('cmyk');
  expect(pixels.rgba.length).toBe(4 * expected.width * expected.height);
});

test('a wider profile is converted, and its name is told', async () => {
  const sharp = loadSharp();
  const red = { create: { width: 2, height: 2, channels: 3, background: '#c03020' } } as const;
  const file = await sharp(red).withIccProfile('p3').png().toBuffer();
  const result = await ofBytes('p3.png', file);
  if (!result.ok) throw new Error(failureText(result.failure));
  expect(result.value.facts.profile).toMatch(/P3/);
  const [r = 0, g = 0, b = 0] = result.value.pixels.rgba;
  expect([Math.abs(r - 0xc0) <= 1, Math.abs(g - 0x30) <= 1, Math.abs(b - 0x20) <= 1]).toEqual([
    true,
    true,
    true,
  ]);
});

test('an AVIF of 8 or 10 bits is read, and finer shades are said to be lost', async () => {
  const colour = await decoded('colour.png');
  const { width, height, rgba } = colour.pixels;
  for (const bitdepth of [8, 10] as const) {
    const raw = loadSharp()(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
    const file = await raw.avif({ lossless: true, chromaSubsampling: '4:4:4', bitdepth }).toBuffer();
    const result = await ofBytes('a.avif', file);
    if (!result.ok) throw new Error(failureText(result.failure));
    expect([result.value.facts.format, result.value.facts.bits]).toEqual(['avif', bitdepth]);
    const furthest = result.value.pixels.rgba.reduce(
      (most, level, at) => Math.max(most, Math.abs(level - (rgba[at] ?? 0))),
      0,
    );
    // Lossless in YCbCr, not in RGB.
    expect(furthest).toBeLessThanOrEqual(4);
  }
});

test('a bomb is refused by its header, with the limit', async () => {
  const result = await decodeImage(path.join(data, 'bomb.png'));
  expect(result).toEqual({
    ok: false,
    failure: {
      ...{ kind: 'pictureTooLarge', file: 'bomb.png', width: 60000, height: 60000 },
      ...{ frames: 1, limitMegapixels: 200 },
    },
  });
});

test('a picture of no pixels is refused', async () => {
  const result = await decodeImage(path.join(data, 'nothing.png'));
  expect(result.ok ? null : result.failure.kind).toBe('damagedPicture');
});

test('what is no picture is refused with what it looks like', async () => {
  const script =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  expect((await ofBytes('a.png', Buffer.from(script))).ok).toBe(false);
  expect(await ofBytes('a.png', Buffer.from('%PDF-1.7'))).toEqual({
    ok: false,
    failure: { kind: 'notAPicture', file: 'a.png', looksLike: 'a PDF document' },
  });
  expect(await ofBytes('a.png', Buffer.alloc(0))).toEqual({
    ok: false,
    failure: { kind: 'emptyFile', file: 'a.png' },
  });
});

const pictures = ['clear.png', 'colour.jpg', 'colour.webp', 'few.gif', 'few8.bmp', 'colour.tiff', 'two.bmp'];

test.each(pictures)('%s, cut off anywhere, is refused with words', async (file) => {
  const whole = await readFile(path.join(data, file));
  for (const share of [0.02, 0.3, 0.5, 0.8]) {
    const result = await ofBytes(file, whole.subarray(0, Math.floor(whole.length * share)));
    expect([share, result.ok]).toEqual([share, false]);
    if (!result.ok) expect(failureText(result.failure)).toMatch(/cannot be read|is not a picture/);
  }
});

test.each(pictures)('%s with damaged bytes is read or refused, and nothing is thrown', async (file) => {
  const whole = await readFile(path.join(data, file));
  for (let seed = 1; seed <= 40; seed++) {
    const bytes = Uint8Array.from(whole);
    for (let hit = 0; hit < 4; hit++)
      bytes[(seed * 7919 + hit * 104729) % bytes.length] = (seed * 31 + hit * 57) & 255;
    const result = await ofBytes(file, bytes, 1_000_000);
    if (result.ok)
      expect(result.value.pixels.rgba.length).toBe(
        4 * result.value.pixels.width * result.value.pixels.height,
      );
    else expect(failureText(result.failure).length).toBeGreaterThan(20);
  }
});
