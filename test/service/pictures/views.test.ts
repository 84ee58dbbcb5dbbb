import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceMap } from '../../../electron/image/difference';
import type { Viewed } from '../../../shared/contract/pictureCalls';
import type { PictureRegion, PictureSummary, PictureView } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { pictureOf } from '../../image/arbitraryPicture';
import { drawnPicture } from '../../image/drawnPicture';
import { valueOf } from '../openService';
import { byCount, pictureService, type PictureService } from './pictureService';

const pixels = drawnPicture(96, 64, 1, 4);
let service: PictureService;
let picture: PictureSummary;
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(pixels);
});
afterAll(() => service.close());

const whole: PictureRegion = { left: 0, top: 0, width: 96, height: 64 };
const corner: PictureRegion = { left: 60, top: 40, width: 30, height: 20 };

async function view(
  viewed: Viewed,
  region = whole,
  width = 96,
  height = 64,
  of = picture,
): Promise<PictureView> {
  const body = { picture: of.picture, viewed, region, width, height };
  return valueOf(await service.client.call('picture.view', body));
}

/** A region of pixels at their own size. */
function cut({ width, rgba }: Pixels, region: PictureRegion): Uint8Array {
  const rows = Array.from({ length: region.height }, (_, y) => {
    const from = 4 * ((region.top + y) * width + region.left);
    return rgba.subarray(from, from + 4 * region.width);
  });
  return Uint8Array.from(rows.flatMap((row) => [...row]));
}

describe('a view of the original', () => {
  it('is its pixels where it is not scaled, and never larger', async () => {
    expect(await view({ kind: 'original' }, corner, 8000, 8000)).toEqual({
      ...{ width: 30, height: 20 },
      rgba: cut(pixels, corner),
    });
  });

  it('is scaled into the size that was asked for, in its own aspect', async () => {
    const { width, height, rgba } = await view({ kind: 'original' }, whole, 48, 1000);
    expect([width, height, rgba.length]).toEqual([48, 32, 4 * 48 * 32]);
    const four = [0, 1, 96, 97].map((i) => pixels.rgba[4 * i]);
    expect(Math.abs(rgba[0] - four.reduce((sum, red) => sum + red) / 4)).toBeLessThanOrEqual(0.5);
  });

  it('that is partly outside the picture is refused, and says how large it is', async () => {
    const body = {
      ...{ picture: picture.picture, viewed: { kind: 'original' } as const, width: 10, height: 10 },
      region: { ...whole, left: 1 },
    };
    expect(await service.client.call('picture.view', body)).toEqual({
      ok: false,
      failure: { kind: 'badRequest', path: 'region', problem: 'the picture has 96 x 64 pixels' },
    });
  });
});

describe('a view of a painting', () => {
  it('shows the colours of its palette alone', async () => {
    const { painting, swatches } = await service.quantise(picture.picture, { goal: byCount(5) });
    const palette = new Set(swatches.map(({ colour: { red, green, blue } }) => `${red} ${green} ${blue}`));
    const { rgba } = await view({ kind: 'painting', painting });
    const seen = new Set<string>();
    for (let at = 0; at < rgba.length; at += 4) seen.add(`${rgba[at]} ${rgba[at + 1]} ${rgba[at + 2]}`);
    expect(seen).toEqual(palette);
  });

  it('with one colour picked keeps that colour, and greys the others', async () => {
    for (const precision of ['preview', 'exact'] as const) {
      const { painting, swatches } = await service.quantise(picture.picture, { goal: byCount(5) }, precision);
      const { rgba } = await view({ kind: 'painting', painting });
      const { rgba: picked } = await view({ kind: 'colour', painting, at: 2 });
      const { red, green, blue } = swatches[2].colour;
      for (let at = 0; at < rgba.length; at += 4) {
        const isOwn = rgba[at] === red && rgba[at + 1] === green && rgba[at + 2] === blue;
        if (isOwn) expect([...picked.subarray(at, at + 3)]).toEqual([red, green, blue]);
        else expect(new Set(picked.subarray(at, at + 3)).size).toBe(1);
      }
    }
  });

  it('with a colour picked that is not there is refused', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(5) });
    const body = {
      ...{ picture: picture.picture, region: whole, width: 10, height: 10 },
      viewed: { kind: 'colour', painting, at: 5 } as const,
    };
    expect(await service.client.call('picture.view', body)).toEqual({
      ok: false,
      failure: { kind: 'badRequest', path: 'viewed.at', problem: 'there are 5 colours, counted from 0' },
    });
  });

  it('of a preview is at full size what it is once it is painted', async () => {
    for (const dithering of [{ kind: 'none' }, { kind: 'floydSteinberg', strength: 1 }] as const) {
      const { painting, swatches } = await service.quantise(
        picture.picture,
        { goal: byCount(6), dithering, space: 'oklab' },
        'preview',
      );
      const exact = valueOf(
        await service.client.call('picture.paintWith', {
          ...{ picture: picture.picture, space: 'oklab', dithering, locked: false },
          colours: swatches.map(({ colour }) => colour),
        }),
      );
      expect(await view({ kind: 'painting', painting })).toEqual(
        await view({ kind: 'painting', painting: exact.painting }),
      );
    }
  });

  it('of a picture that is not its own is refused', async () => {
    const other = await service.openPixels(drawnPicture(96, 64, 2, 4), 'other.png');
    const { painting } = await service.quantise(other.picture, { goal: byCount(3) });
    const body = {
      ...{ picture: picture.picture, region: whole, width: 96, height: 64 },
      viewed: { kind: 'painting', painting } as const,
    };
    expect(await service.client.call('picture.view', body)).toEqual({
      ok: false,
      failure: { kind: 'unknownPicture' },
    });
  });
});

