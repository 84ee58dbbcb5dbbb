import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanSquareError } from '../../../electron/image/pictureQuality';
import type { PictureSummary } from '../../../shared/image/picture';
import type { Colour } from '../../../shared/image/quantisation';
import { drawnPicture } from '../../image/drawnPicture';
import { pictureOf } from '../../image/arbitraryPicture';
import { valueOf } from '../openService';
import { pixelsOfColour, total } from './countedPixels';
import { byCount, pictureService, specified, type PictureService } from './pictureService';

let service: PictureService;
let picture: PictureSummary;
const pixels = drawnPicture(96, 64, 1, 4);
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(pixels);
});
afterAll(() => service.close());

const nowhere = '00000000-0000-4000-8000-000000000000';
const purple: Colour = { red: 120, green: 0, blue: 200, opacity: 255 };

describe('a painting', () => {
  it('has no more colours than were asked for, each with the pixels that have it', async () => {
    const painting = await service.quantise(picture.picture, { goal: byCount(10) });
    expect(painting).toMatchObject({ precision: 'exact', goal: null, bitsPerPixel: 4 });
    expect(painting.swatches.length).toBe(10);
    expect(painting.names.length).toBe(10);
    const rgba = await service.pixelsOf(picture, painting);
    for (const { colour, pixels: counted } of painting.swatches)
      expect(pixelsOfColour(rgba, colour)).toBe(counted);
    expect(total(painting.swatches)).toBe(96 * 64);
  });

  it('has as a preview the counts of the fit, and becomes no worse when exact', async () => {
    const before = await service.quantise(picture.picture, { goal: byCount(12) }, 'preview');
    const after = await service.quantise(picture.picture, { goal: byCount(12) });
    expect(before.precision).toBe('preview');
    expect(total(before.swatches)).toBe(96 * 64);
    expect(after.fit?.distortion).toBeLessThanOrEqual((before.fit?.distortion ?? 0) * (1 + 1e-9));
  });

  it('is the same for the same seed, to the bit', async () => {
    const made = async (): Promise<object> => {
      const { fit, swatches } = await service.quantise(picture.picture, { goal: byCount(9), seed: 5 });
      return { fit, swatches };
    };
    expect(await made()).toEqual(await made());
  });

  it('is as a preview the same whatever was previewed before: another picture, space or number', async () => {
    const asked = [
      [2, 12, 'srgb'],
      [1, 12, 'oklab'],
      [1, 12, 'srgb'],
      [1, 8, 'srgb'],
    ] as const;
    const made = async (order: readonly (typeof asked)[number][]): Promise<unknown[]> => {
      const own = pictureService();
      const fits: unknown[] = [];
      for (const [seed, colours, space] of order) {
        const { picture: id } = await own.openPixels(drawnPicture(96, 64, seed, 4), `${seed}.png`);
        fits.push((await own.quantise(id, { goal: byCount(colours), space }, 'preview')).fit);
        fits.push((await own.quantise(id, { goal: byCount(colours - 1), space }, 'preview')).fit);
      }
      await own.close();
      return fits;
    };
    const alone = await Promise.all(asked.map((one) => made([one])));
    expect(await made(asked)).toEqual(alone.flat());
  });

  it('keeps locked colours, first and in their order', async () => {
    const locked = [purple, { red: 1, green: 2, blue: 3, opacity: 255 }];
    for (const precision of ['preview', 'exact'] as const) {
      const { swatches } = await service.quantise(picture.picture, { goal: byCount(6), locked }, precision);
      expect(swatches.map(({ isLocked }) => isLocked)).toEqual([true, true, false, false, false, false]);
      expect(swatches.slice(0, 2).map(({ colour }) => colour)).toEqual(locked);
    }
  });

  it('says when there are too few colours for the locked ones and the rest', async () => {
    const body = {
      picture: picture.picture,
      specification: specified({ goal: byCount(1), locked: [purple] }),
      precision: 'exact' as const,
    };
    expect(await service.client.call('picture.quantise', body)).toEqual({
      ok: false,
      failure: { kind: 'tooFewColours', colours: 1, needed: 2 },
    });
  });

  it('leaves transparent what was transparent, and nothing else', async () => {
    const clear = pictureOf(40, 30, (i) => ({
      red: (i * 7) % 256,
      green: (i * 3) % 256,
      blue: 90,
      opacity: i % 5 === 0 ? 0 : 255,
    }));
    const opened = await service.openPixels(clear);
    const opaque = Array.from({ length: 256 }, (_, i) => ({ red: i, green: i, blue: i, opacity: 255 }));
    const paintings = [
      await service.quantise(opened.picture, { goal: byCount(6) }),
      await service.quantise(opened.picture, {
        goal: byCount(6),
        dithering: { kind: 'floydSteinberg', strength: 1 },
      }),
      ...(await Promise.all(
        [opaque.slice(0, 4), opaque].map(async (colours) =>
          valueOf(
            await service.client.call('picture.paintWith', {
              picture: opened.picture,
              ...{ colours, space: 'oklab', dithering: { kind: 'none' }, locked: false },
            }),
          ),
        ),
      )),
    ];
    for (const painting of paintings) {
      const rgba = await service.pixelsOf(opened, painting);
      for (let i = 0; i < 40 * 30; i++) expect(rgba[4 * i + 3]).toBe(clear.rgba[4 * i + 3]);
      expect(painting.swatches.length).toBeLessThanOrEqual(256);
    }
    await service.client.call('picture.close', { picture: opened.picture });
  });

  it('tells of its steps, the distortion never rising within the best restart', async () => {
    const phases: string[] = [];
    const { fit } = await service.quantise(picture.picture, { goal: byCount(16) }, 'exact', {
      onEvent: (event) => phases.push(event.kind),
    });
    expect(phases).toContain('step');
    const trace = Array.from(fit?.trace ?? []);
    trace.slice(1).forEach((now, i) => expect(now).toBeLessThanOrEqual(trace[i]));
  });

  it('gives way to a later preview of the same picture', async () => {
    const first = service.client.call('picture.quantise', {
      ...{ picture: picture.picture, specification: specified({ goal: byCount(200), restarts: 50 }) },
      precision: 'preview',
    });
    const second = await service.quantise(picture.picture, { goal: byCount(3) }, 'preview');
    expect(second.swatches.length).toBe(3);
    expect(await first).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('can be cancelled, and then leaves its thread to others', async () => {
    const cancelling = new AbortController();
    const call = service.client.call(
      'picture.quantise',
      {
        ...{ picture: picture.picture, precision: 'exact' },
        specification: specified({ goal: byCount(250), restarts: 1000 }),
      },
      { signal: cancelling.signal, onEvent: () => cancelling.abort() },
    );
    expect(await call).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    const { swatches } = await service.quantise(picture.picture, { goal: byCount(4) });
    expect(swatches.length).toBe(4);
  });
});

describe('a call that waits for a thread', () => {
  it('is cancelled at once, and the one it waited for goes on', async () => {
    const alone = pictureService(1);
    try {
      const { picture: id } = await alone.openPixels(pixels);
      const ending = new AbortController();
      const waiting = new AbortController();
      let isDone = false;
      const long = alone.client
        .call(
          'picture.quantise',
          {
            ...{ picture: id, precision: 'exact' },
            specification: specified({ goal: byCount(250), restarts: 1000 }),
          },
          { signal: ending.signal, onEvent: () => waiting.abort() },
        )
        .finally(() => (isDone = true));
      const call = { picture: id, specification: specified({}), precision: 'exact' } as const;
      expect(await alone.client.call('picture.quantise', call, { signal: waiting.signal })).toEqual({
        ok: false,
        failure: { kind: 'cancelled' },
      });
      expect(isDone).toBe(false);
      ending.abort();
      await long;
      expect((await alone.quantise(id, {})).swatches.length).toBe(16);
    } finally {
      await alone.close();
    }
  });
});

describe('a goal', () => {
  it('by quality is reached with the fewest colours, measured on the painting', async () => {
    const tried: number[] = [];
    const goal = { kind: 'quality', measure: 'psnr', atLeast: 24 } as const;
    const painting = await service.quantise(picture.picture, { goal }, 'exact', {
      onEvent: (event) => {
        if (event.kind === 'trial') tried.push(event.tried.colours);
      },
    });
    expect(painting.goal?.isReached).toBe(true);
    expect(painting.goal?.tried.map(({ colours }) => colours)).toEqual(tried);
    const rgba = await service.pixelsOf(picture, painting);
    const psnr = 10 * Math.log10(255 ** 2 / meanSquareError(pixels, { ...pixels, rgba }));
    expect(psnr).toBeGreaterThanOrEqual(24);
    expect(painting.goal?.best.value).toBeCloseTo(psnr, 9);
    const fewer = await service.quantise(picture.picture, { goal: byCount(painting.swatches.length - 1) });
    const worse = await service.pixelsOf(picture, fewer);
    expect(10 * Math.log10(255 ** 2 / meanSquareError(pixels, { ...pixels, rgba: worse }))).toBeLessThan(24);
  });

  it('by bytes is kept by the file that is measured', async () => {
    const painting = await service.quantise(picture.picture, { goal: { kind: 'bytes', atMost: 3000 } });
    expect(painting.goal?.isReached).toBe(true);
    const { bytes } = valueOf(
      await service.client.call('painting.measure', { painting: painting.painting, format: 'png' }),
    );
    expect(bytes).toBeLessThanOrEqual(3000);
    expect(bytes).toBe(painting.goal?.best.value);
  });

  it('that cannot be reached says what the best is, and paints that', async () => {
    const painting = await service.quantise(picture.picture, {
      goal: { kind: 'bytes', atMost: 100 },
      locked: [purple, grey(0), grey(255)],
    });
    expect(painting.goal).toMatchObject({ isReached: false, best: { colours: 4 } });
    expect(painting.swatches.length).toBe(4);
    const few = await service.openPixels(pictureOf(8, 8, (i) => grey(i % 4)));
    const exact = await service.quantise(few.picture, {
      goal: { kind: 'quality', measure: 'psnr', atLeast: 90 },
    });
    // No error at all has no decibels.
    expect(exact.goal).toMatchObject({ isReached: true, best: { colours: 4, value: null } });
  });
});

describe('what is not there', () => {
  it('is said so', async () => {
    const unknown = { ok: false, failure: { kind: 'unknownPicture' } };
    const id = nowhere as PictureSummary['picture'];
    const painting = nowhere as Awaited<ReturnType<typeof service.quantise>>['painting'];
    const specification = specified({});
    const { client } = service;
    expect(await client.call('picture.quantise', { picture: id, specification, precision: 'exact' })).toEqual(
      unknown,
    );
    expect(await client.call('picture.curve', { picture: id, specification })).toEqual(unknown);
    expect(await client.call('painting.measure', { painting, format: 'png' })).toEqual(unknown);
    expect(await client.call('painting.edit', { painting, edit: { kind: 'remove', at: 0 } })).toEqual(
      unknown,
    );
    const gone = await service.quantise(picture.picture, { goal: byCount(2) });
    await client.call('painting.forget', { painting: gone.painting });
    expect(await client.call('painting.measure', { painting: gone.painting, format: 'png' })).toEqual(
      unknown,
    );
  });
});

const grey = (value: number): Colour => ({ red: value, green: value, blue: value, opacity: 255 });
