import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
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

/** A PNG with a chunk before its pixels. */
function withChunk(png: Buffer, type: string, content: readonly number[]): Buffer {
  const body = Buffer.from([...Buffer.from(type, 'latin1'), ...content]);
  const chunk = Buffer.alloc(8 + body.length);
  chunk.writeUInt32BE(content.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  // After the signature and the header.
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

test('what a PNG notes of its colours and is not applied is said; high dynamic range is refused', async () => {
  const png = await readFile(path.join(data, 'colour.png'));
  const noticesOf = async (type: string, content: readonly number[]): Promise<string> => {
    const result = await ofBytes('a.png', withChunk(png, type, content));
    return result.ok ? pictureNotices(result.value.facts).join(' ') : failureText(result.failure);
  };
  expect(await noticesOf('gAMA', [0, 0, 0xb1, 0x8f])).toBe('');
  expect(await noticesOf('gAMA', [0, 1, 0x86, 0xa0])).toContain('though it notes a gamma of 1:');
  expect(await noticesOf('cICP', [1, 13, 0, 1])).toBe('');
  expect(await noticesOf('cICP', [12, 13, 0, 1])).toContain('colours of Display P3');
  expect(await noticesOf('cICP', [9, 16, 0, 1])).toContain('it is of high dynamic range');
});

test('an AVIF of another range or other primaries is refused, or that is said', async () => {
  const file = await readFile(path.join(data, 'noted.avif'));
  const at = file.indexOf('colrnclx', 0, 'latin1') + 8;
  expect(at).toBeGreaterThan(8);
  const noted = (primaries: number, transfer: number) => {
    const other = Buffer.from(file);
    other.writeUInt16BE(primaries, at);
    other.writeUInt16BE(transfer, at + 2);
    return ofBytes('a.avif', other);
  };
  const wide = await noted(12, 13);
  expect((await decoded('noted.avif')).facts.unapplied).toBeNull();
  expect(wide.ok && pictureNotices(wide.value.facts).join()).toContain('colours of Display P3');
  const high = await noted(9, 16);
  expect(high.ok ? '' : failureText(high.failure)).toMatch(/is an AVIF picture.*high dynamic range/);
});

test('a JPEG that decodes in spite of faults is read, and doubted', async () => {
  const odd = await readFile(path.join(data, 'colour.jpg'));
  // Among the codes of its pixels.
  odd[633] ^= 1;
  const result = await ofBytes('a.jpg', odd);
  expect(result.ok && pictureNotices(result.value.facts)).toEqual([
    'The file has faults: parts of the picture may be wrong. Compare it with another copy.',
  ]);
  expect(pictureNotices((await decoded('colour.jpg')).facts)).toEqual([]);
});

test.each([
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
  ['JPEG XL', '\xff\x0a\xfa\x1f'],
  ['Photoshop', '8BPS\0\x01'],
  [
    'SVG',
    '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/>',
  ],
  ['Windows icon', '\0\0\x01\0\x02\0\x10\x10'],
])('a picture of a format that is not read is named: %s', async (format, start) => {
  expect(await ofBytes('a.png', Buffer.from(start, 'latin1'))).toEqual({
    ok: false,
    failure: { kind: 'unreadPicture', file: 'a.png', format },
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

test('what is no ordinary file is refused, and not waited for', async () => {
  const problems = await inFolder(async (folder) => {
    const at = (name: string): string => path.join(folder, name);
    await mkdir(at('folder.png'));
    execFileSync('mkfifo', [at('pipe.png')]);
    await symlink('loop.png', at('loop.png'));
    const names = ['folder.png', 'pipe.png', 'loop.png'];
    const results = await Promise.all(names.map((name) => decodeImage(at(name))));
    return results.map((result) => (result.ok ? 'read' : failureText(result.failure)));
  });
  expect(problems).toEqual([
    expect.stringContaining('it is a folder'),
    expect.stringContaining('it is not an ordinary file'),
    expect.stringContaining('a link that leads back to itself'),
  ]);
});
