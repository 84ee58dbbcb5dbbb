import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeImage } from '../../../electron/files/images/decodeImage';
import { encodeGif } from '../../../electron/files/images/encodeGif';
import { paintingFormat } from '../../../shared/image/painting';
import type { PictureSummary } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { valueOf } from '../openService';
import { byCount, pictureService, specified, type PictureService } from './pictureService';

const data = path.join(import.meta.dirname, '../../files/images/data');

let service: PictureService;
beforeEach(() => {
  service = pictureService();
});
afterEach(() => service.close());

const kindOf = (result: { ok: boolean; failure?: { kind: string } }): string | undefined =>
  result.failure?.kind;

async function openAnimation(): Promise<PictureSummary> {
  const name = 'frames.gif';
  copyFileSync(path.join(data, name), path.join(service.folder, name));
  const file = service.granted(name, 'read');
  return valueOf(await service.client.call('picture.open', { file, frame: 'all' }));
}

const framesOf = (file: string): Promise<Pixels> =>
  decodeImage(file, { frame: 'all' }).then((read) => valueOf(read).pixels);

describe('an animation', () => {
  it('is painted with one palette, shown frame by frame, and saved as an animation again', async () => {
    const opened = await openAnimation();
    expect([opened.frames, opened.facts.frame, opened.width, opened.height]).toEqual([3, null, 21, 13]);
    const painting = await service.quantise(opened.picture, { goal: byCount(13) });
    const original = await framesOf(path.join(data, 'frames.gif'));
    for (let frame = 0; frame < 3; frame++) {
      const region = { left: 0, top: 0, width: 21, height: 13 };
      const viewed = { kind: 'painting', painting: painting.painting } as const;
      const { picture } = opened;
      const body = { picture, viewed, frame, region, width: 21, height: 13 };
      const view = valueOf(await service.client.call('picture.view', body));
      const bytes = 4 * 21 * 13;
      // Its colours are as many as were asked for, so nothing changes.
      expect(view.rgba).toEqual(original.rgba.slice(frame * bytes, (frame + 1) * bytes));
    }
    const file = service.granted('new.gif', 'write');
    const content = { kind: 'painting', painting: painting.painting, format: 'gif' } as const;
    valueOf(await service.client.call('picture.save', { file, content }));
    const saved = valueOf(await decodeImage(path.join(service.folder, 'new.gif'), { frame: 'all' }));
    expect(Buffer.from(saved.pixels.rgba).equals(original.rgba)).toBe(true);
    const times = valueOf(await decodeImage(path.join(data, 'frames.gif'), { frame: 'all' })).times;
    expect(saved.times).toEqual(times);
  });

  it.each(paintingFormat.options)('is measured as %s by all of its frames', async (format) => {
    const { picture } = await openAnimation();
    const { painting } = await service.quantise(picture, { goal: byCount(4) });
    const measures = valueOf(await service.client.call('painting.measure', { painting, format }));
    expect(measures.colours).toBe(4);
    expect(measures.fileBitsPerPixel).toBeCloseTo((8 * measures.bytes) / (3 * 21 * 13), 9);
  });

  it.each(['floydSteinberg', 'ordered', 'blueNoise'] as const)(
    'is dithered by %s frame by frame: two that are alike stay alike',
    async (kind) => {
      const [width, height] = [21, 13];
      const still = Uint8Array.from({ length: width * height }, (_, i) => (i * 7 + (i >> 3)) % 60);
      const greys = Array.from({ length: 60 }, (_, i) => ({ red: 4 * i, green: i, blue: i, opacity: 255 }));
      const twice = Uint8Array.from([...still, ...still]);
      const times = { delaysMs: [50, 50], timesShown: 0 };
      const source = encodeGif(twice, greys, width, 2 * height, times);
      writeFileSync(path.join(service.folder, 'still.gif'), source);
      const from = service.granted('still.gif', 'read');
      const opened = await service.client.call('picture.open', { file: from, frame: 'all' });
      const { picture } = valueOf(opened);
      const { painting } = await service.quantise(picture, {
        goal: byCount(3),
        dithering: { kind, strength: 1 },
      });
      const file = service.granted('new.gif', 'write');
      const content = { kind: 'painting', painting, format: 'gif' } as const;
      valueOf(await service.client.call('picture.save', { file, content }));
      const { rgba } = await framesOf(path.join(service.folder, 'new.gif'));
      const bytes = rgba.length / 2;
      expect(Buffer.from(rgba.subarray(0, bytes)).equals(rgba.subarray(bytes))).toBe(true);
    },
  );

  it('has no segments and no places of pixels as a whole, and no frame past its last', async () => {
    const { picture } = await openAnimation();
    const { painting } = await service.quantise(picture, { goal: byCount(4) });
    const segments = await service.client.call('segments.find', { painting, settings: {} });
    expect(kindOf(segments)).toBe('notOfFrames');
    const specification = specified({ goal: byCount(4), spatialWeight: 0.5 });
    const body = { picture, specification, precision: 'exact' } as const;
    expect(kindOf(await service.client.call('picture.quantise', body))).toBe('notOfFrames');
    const region = { left: 0, top: 0, width: 1, height: 1 };
    const viewed = { kind: 'original' } as const;
    const past = { picture, viewed, frame: 3, region, width: 1, height: 1 };
    expect(kindOf(await service.client.call('picture.view', past))).toBe('badRequest');
  });
});
