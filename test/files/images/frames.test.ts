import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeImage, type DecodeOptions } from '../../../electron/files/images/decodeImage';
import { encodeGif } from '../../../electron/files/images/encodeGif';
import { loadSharp } from '../../../electron/files/images/loadSharp';
import { pixelsOfFile } from '../../../electron/files/images/pixelsOfFile';
import { failureText } from '../../../shared/failureText';
import { pictureNotices } from '../../../shared/image/pictureFactsText';
import type { Colour } from '../../../shared/image/quantisation';
import { inFolder } from '../readBytes';

const data = path.join(import.meta.dirname, 'data');

/** Decodes bytes as a file of that name, through the disk. */
const decoded = (name: string, bytes: Uint8Array, options: DecodeOptions): ReturnType<typeof decodeImage> =>
  inFolder(async (folder) => {
    await writeFile(path.join(folder, name), bytes);
    return decodeImage(path.join(folder, name), options);
  });

async function valueOf<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; failure: Parameters<typeof failureText>[0] }>,
): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(failureText(settled.failure));
  return settled.value;
}

const textOf = async (result: ReturnType<typeof decodeImage>): Promise<string> => {
  const settled = await result;
  return settled.ok ? 'read' : failureText(settled.failure);
};

/** Frames of random colours, some of which move a little from frame to frame, some of which are wiped. */
const animation = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 7 }),
    frames: fc.integer({ min: 2, max: 6 }),
    colours: fc.constantFrom(1, 2, 3, 16, 255, 256),
    clear: fc.boolean(),
    changes: fc.constantFrom(0, 0.2, 1),
    timesShown: fc.constantFrom(0, 1, 2, 7),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ width, height, frames, colours, clear, changes, timesShown, seed }) => {
    let state = seed;
    const next = (below: number): number => (state = (state * 48271) % 0x7fffffff) % below;
    const palette: Colour[] = Array.from({ length: colours }, (_, i) => ({
      red: i,
      green: next(256),
      blue: next(256),
      opacity: clear && i === Math.min(1, colours - 1) ? 0 : 255,
    }));
    const size = width * height;
    const index = new Uint8Array(size * frames);
    for (let i = 0; i < index.length; i++)
      index[i] = i < size || next(100) < 100 * changes ? next(colours) : index[i - size];
    const delaysMs = Array.from({ length: frames }, () => 10 * (2 + next(300)));
    return { width, height, frames, palette, index, times: { delaysMs, timesShown } };
  });

test('frames of at most 256 colours come back pixel by pixel, with their times', async () => {
  await fc.assert(
    fc.asyncProperty(animation, async ({ width, height, frames, palette, index, times }) => {
      const file = encodeGif(index, palette, width, height * frames, times);
      const { pixels, facts, times: read } = await valueOf(decoded('a.gif', file, { frame: 'all' }));
      expect(read).toEqual(times);
      expect([pixels.width, pixels.height, pixels.frames]).toEqual([width, height * frames, frames]);
      expect([facts.frames, facts.frame]).toEqual([frames, null]);
      const wanted = [...index].flatMap((number) => {
        const { red, green, blue, opacity } = palette[number]!;
        return opacity === 0 ? [0, 0, 0, 0] : [red, green, blue, 255];
      });
      const seen = pixels.rgba.map((level, i) => (pixels.rgba[i | 3] === 0 ? 0 : level));
      expect([...seen]).toEqual(wanted);
    }),
    { numRuns: 60 },
  );
});

test('what stays as it was costs an animation next to nothing', () => {
  const [width, height, frames] = [128, 128, 10];
  const still = Uint8Array.from({ length: width * height }, (_, i) => ((i * 48271) % 65_537) % 15);
  const index = new Uint8Array(still.length * frames);
  for (let frame = 0; frame < frames; frame++) {
    index.set(still, frame * still.length);
    index[frame * still.length + 70 * frame] = 14 - still[70 * frame]!;
  }
  const palette = Array.from({ length: 15 }, (_, i) => ({ red: 17 * i, green: i, blue: 0, opacity: 255 }));
  const one = encodeGif(still, palette, width, height);
  const times = { delaysMs: Array.from({ length: frames }, () => 100), timesShown: 0 };
  const all = encodeGif(index, palette, width, height * frames, times);
  expect((all.length - one.length) / (frames - 1)).toBeLessThan(one.length / 8);
});

