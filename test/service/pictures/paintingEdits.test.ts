import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaintingId } from '../../../shared/ids';
import type { PaintingMeasures, PaintingSummary, PaletteEdit } from '../../../shared/image/painting';
import type { PictureSummary } from '../../../shared/image/picture';
import type { Colour } from '../../../shared/image/quantisation';
import { drawnPicture } from '../../image/drawnPicture';
import { valueOf } from '../openService';
import { pixelIs, pixelsOfColour, total } from './countedPixels';
import { byCount, pictureService, type PictureService } from './pictureService';

let service: PictureService;
let picture: PictureSummary;
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(drawnPicture(96, 64, 1, 4));
});
afterAll(() => service.close());

const purple: Colour = { red: 120, green: 0, blue: 200, opacity: 255 };

const edited = async (painting: PaintingId, edit: PaletteEdit): Promise<PaintingSummary> =>
  valueOf(await service.client.call('painting.edit', { painting, edit }));

const measured = async (painting: PaintingId): Promise<PaintingMeasures> =>
  valueOf(await service.client.call('painting.measure', { painting, format: 'png' }));

describe('an edit', () => {
  it.each(['preview', 'exact'] as const)(
    'of the %s painting makes another and leaves it as it is',
    async (precision) => {
      const before = await service.quantise(picture.picture, { goal: byCount(5) }, precision);
      const shown = await service.pixelsOf(picture, before);
      const old = before.swatches[1].colour;
      const after = await edited(before.painting, { kind: 'recolour', at: 1, colour: purple });
      expect(after.painting).not.toBe(before.painting);
      expect(after.fit).toBeNull();
      expect(after.swatches[1]).toMatchObject({ colour: purple, isLocked: true });
      const now = await service.pixelsOf(picture, after);
      for (let at = 0; at < now.length; at += 4)
        expect([...now.subarray(at, at + 4)]).toEqual(
          pixelIs(shown, at, old) ? [120, 0, 200, 255] : [...shown.subarray(at, at + 4)],
        );
      expect(await service.pixelsOf(picture, before)).toEqual(shown);
    },
  );

  it('merges two colours into their mean and keeps every pixel', async () => {
    const before = await service.quantise(picture.picture, { goal: byCount(5) });
    const after = await edited(before.painting, { kind: 'merge', one: 3, other: 1 });
    expect(after.swatches.length).toBe(4);
    expect(after.swatches[1].pixels).toBe(before.swatches[1].pixels + before.swatches[3].pixels);
    expect(total(after.swatches)).toBe(96 * 64);
    expect(pixelsOfColour(await service.pixelsOf(picture, after), after.swatches[1].colour)).toBe(
      after.swatches[1].pixels,
    );
  });

  it('removes a colour, but not the last one', async () => {
    const two = await service.quantise(picture.picture, { goal: byCount(2) });
    const one = await edited(two.painting, { kind: 'remove', at: 0 });
    expect(one.swatches).toEqual([{ ...two.swatches[1], pixels: 96 * 64 }]);
    expect(one.bitsPerPixel).toBe(0);
    expect(
      await service.client.call('painting.edit', { painting: one.painting, edit: { kind: 'remove', at: 0 } }),
    ).toMatchObject({ ok: false, failure: { kind: 'badRequest' } });
  });

  it('locks one colour or all, and how the palette was found stays known', async () => {
    const { painting, fit } = await service.quantise(picture.picture, { goal: byCount(4) }, 'preview');
    const one = await edited(painting, { kind: 'lock', at: 2, isLocked: true });
    expect(one.swatches.map(({ isLocked }) => isLocked)).toEqual([false, false, true, false]);
    expect(one).toMatchObject({ fit, precision: 'preview' });
    const all = await edited(one.painting, { kind: 'lock', at: null, isLocked: true });
    expect(all.swatches.every(({ isLocked }) => isLocked)).toBe(true);
  });

  it('of a colour that is not there says so', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(3) });
    for (const edit of [
      { kind: 'lock', at: 3, isLocked: true },
      { kind: 'merge', one: 0, other: 7 },
      { kind: 'merge', one: 1, other: 1 },
      { kind: 'remove', at: 3 },
    ] as const)
      expect(await service.client.call('painting.edit', { painting, edit })).toMatchObject({
        ok: false,
        failure: { kind: 'badRequest' },
      });
  });
});

describe('a painting', () => {
  it('of a mixture or with places is painted as the fit says, and after dithering as before it', async () => {
    for (const specification of [{ method: 'gaussian' as const }, { spatialWeight: 2 }]) {
      const plain = await service.quantise(picture.picture, { goal: byCount(5), ...specification });
      const nearest = valueOf(
        await service.client.call('picture.paintWith', {
          picture: picture.picture,
          colours: plain.swatches.map(({ colour }) => colour),
          space: 'srgb',
          dithering: { kind: 'none' },
          locked: false,
        }),
      );
      const own = await service.pixelsOf(picture, plain);
      expect(own).not.toEqual(await service.pixelsOf(picture, nearest));
      const dithered = await edited(plain.painting, {
        kind: 'dither',
        dithering: { kind: 'floydSteinberg', strength: 1 },
      });
      expect(await service.pixelsOf(picture, dithered)).not.toEqual(own);
      expect(dithered.fit).toEqual(plain.fit);
      const again = await edited(dithered.painting, { kind: 'dither', dithering: { kind: 'none' } });
      expect(await service.pixelsOf(picture, again)).toEqual(own);
    }
  });

  it('whose areas are painted flat has no more error than it may, whatever it was fitted by, and becomes again as before', async () => {
    for (const fit of [{}, { spatialWeight: 2 }]) {
      const plain = await service.quantise(picture.picture, { goal: byCount(8), ...fit });
      const dithering = { kind: 'flat', errorGrowth: 0.02 } as const;
      const flat = await edited(plain.painting, { kind: 'dither', dithering });
      const [before, after] = [await measured(plain.painting), await measured(flat.painting)];
      expect(after.distortion).toBeGreaterThan(before.distortion);
      expect(after.distortion).toBeLessThanOrEqual(1.02 * before.distortion);
      expect(await service.pixelsOf(picture, flat)).toEqual(
        await service.pixelsOf(
          picture,
          await service.quantise(picture.picture, { goal: byCount(8), ...fit, dithering }),
        ),
      );
      const again = await edited(flat.painting, { kind: 'dither', dithering: { kind: 'none' } });
      expect(await service.pixelsOf(picture, again)).toEqual(await service.pixelsOf(picture, plain));
    }
  });
});
