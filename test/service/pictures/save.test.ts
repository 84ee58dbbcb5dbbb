import { readdirSync, readFileSync, symlinkSync, linkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../../../electron/files/images/decodeImage';
import type { PictureContent } from '../../../shared/contract/pictureCalls';
import type { Failure } from '../../../shared/failure';
import type { PaintingSummary } from '../../../shared/image/painting';
import type { PictureSummary } from '../../../shared/image/picture';
import type { SegmentationSummary } from '../../../shared/image/segmentation';
import type { Result } from '../../../shared/result';
import { drawnPicture } from '../../image/drawnPicture';
import { valueOf } from '../openService';
import { byCount, formats, pictureService, type PictureService } from './pictureService';

const pixels = drawnPicture(96, 64, 1, 4);
let service: PictureService;
let picture: PictureSummary;
let painting: PaintingSummary;
let segmentation: SegmentationSummary;
beforeAll(async () => {
  service = pictureService();
  picture = await service.openPixels(pixels);
  painting = await service.quantise(picture.picture, { goal: byCount(10) });
  segmentation = valueOf(
    await service.client.call('segments.find', {
      painting: painting.painting,
      settings: { smallest: 4, connectivity: 4 },
    }),
  );
});
afterAll(() => service.close());

const save = (name: string, content: PictureContent): Promise<Result<{ bytes: number }, Failure>> =>
  service.client.call('picture.save', { file: service.granted(name, 'write'), content });

/** Saves and gives the bytes, which are as many as it said. */
async function saved(name: string, content: PictureContent): Promise<Uint8Array> {
  const { bytes } = valueOf(await save(name, content));
  const file = readFileSync(path.join(service.folder, name));
  expect(file.length).toBe(bytes);
  return file;
}

async function segmentationPixels(): Promise<Uint8Array> {
  const region = { left: 0, top: 0, width: 96, height: 64 };
  const viewed = { kind: 'segmentation', segmentation: segmentation.segmentation, pick: null } as const;
  const body = { picture: picture.picture, viewed, region, width: 96, height: 64 };
  return valueOf(await service.client.call('picture.view', body)).rgba;
}

/** Place in the palette of each pixel of a picture that has its colours alone. */
function placesOf(rgba: Uint8Array): number[] {
  const places = new Map(
    painting.swatches.map(({ colour: { red, green, blue } }, at) => [`${red} ${green} ${blue}`, at]),
  );
  return Array.from({ length: rgba.length / 4 }, (_, i) => {
    const at = places.get(rgba.subarray(4 * i, 4 * i + 3).join(' '));
    if (at === undefined) throw new Error(`pixel ${i} has a colour of its own`);
    return at;
  });
}

describe('a saved painting', () => {
  it('is in every format, decoded again, what is seen of it', async () => {
    const seen = await service.pixelsOf(picture, painting);
    for (const format of formats) {
      const name = `painting-${format}.${format === 'fullPng' ? 'png' : format}`;
      await saved(name, { kind: 'painting', painting: painting.painting, format });
      const { pixels: read } = valueOf(await decodeImage(path.join(service.folder, name)));
      expect(Buffer.from(read.rgba).equals(seen)).toBe(true);
    }
  });

  it('of ten colours has four bits a pixel', async () => {
    const file = await saved('ten.png', { kind: 'painting', painting: painting.painting, format: 'png' });
    expect(decode(file)).toMatchObject({ width: 96, height: 64, depth: 4, channels: 1 });
  });

  it('is the file that was measured, to the byte', async () => {
    for (const format of formats) {
      const content = { kind: 'painting', painting: painting.painting, format } as const;
      const before = await saved('before', content);
      const measures = valueOf(
        await service.client.call('painting.measure', { painting: painting.painting, format }),
      );
      const after = await saved('after', content);
      expect(after).toEqual(before);
      expect(measures.bytes).toBe(after.length);
    }
  });
});

describe('a saved segmentation', () => {
  it('is what is seen of it', async () => {
    const { segmentation: id } = segmentation;
    await saved('merged.png', { kind: 'segmentation', segmentation: id, format: 'png' });
    const { pixels: read } = valueOf(await decodeImage(path.join(service.folder, 'merged.png')));
    expect(Buffer.from(read.rgba).equals(await segmentationPixels())).toBe(true);
  });

  it('has a label map whose levels are the places of colours', async () => {
    const { segmentation: id } = segmentation;
    const file = await saved('colours.png', { kind: 'labelMap', segmentation: id, of: 'colours' });
    const { data, depth, channels } = decode(file);
    expect([depth, channels]).toEqual([8, 1]);
    expect([...data]).toEqual(placesOf(await segmentationPixels()));
  });

  it('has a label map of regions from 1, as many times as their areas', async () => {
    const { segmentation: id, regions } = segmentation;
    const file = await saved('regions.png', { kind: 'labelMap', segmentation: id, of: 'regions' });
    const { data, depth } = decode(file);
    expect(depth).toBe(regions > 255 ? 16 : 8);
    const area = new Int32Array(regions + 1);
    for (const label of data) area[label]++;
    const { segments } = valueOf(
      await service.client.call('segments.list', { segmentation: id, at: null, first: 0, count: 1000 }),
    );
    expect([...area]).toEqual([0, ...segments.map((segment) => segment.pixels)]);
  });

  it('has masks that are white where the pick is', async () => {
    const { segmentation: id } = segmentation;
    const places = placesOf(await segmentationPixels());
    const ofColour = await saved('colour.png', {
      ...{ kind: 'mask', segmentation: id, pick: { kind: 'colour', at: 2 } },
    });
    const colourMask = valueOf(await decodeImage(path.join(service.folder, 'colour.png'))).pixels.rgba;
    expect(decode(ofColour).depth).toBe(1);
    expect(places.map((_, i) => colourMask[4 * i])).toEqual(places.map((at) => (at === 2 ? 255 : 0)));
    await saved('region.png', { kind: 'mask', segmentation: id, pick: { kind: 'region', region: 0 } });
    const regionMask = valueOf(await decodeImage(path.join(service.folder, 'region.png'))).pixels.rgba;
    const { pixels: largest } = valueOf(
      await service.client.call('segments.list', { segmentation: id, at: null, first: 0, count: 1 }),
    ).segments[0];
    expect(places.filter((_, i) => regionMask[4 * i] === 255).length).toBe(largest);
  });

  it('has a table of areas that add up to the picture, with the names of colours and in the unit', async () => {
    const { segmentation: id, regions } = segmentation;
    const file = await saved('areas.csv', {
      ...{ kind: 'areas', segmentation: id, scale: { pixelsPerUnit: 2, unit: 'mm' } },
      names: painting.swatches.map((_, at) => (at === 0 ? 'Ground' : '')),
    });
    const lines = Buffer.from(file).toString('utf8').trimEnd().split('\r\n');
    const rows = lines.slice(1).map((line) => line.split(','));
    const column = (name: string): string[] => {
      const at = lines[0].replace('\ufeff', '').split(',').indexOf(name);
      return rows.map((cells) => cells[at]);
    };
    const sum = (cells: string[]): number => cells.reduce((all, cell) => all + Number(cell), 0);
    expect(rows.length).toBe(regions);
    expect(sum(column('pixels'))).toBe(96 * 64);
    expect(sum(column('share'))).toBeCloseTo(1, 9);
    expect(sum(column('area (mm²)'))).toBeCloseTo((96 * 64) / 4, 9);
    expect(column('name')).toEqual(column('colour').map((at) => (at === '0' ? 'Ground' : '')));
    expect(column('region')).toEqual(rows.map((_, i) => String(i + 1)));
  });
});

describe('a saved palette', () => {
  it('is read back with its colours and names, in the kinds that keep both', async () => {
    const names = painting.swatches.map((_, at) => `Colour ${at + 1}`);
    for (const kind of ['gpl', 'ase', 'json', 'css']) {
      const name = `palette.${kind}`;
      await saved(name, { kind: 'palette', painting: painting.painting, names });
      const read = valueOf(
        await service.client.call('palette.read', { file: service.granted(name, 'read') }),
      );
      expect(read.colours).toEqual(painting.swatches.map(({ colour }) => colour));
      if (kind !== 'css') expect(read.names).toEqual(names);
    }
  });

  it('of no known kind is refused by the end of its name', async () => {
    const content: PictureContent = { kind: 'palette', painting: painting.painting, names: [] };
    expect(await save('palette.xyz', content)).toMatchObject({
      ok: false,
      failure: { kind: 'notWritten', file: 'palette.xyz' },
    });
  });
});

describe('saving', () => {
  const content = (): PictureContent => ({ kind: 'painting', painting: painting.painting, format: 'png' });

  it('never writes over an original that is open, by whatever name', async () => {
    const original = readFileSync(path.join(service.folder, 'picture.png'));
    symlinkSync(path.join(service.folder, 'picture.png'), path.join(service.folder, 'link.png'));
    linkSync(path.join(service.folder, 'picture.png'), path.join(service.folder, 'second.png'));
    for (const name of [
      'picture.png',
      'link.png',
      'second.png',
      '../' + path.basename(service.folder) + '/picture.png',
    ]) {
      expect(await save(name, content())).toEqual({
        ok: false,
        failure: { kind: 'wouldReplaceOriginal', file: path.basename(name) },
      });
    }
    expect(readFileSync(path.join(service.folder, 'picture.png'))).toEqual(original);
  });

  it('writes over an original that was closed', async () => {
    const other = await service.openPixels(drawnPicture(8, 8, 1, 1), 'closed.png');
    await service.client.call('picture.close', { picture: other.picture });
    expect((await save('closed.png', content())).ok).toBe(true);
  });

  it('says that the disk is full', async () => {
    expect(await save('../../dev/full', content())).toEqual({
      ok: false,
      failure: { kind: 'notWritten', file: 'full', problem: 'the disk is full' },
    });
  });

  it('that is cancelled leaves nothing, and what was there before', async () => {
    writeFileSync(path.join(service.folder, 'there.png'), 'before');
    const fresh = await service.quantise(picture.picture, { goal: byCount(11) });
    const before = readdirSync(service.folder);
    for (const name of ['there.png', 'new.png']) {
      const controller = new AbortController();
      const saving = service.client.call(
        'picture.save',
        {
          file: service.granted(name, 'write'),
          content: { kind: 'painting', painting: fresh.painting, format: 'png' },
        },
        { signal: controller.signal },
      );
      controller.abort();
      expect(await saving).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    }
    expect(readdirSync(service.folder)).toEqual(before);
    expect(readFileSync(path.join(service.folder, 'there.png'), 'utf8')).toBe('before');
  });

  it('needs a file that was chosen for writing', async () => {
    const file = service.granted('ten.png', 'read');
    expect(await service.client.call('picture.save', { file, content: content() })).toEqual({
      ok: false,
      failure: { kind: 'notGranted' },
    });
  });
});