test('frames of a file that draws only what changes, or wipes it, are read composed', async () => {
  // A red ground; a blue dot over it, wiped after; a green dot then: drawn by another program.
  const file = path.join(data, 'composed.gif');
  const { pixels, times } = await valueOf(decodeImage(file, { frame: 'all' }));
  const at = (frame: number, x: number, y: number): number[] => [
    ...pixels.rgba.subarray(4 * ((frame * 4 + y) * 6 + x)).subarray(0, 4),
  ];
  const [red, blue, green] = [
    [255, 0, 0, 255],
    [0, 0, 255, 255],
    [0, 255, 0, 255],
  ];
  expect([at(0, 0, 0), at(0, 2, 2), at(0, 4, 1)]).toEqual([red, red, red]);
  expect([at(1, 0, 0), at(1, 2, 2), at(1, 4, 1)]).toEqual([red, blue, red]);
  expect([at(2, 0, 0), at(2, 2, 2), at(2, 4, 1)]).toEqual([red, red, green]);
  expect(times).toEqual({ delaysMs: [100, 250, 70], timesShown: 3 });
});

test.each([0, 1, 2])('frame %i of an animation is that of all of them', async (frame) => {
  const file = path.join(data, 'frames.gif');
  const all = await valueOf(decodeImage(file, { frame: 'all' }));
  const one = await valueOf(decodeImage(file, { frame }));
  const bytes = one.pixels.rgba.length;
  expect(all.pixels.rgba.subarray(frame * bytes, (frame + 1) * bytes)).toEqual(one.pixels.rgba);
  expect([one.facts.frames, one.facts.frame, one.times]).toEqual([3, frame, null]);
  expect(pictureNotices(one.facts)).toEqual([]);
  expect(await valueOf(pixelsOfFile(file, 'all'))).toBe(3 * one.pixels.width * one.pixels.height);
});

test('a frame that is not there is refused with those that are, and so is all of an animated PNG', async () => {
  const read = (name: string, options: DecodeOptions) => textOf(decodeImage(path.join(data, name), options));
  expect(await read('frames.gif', { frame: 3 })).toMatch(/has no frame 4: frames 1 to 3 can be read/);
  expect(await read('two.bmp', { frame: 1 })).toMatch(/has no frame 2: one frame can be read/);
  expect(await read('frames.png', { frame: 1 })).toMatch(/has no frame 2/);
  expect(await read('frames.png', { frame: 'all' })).toMatch(/animated PNG, of which only the first/);
  expect(pictureNotices((await valueOf(decodeImage(path.join(data, 'frames.png')))).facts)).toEqual([
    'It holds 2 pictures; of an animated PNG the first is read.',
  ]);
  expect((await valueOf(decodeImage(path.join(data, 'two.bmp'), { frame: 'all' }))).times).toBeNull();
});

test('pages of a TIFF are read each upright, and refused together where their sizes differ', async () => {
  const pages = await valueOf(decodeImage(path.join(data, 'pages.tiff'), { frame: 'all' }));
  expect([pages.pixels.width, pages.pixels.height, pages.pixels.frames]).toEqual([2, 6, 2]);
  // Each stored lying on its side, with its first pixel blue: that is the upper right one when upright.
  for (const page of [0, 1]) {
    const own = pages.pixels.rgba.subarray(24 * page);
    expect([...own.subarray(4, 8)]).toEqual([0, 0, 255, 255]);
  }
  const differ = path.join(data, 'differ.tiff');
  expect(await textOf(decodeImage(differ, { frame: 'all' }))).toMatch(/are not of one size/);
  const second = await valueOf(decodeImage(differ, { frame: 1 }));
  expect([second.pixels.width, second.pixels.height]).toEqual([3, 3]);
});

test('frames count together for the most that is read', async () => {
  const file = path.join(data, 'frames.gif');
  const { pixels } = await valueOf(decodeImage(file));
  const maxPixels = 2 * pixels.width * pixels.height;
  expect(await textOf(decodeImage(file, { maxPixels }))).toBe('read');
  expect(await textOf(decodeImage(file, { frame: 'all', maxPixels }))).toMatch(
    /in each of 3 frames; at most/,
  );
});

test('an animated WebP is read composed, with its times', async () => {
  const [width, height] = [5, 4];
  const raw = Uint8Array.from({ length: 4 * width * height * 3 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 37 + (i >> 6)) & 255,
  );
  const file = await loadSharp()(raw, { raw: { width, height: 3 * height, channels: 4, pageHeight: height } })
    .webp({ lossless: true, exact: true, delay: [50, 120, 400], loop: 2 })
    .toBuffer();
  const { pixels, times } = await valueOf(decoded('a.webp', file, { frame: 'all' }));
  expect(times).toEqual({ delaysMs: [50, 120, 400], timesShown: 2 });
  expect([...pixels.rgba]).toEqual([...raw]);
});
