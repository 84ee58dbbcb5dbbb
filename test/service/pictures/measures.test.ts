import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distortionOf } from '../../../electron/image/distortionOf';
import { pictureQuality } from '../../../electron/image/pictureQuality';
import type { CurvePoint } from '../../../shared/image/painting';
import type { PictureSummary } from '../../../shared/image/picture';
import { pngBitDepth } from '../../../shared/image/bitWidth';
import { pictureOf } from '../../image/arbitraryPicture';
import { drawnPicture } from '../../image/drawnPicture';
import { valueOf } from '../openService';
import { byCount, formats, pictureService, specified, type PictureService } from './pictureService';

let service: PictureService;
let picture: PictureSummary;
const pixels = drawnPicture(80, 60, 1, 7);
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(pixels);
});
afterAll(() => service.close());

describe('what a painting comes to as a file', () => {
  it.each(formats)('is that of its pixels, as %s', async (format) => {
    for (const colours of [2, 10, 40]) {
      const goal = byCount(colours);
      const painting = await service.quantise(picture.picture, { goal, space: 'oklab' });
      const rgba = await service.pixelsOf(picture, painting);
      const measures = valueOf(
        await service.client.call('painting.measure', { painting: painting.painting, format }),
      );
      expect(measures).toEqual({
        format,
        bytes: measures.bytes,
        fileBitsPerPixel: (8 * measures.bytes) / (80 * 60),
        bitDepth: {
          png: pngBitDepth(colours),
          gif: Math.ceil(Math.log2(colours)),
          fullPng: null,
          webp: null,
        }[format],
        colours,
        quality: pictureQuality(pixels, { ...pixels, rgba }),
        distortion: distortionOf(pixels, { ...pixels, rgba }, 'oklab'),
      });
    }
  });

  it('is larger when it is made quickly, and the same pixels in the same palette', async () => {
    const given = await service.quantise(picture.picture, { goal: byCount(40) });
    const colours = given.swatches.map(({ colour }) => colour);
    const [thorough, quick] = await Promise.all(
      (['thorough', 'quick'] as const).map(async (effort) => {
        const body = {
          ...{ picture: picture.picture, colours, locked: false },
          ...({ space: 'srgb', dithering: { kind: 'none' } } as const),
        };
        const { painting } = valueOf(await service.client.call('picture.paintWith', { ...body, effort }));
        return valueOf(await service.client.call('painting.measure', { painting, format: 'png' }));
      }),
    );
    expect(quick.bytes).toBeGreaterThan(thorough.bytes);
    expect({ ...quick, bytes: 0, fileBitsPerPixel: 0 }).toEqual({
      ...thorough,
      bytes: 0,
      fileBitsPerPixel: 0,
    });
  });

  it('is asked for twice without being encoded twice, and tells how far it is', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(30) });
    const heard: number[] = [];
    const measure = async (): Promise<object> =>
      valueOf(
        await service.client.call(
          'painting.measure',
          { painting, format: 'png' },
          { onEvent: ({ fraction }) => heard.push(fraction) },
        ),
      );
    const first = await measure();
    expect(heard.length).toBeGreaterThan(0);
    heard.length = 0;
    expect(await measure()).toEqual(first);
    expect(heard).toEqual([]);
  });

  it('of a preview is that of the picture painted whole', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(7) }, 'preview');
    const measures = valueOf(await service.client.call('painting.measure', { painting, format: 'png' }));
    expect(measures).toMatchObject({ colours: 7, bitDepth: 4 });
  });

  it('is refused for a GIF or WebP of more pixels a side than they have room for', async () => {
    const long = await service.openPixels(
      pictureOf(70_000, 1, (i) => ({ ...black, red: i % 3 })),
      'long.png',
    );
    const { painting } = await service.quantise(long.picture, { goal: byCount(3) });
    for (const [format, most] of [
      ['gif', 65_535],
      ['webp', 16_383],
    ] as const)
      expect(await service.client.call('painting.measure', { painting, format })).toEqual({
        ok: false,
        failure: { kind: 'sideTooLong', format, width: 70_000, height: 1, most },
      });
    expect(await service.client.call('painting.measure', { painting, format: 'png' })).toMatchObject({
      ok: true,
      value: { colours: 3, quality: { mse: 0, psnr: null, ssim: 1 }, distortion: 0 },
    });
  });
});

const black = { red: 0, green: 0, blue: 0, opacity: 255 };

describe('a curve', () => {
  it('is what paintings of so many colours come to, each point told as it is found', async () => {
    const told: CurvePoint[] = [];
    const { points, isComplete } = valueOf(
      await service.client.call(
        'picture.curve',
        { picture: picture.picture, specification: specified({}), most: 8 },
        { onEvent: ({ point }) => told.push(point) },
      ),
    );
    expect(isComplete).toBe(true);
    expect(points.map(({ colours }) => colours)).toEqual([1, 2, 3, 4, 6, 8]);
    expect(told.length).toBe(points.length);
    expect([...told].sort((a, b) => a.colours - b.colours)).toEqual(points);
    const { painting, fit } = await service.quantise(picture.picture, { goal: byCount(6) });
    const { bytes, quality } = valueOf(
      await service.client.call('painting.measure', { painting, format: 'png' }),
    );
    expect(points[4]).toEqual({ colours: 6, bitsPerPixel: 3, bytes, quality, distortion: fit?.distortion });
  });

  it('that is cancelled keeps the points there are', async () => {
    const cancelling = new AbortController();
    const { points, isComplete } = valueOf(
      await service.client.call(
        'picture.curve',
        { picture: picture.picture, specification: specified({}) },
        { signal: cancelling.signal, onEvent: () => cancelling.abort() },
      ),
    );
    expect(isComplete).toBe(false);
    expect(points.length).toBeGreaterThan(0);
  });

  it('ends where locked colours leave no room', async () => {
    const locked = Array.from({ length: 20 }, (_, i) => ({ ...black, red: i }));
    expect(
      await service.client.call('picture.curve', {
        picture: picture.picture,
        ...{ specification: specified({ locked }), most: 12 },
      }),
    ).toEqual({ ok: false, failure: { kind: 'tooFewColours', colours: 12, needed: 21 } });
  });
});

describe('a palette file', () => {
  it('is read as colours and their names', async () => {
    writeFileSync(path.join(service.folder, 'two.css'), ':root { --sky: #0080ff; --leaf: #10a02080; }');
    const read = valueOf(
      await service.client.call('palette.read', { file: service.granted('two.css', 'read') }),
    );
    expect(read).toEqual({
      colours: [
        { red: 0, green: 128, blue: 255, opacity: 255 },
        { red: 16, green: 160, blue: 32, opacity: 128 },
      ],
      names: ['sky', 'leaf'],
      estimated: 0,
    });
    writeFileSync(path.join(service.folder, 'bad.gpl'), 'not a palette');
    expect(
      await service.client.call('palette.read', { file: service.granted('bad.gpl', 'read') }),
    ).toMatchObject({ ok: false, failure: { kind: 'badPalette', file: 'bad.gpl' } });
  });
});
