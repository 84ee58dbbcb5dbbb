import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaintingId } from '../../../shared/ids';
import type { PictureSummary } from '../../../shared/image/picture';
import type { Segment, SegmentationSummary } from '../../../shared/image/segmentation';
import { pictureOf } from '../../image/arbitraryPicture';
import { valueOf } from '../openService';
import { byCount, pictureService, type PictureService } from './pictureService';

const colours = {
  '.': { red: 250, green: 250, blue: 250, opacity: 255 },
  r: { red: 200, green: 20, blue: 20, opacity: 255 },
  b: { red: 20, green: 20, blue: 90, opacity: 255 },
};

// White with a hole in its corner, a red block, a red speck, and a blue bar.
const drawn = [
  '..........', //
  '.rrr....b.',
  '.rrr....b.',
  '......r.b.',
  '..........',
  '..........',
];
const pixels = pictureOf(10, 6, (i) => {
  const sign = drawn[Math.floor(i / 10)][i % 10];
  return sign === 'r' ? colours.r : sign === 'b' ? colours.b : colours['.'];
});

let service: PictureService;
let picture: PictureSummary;
let painting: PaintingId;
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(pixels);
  painting = (await service.quantise(picture.picture, { goal: byCount(3) })).painting;
});
afterAll(() => service.close());

const find = async (settings: object = {}, of = painting): Promise<SegmentationSummary> =>
  valueOf(
    await service.client.call('segments.find', {
      painting: of,
      settings: { smallest: 1, connectivity: 4, ...settings },
    }),
  );

const all = async (
  { segmentation }: SegmentationSummary,
  at: number | null = null,
  first = 0,
  count = 100,
): Promise<{ total: number; segments: Segment[] }> =>
  valueOf(await service.client.call('segments.list', { segmentation, at, first, count }));

/** The place of a colour in the palette. */
const placeOf = ({ covers }: SegmentationSummary, red: number): number =>
  covers.findIndex(({ colour }) => colour.red === red);