describe('a view of differences', () => {
  it('is the map of the original and the painting, and says what is white', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(4) });
    const result = { width: 96, height: 64, rgba: (await view({ kind: 'painting', painting })).rgba };
    const { white, rgba } = await view({ kind: 'difference', painting });
    expect(rgba).toEqual(differenceMap(pixels, result, white ?? 0).rgba);
    // What is usual is told apart, and little of it is cut off.
    const greys = rgba.filter((_, i) => i % 4 === 0);
    expect(greys.filter((grey) => grey === 255).length).toBeLessThan(greys.length / 10);
    expect(Math.max(...greys)).toBeGreaterThan(64);
  });

  it('is black where the picture has no more colours than its painting', async () => {
    const few = await service.openPixels(
      pictureOf(8, 8, (i) => ({ red: i % 3, green: 9, blue: 200, opacity: 255 })),
      'few.png',
    );
    const { painting } = await service.quantise(few.picture, { goal: byCount(3) });
    const region = { left: 0, top: 0, width: 8, height: 8 };
    const { rgba } = await view({ kind: 'difference', painting }, region, 8, 8, few);
    expect(new Set(rgba.filter((_, i) => i % 4 < 3))).toEqual(new Set([0]));
  });
});

describe('a view of probabilities', () => {
  it('adds up to one over the colours, and is near one where a colour is painted', async () => {
    const { painting, swatches } = await service.quantise(picture.picture, {
      goal: byCount(4),
      method: 'gaussian',
    });
    const painted = (await view({ kind: 'painting', painting })).rgba;
    const sum = new Float64Array(96 * 64);
    for (const [at, { colour }] of swatches.entries()) {
      const { rgba } = await view({ kind: 'probability', painting, at });
      for (let i = 0; i < sum.length; i++) {
        sum[i] += rgba[4 * i] / 255;
        const isOwn =
          painted[4 * i] === colour.red &&
          painted[4 * i + 1] === colour.green &&
          painted[4 * i + 2] === colour.blue;
        if (isOwn) expect(rgba[4 * i] / 255).toBeGreaterThan(1 / 4 - 0.01);
      }
    }
    // Four roundings to 8 bits.
    for (const all of sum) expect(Math.abs(all - 1)).toBeLessThan(2.01 / 255);
  });

  it('of k-means is refused', async () => {
    const { painting } = await service.quantise(picture.picture, { goal: byCount(3) });
    const body = {
      ...{ picture: picture.picture, region: whole, width: 96, height: 64 },
      viewed: { kind: 'probability', painting, at: 0 } as const,
    };
    expect(await service.client.call('picture.view', body)).toMatchObject({
      ok: false,
      failure: { kind: 'badRequest', path: 'viewed' },
    });
  });
});