describe('segments', () => {
  it('are told with their areas, places and the mean colours of the original', async () => {
    const found = await find();
    expect(found.regions).toBe(4);
    const { total, segments } = await all(found);
    expect(total).toBe(4);
    expect(segments.map(({ pixels: area }) => area)).toEqual([50, 6, 3, 1]);
    expect(segments[1]).toMatchObject({
      ...{ region: 1, at: placeOf(found, 200), share: 0.1, meanColour: colours.r },
      box: { left: 1, top: 1, width: 3, height: 2 },
      ...{ centroidX: 2, centroidY: 1.5 },
    });
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('add up to the covers of their colours', async () => {
    const found = await find();
    for (const [at, cover] of found.covers.entries()) {
      const { total, segments } = await all(found, at);
      expect(total).toBe(cover.regions);
      expect(segments.map((segment) => segment.at)).toEqual(segments.map(() => at));
      expect(segments.reduce((sum, { pixels: area }) => sum + area, 0)).toBe(cover.pixels);
      expect(cover.share).toBe(cover.pixels / 60);
      expect(cover.meanColour).toEqual(cover.colour);
    }
  });

  it('are listed in parts', async () => {
    const found = await find();
    const red = placeOf(found, 200);
    const numbers = async (at: number | null, first: number, count: number): Promise<number[]> =>
      (await all(found, at, first, count)).segments.map(({ region }) => region);
    expect(await numbers(null, 1, 2)).toEqual([1, 2]);
    expect(await numbers(null, 3, 10)).toEqual([3]);
    expect(await numbers(null, 9, 10)).toEqual([]);
    expect(await numbers(red, 0, 1)).toEqual([1]);
    expect(await numbers(red, 1, 5)).toEqual([3]);
  });

  it('are found by a pixel in them', async () => {
    const { segmentation } = await find();
    const at = async (x: number, y: number): Promise<Segment> =>
      valueOf(await service.client.call('segments.at', { segmentation, x, y }));
    expect((await at(2, 2)).region).toBe(1);
    expect((await at(8, 3)).pixels).toBe(3);
    expect((await at(9, 5)).region).toBe(0);
    const [right, below] = await Promise.all([
      service.client.call('segments.at', { segmentation, x: 10, y: 0 }),
      service.client.call('segments.at', { segmentation, x: 0, y: 6 }),
    ]);
    const failure = { kind: 'badRequest', problem: 'the picture has 10 x 6 pixels' };
    expect(right).toEqual({ ok: false, failure: { ...failure, path: 'x' } });
    expect(below).toEqual({ ok: false, failure: { ...failure, path: 'y' } });
  });

  it('smaller than asked for join a neighbour', async () => {
    const found = await find({ smallest: 3 });
    expect((await all(found)).segments.map(({ pixels: area }) => area)).toEqual([51, 6, 3]);
    expect(found.covers[placeOf(found, 200)]).toMatchObject({ pixels: 6, regions: 1 });
  });

  it('of a preview are those of the painting it becomes', async () => {
    const preview = await service.quantise(picture.picture, { goal: byCount(3) }, 'preview');
    const { covers } = await find({}, preview.painting);
    expect(covers.map((cover) => cover.regions).sort()).toEqual([1, 1, 2]);
  });

  it('go with their painting', async () => {
    const own = await service.quantise(picture.picture, { goal: byCount(2) });
    const { segmentation } = await find({}, own.painting);
    await service.client.call('painting.forget', { painting: own.painting });
    expect(await service.client.call('segments.at', { segmentation, x: 0, y: 0 })).toEqual({
      ok: false,
      failure: { kind: 'unknownPicture' },
    });
  });

  it('are told of how far the search is, up to the end', async () => {
    const fractions: number[] = [];
    await service.client.call(
      'segments.find',
      { painting, settings: { smallest: 4, connectivity: 8 } },
      { onEvent: ({ fraction }) => fractions.push(fraction) },
    );
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(1);
  });
});

describe('a search for segments of noise', () => {
  it('is stopped in the middle, and can be begun again', async () => {
    let state = 7;
    const noise = pictureOf(400, 400, () => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return colours[(['.', 'r', 'b'] as const)[(state >>> 16) % 3]];
    });
    const own = await service.openPixels(noise, 'noise.png');
    const { painting: of } = await service.quantise(own.picture, { goal: byCount(3) });
    const controller = new AbortController();
    const stopped = await service.client.call(
      'segments.find',
      { painting: of, settings: { smallest: 30, connectivity: 4 } },
      { signal: controller.signal, onEvent: () => controller.abort() },
    );
    expect(stopped).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    const whole = await find({}, of);
    expect(whole.regions).toBeGreaterThan(10_000);
    // However many there are, only those asked for come.
    const { total, segments } = await all(whole, null, 5000, 1000);
    expect([total, segments.length, segments[0].region]).toEqual([whole.regions, 1000, 5000]);
    expect((await all(await find({ smallest: 30 }, of))).segments.every((one) => one.pixels >= 30)).toBe(
      true,
    );
  });
});

describe('a view of a segmentation', () => {
  const region = { left: 0, top: 0, width: 10, height: 6 };
  const view = async (
    { segmentation }: SegmentationSummary,
    pick: { kind: 'region'; region: number } | { kind: 'colour'; at: number } | null,
  ) =>
    service.client.call('picture.view', {
      ...{ picture: picture.picture, region, width: 10, height: 6 },
      viewed: { kind: 'segmentation', segmentation, pick },
    });
  const colourAt = (rgba: Uint8Array, x: number, y: number): number[] => [
    ...rgba.subarray(4 * (10 * y + x), 4 * (10 * y + x) + 3),
  ];

  it('with nothing picked shows what became of the painting', async () => {
    const { rgba } = valueOf(await view(await find({ smallest: 3 }), null));
    expect(colourAt(rgba, 2, 2)).toEqual([200, 20, 20]);
    expect(colourAt(rgba, 6, 3)).toEqual([250, 250, 250]);
  });

  it('shows the picked region as it is, outlined, and all else in grey', async () => {
    const found = await find();
    const { rgba } = valueOf(await view(found, { kind: 'region', region: 1 }));
    expect(colourAt(rgba, 1, 1)).toEqual([200, 20, 20]);
    expect(colourAt(rgba, 3, 2)).toEqual([200, 20, 20]);
    for (const [x, y] of [
      [0, 1],
      [1, 0],
      [4, 2],
      [3, 3],
    ])
      expect(colourAt(rgba, x, y)).toEqual([0, 0, 0]);
    // Corners, another region of the colour, and another colour.
    for (const [x, y] of [
      [0, 0],
      [6, 3],
      [8, 2],
    ]) {
      const [red, green, blue] = colourAt(rgba, x, y);
      expect([red, green]).toEqual([green, blue]);
      expect(red).toBeGreaterThan(160);
    }
  });

  it('shows all regions of a picked colour, against a dark ground where it is light', async () => {
    const found = await find();
    const red = valueOf(await view(found, { kind: 'colour', at: placeOf(found, 200) })).rgba;
    expect(colourAt(red, 2, 2)).toEqual([200, 20, 20]);
    expect(colourAt(red, 6, 3)).toEqual([200, 20, 20]);
    expect(colourAt(red, 8, 2)[0]).toBeGreaterThan(160);
    const white = valueOf(await view(found, { kind: 'colour', at: placeOf(found, 250) })).rgba;
    expect(colourAt(white, 0, 0)).toEqual([250, 250, 250]);
    expect(colourAt(white, 2, 2)[0]).toBeLessThan(64);
  });

  it('refuses a pick that is not there', async () => {
    const found = await find();
    const refused = [
      { pick: { kind: 'region', region: 4 }, path: 'pick.region', problem: 'there are 4 regions' },
      { pick: { kind: 'colour', at: 3 }, path: 'pick.at', problem: 'there are 3 colours' },
    ] as const;
    for (const { pick, path, problem } of refused) {
      expect(await view(found, pick)).toEqual({
        ok: false,
        failure: { kind: 'badRequest', path, problem: `${problem}, counted from 0` },
      });
    }
  });
});
