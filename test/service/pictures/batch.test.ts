import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meanSquareError } from '../../../electron/image/pictureQuality';
import type { BatchEvent } from '../../../shared/image/batch';
import type { Pixels } from '../../../shared/image/pixels';
import type { Colour } from '../../../shared/image/quantisation';
import { drawnPicture } from '../../image/drawnPicture';
import { valueOf } from '../openService';
import { batchService, doneRow, type BatchService } from './batchService';
import { byCount } from './pictureService';

let service: BatchService;
beforeEach(() => {
  service = batchService();
});
afterEach(() => service.close());

const picture = (seed: number): Pixels => drawnPicture(40 + seed, 30, 1, seed);
const png = (name: string): Uint8Array =>
  readFileSync(path.resolve(import.meta.dirname, '../../image/data', name));

/** Five pictures of which one is cut off, one is no picture, and a file that claims to be none. */
function fill(): void {
  service.put('scan 10.png', picture(1));
  service.put('scan 2.png', picture(2));
  service.put('Scan 3.png', picture(3));
  service.put('cut.png', png('chelsea.png').subarray(0, 5000));
  service.put('words.jpg', 'these are words');
  service.put('notes.txt', 'so are these');
}

describe('the pictures of a folder', () => {
  const look = () => service.client.call('folder.pictures', { folder: service.granted('in', 'read') });

  it('are known by their first bytes or their names, in the order of the numbers in them', async () => {
    fill();
    service.put('photograph', picture(4));
    service.put('.hidden.png', picture(5));
    mkdirSync(path.join(service.folder, 'in/inside.png'));
    const { pictures, others } = valueOf(await look());
    expect(pictures.map(({ name, format }) => [name, format])).toEqual([
      ['cut.png', 'png'],
      ['photograph', 'png'],
      ['scan 2.png', 'png'],
      ['Scan 3.png', 'png'],
      ['scan 10.png', 'png'],
      ['words.jpg', 'jpeg'],
    ]);
    expect(pictures[0].sizeBytes).toBe(5000);
    expect(others).toBe(1);
  });

  it('are said to be missing where there are none', async () => {
    service.put('notes.txt', 'words');
    expect(await look()).toEqual({ ok: false, failure: { kind: 'noPictures', folder: 'in' } });
  });

  it('are those of a folder that is there', async () => {
    rmSync(path.join(service.folder, 'in'), { recursive: true });
    expect(await look()).toEqual({ ok: false, failure: { kind: 'fileMissing', file: 'in' } });
    writeFileSync(path.join(service.folder, 'in'), 'a file');
    expect(await look()).toMatchObject({ ok: false, failure: { kind: 'fileUnreadable', file: 'in' } });
  });
});

describe('a batch', () => {
  it('writes every picture it can and lists the others, in the order of the names', async () => {
    fill();
    const before = service.contents('in');
    const events: BatchEvent[] = [];
    const onEvent = (event: BatchEvent): void => void events.push(event);
    const { rows, isComplete, summaryFile } = await service.done({ goal: byCount(10) }, {}, { onEvent });
    expect(isComplete).toBe(true);
    expect(rows.map(({ kind, file }) => [file, kind])).toEqual([
      ['cut.png', 'failed'],
      ['scan 2.png', 'done'],
      ['Scan 3.png', 'done'],
      ['scan 10.png', 'done'],
      ['words.jpg', 'failed'],
    ]);
    expect(rows[0]).toMatchObject({ failure: { kind: 'damagedPicture', file: 'cut.png', format: 'png' } });
    expect(rows[4]).toMatchObject({ failure: { kind: 'notAPicture', file: 'words.jpg' } });
    expect(service.contents('in')).toEqual(before);
    expect(Object.keys(service.contents('out')).sort()).toEqual(
      ['Scan 3.png', 'mixtura-summary.csv', 'scan 10.png', 'scan 2.png'].sort(),
    );
    expect(summaryFile).toBe('mixtura-summary.csv');

    const told = events.filter(({ kind }) => kind === 'row');
    expect(told.map((event) => event.kind === 'row' && event.done)).toEqual([1, 2, 3, 4, 5]);
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(5);
    expect(events.every(({ total }) => total === 5)).toBe(true);
  });

  it('measures what is in the files it has written', async () => {
    fill();
    const { rows } = await service.done({ goal: byCount(10) });
    const row = doneRow(rows.find(({ file }) => file === 'scan 2.png'));
    const own = service.written('scan 2.png');
    expect(row).toMatchObject({ width: 42, height: 30, colours: 10, isGoalReached: null });
    expect(row.quality.mse).toBe(meanSquareError(picture(2), own));
    expect(row.distortion).toBeCloseTo(3 * 42 * 30 * row.quality.mse, 6);
    const file = readFileSync(path.join(service.results, 'scan 2.png'));
    expect(row.bytesAfter).toBe(file.length);
    // The bit depth of ten colours.
    expect(file[24]).toBe(4);
    expect(row.bytesBefore).toBe(readFileSync(path.join(service.folder, 'in/scan 2.png')).length);
  });

  it('gives the same files whatever the number of threads', async () => {
    const made: Record<string, string>[] = [];
    for (const threads of [1, 3]) {
      const own = batchService(threads);
      for (let seed = 1; seed <= 4; seed++) own.put(`${seed}.png`, picture(seed));
      await own.done({ goal: byCount(6) });
      await own.done({ goal: byCount(6) }, { palette: { kind: 'shared' } });
      made.push(own.contents('out'));
      await own.close();
    }
    expect(Object.keys(made[0])).toHaveLength(10);
    expect(made[1]).toEqual(made[0]);
  });

  it('replaces nothing, whatever the case of a name', async () => {
    service.put('a.png', picture(1));
    writeFileSync(path.join(service.results, 'A.png'), 'mine');
    writeFileSync(path.join(service.results, 'mixtura-summary.csv'), 'mine too');
    const { rows, summaryFile } = await service.done({});
    expect(doneRow(rows[0]).written).toBe('a (2).png');
    expect(summaryFile).toBe('mixtura-summary (2).csv');
    expect(readFileSync(path.join(service.results, 'A.png'), 'utf8')).toBe('mine');
    const again = await service.done({});
    expect(doneRow(again.rows[0]).written).toBe('a (3).png');
  });

  it('may write where the pictures are, and leaves them as they were', async () => {
    service.put('a.png', picture(1));
    service.put('a.gif', png('chelsea.png'));
    const before = service.contents('in');
    const { rows } = await service.done({}, { into: service.granted('in', 'write') });
    expect(rows.map((row) => doneRow(row).written)).toEqual(['a (2).png', 'a (3).png']);
    expect(service.contents('in')).toMatchObject(before);
  });

  it('has a table of what became of each picture', async () => {
    fill();
    service.put('=1+1, "quoted".png', picture(4));
    const { rows, summaryFile } = await service.done({ goal: byCount(3) });
    const text = readFileSync(path.join(service.results, summaryFile), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + rows.length);
    expect(lines[0]).toBe(
      'file,written,also written,width,height,frames,frames before,colours,bytes before,bytes after,bits per pixel,mean square error,' +
        'psnr (dB),ssim,distortion,goal reached,problem',
    );
    // A spreadsheet program must not run a name.
    expect(lines[1]).toMatch(/^"'=1\+1, ""quoted"".png","'=1/);
    expect(lines.find((line) => line.startsWith('words.jpg'))).toMatch(/^words.jpg,{14},.*is not a picture/);
    const { bytesAfter, quality } = doneRow(rows.find(({ file }) => file === 'scan 2.png'));
    expect(
      lines
        .find((line) => line.startsWith('scan 2.png'))
        ?.split(',')
        .slice(9, 14),
    ).toEqual(
      [bytesAfter, (8 * bytesAfter) / (42 * 30), quality.mse, quality.psnr, quality.ssim].map(String),
    );
  });

  it('takes only the files that are named, each once', async () => {
    fill();
    const folder = service.granted('in', 'read');
    const names = ['scan 10.png', 'scan 2.png', 'scan 10.png'];
    const { rows } = await service.done({}, { source: { kind: 'folder', folder, names } });
    expect(rows.map(({ file }) => file)).toEqual(['scan 2.png', 'scan 10.png']);
    const outside = { kind: 'folder' as const, folder, names: ['../secret.png'] };
    expect(await service.batch({}, { source: outside })).toEqual({
      ok: false,
      failure: { kind: 'notGranted' },
    });
  });

  it('is refused where the results have no folder', async () => {
    fill();
    expect(await service.batch({}, { into: service.granted('nowhere', 'write') })).toMatchObject({
      ok: false,
      failure: { kind: 'notWritten', file: 'nowhere' },
    });
  });

  it('keeps what is whole when it is cancelled, and says that it is not all', async () => {
    for (let seed = 1; seed <= 12; seed++) service.put(`${seed}.png`, picture(seed));
    const stopping = new AbortController();
    const summary = await service.done(
      { goal: byCount(12) },
      {},
      { signal: stopping.signal, onEvent: ({ kind }) => kind === 'row' && stopping.abort() },
    );
    expect(summary.isComplete).toBe(false);
    expect(summary.rows.length).toBeGreaterThan(0);
    expect(summary.rows.length).toBeLessThan(12);
    const files = Object.keys(service.contents('out'));
    expect(files.sort()).toEqual(
      [...summary.rows.map((row) => doneRow(row).written), summary.summaryFile].sort(),
    );
    for (const row of summary.rows) expect(service.written(doneRow(row).written).height).toBe(30);
  });

  it('is nothing but cancelled when nothing was written yet', async () => {
    fill();
    expect(await service.batch({}, {}, { signal: AbortSignal.abort() })).toEqual({
      ok: false,
      failure: { kind: 'cancelled' },
    });
    expect(service.contents('out')).toEqual({});
  });
});

describe('a goal', () => {
  it('is looked for in every picture of its own', async () => {
    for (let seed = 1; seed <= 3; seed++) service.put(`${seed}.png`, picture(seed));
    service.put('two.png', drawnPicture(40, 30, 128, 5));
    const goal = { kind: 'quality', measure: 'psnr', atLeast: 24 } as const;
    const { rows } = await service.done({ goal });
    for (const row of rows.map(doneRow)) {
      expect(row.isGoalReached).toBe(true);
      expect(row.quality.psnr ?? Infinity).toBeGreaterThanOrEqual(24);
    }
    const counts = new Set(rows.map((row) => doneRow(row).colours));
    expect(counts.size).toBeGreaterThan(1);
  });

  it('that cannot be reached is said so, with the best there is', async () => {
    service.put('1.png', picture(1));
    // Their palette alone has so many bytes.
    const locked = Array.from({ length: 32 }, (_, red) => ({ red, green: 0, blue: 0, opacity: 255 }));
    const { rows } = await service.done({ goal: { kind: 'bytes', atMost: 100 }, locked });
    expect(doneRow(rows[0])).toMatchObject({ isGoalReached: false });
    expect(doneRow(rows[0]).bytesAfter).toBeGreaterThan(100);
  });

  it.each(['png', 'gif', 'fullPng', 'webp'] as const)('by bytes is about the file: %s', async (format) => {
    service.put('1.png', picture(1));
    const atMost = 900;
    const { rows } = await service.done({ goal: { kind: 'bytes', atMost } }, { format });
    const { bytesAfter, colours, written } = doneRow(rows[0]);
    expect(bytesAfter).toBeLessThanOrEqual(atMost);
    expect(readFileSync(path.join(service.results, written)).length).toBe(bytesAfter);
    const one = await service.done({ goal: byCount(colours + 1) }, { format });
    expect(doneRow(one.rows[0]).bytesAfter).toBeGreaterThan(atMost);
  });
});

describe('a palette of all pictures', () => {
  const shared = { palette: { kind: 'shared' } } as const;

  it('is that of one picture with the pixels of all', async () => {
    const [first, second] = [drawnPicture(60, 30, 1, 7), drawnPicture(60, 20, 1, 8)];
    service.put('1.png', first);
    service.put('2.png', second);
    const events: BatchEvent[] = [];
    await service.done({ goal: byCount(7) }, shared, { onEvent: (event) => events.push(event) });
    expect(events.filter(({ kind }) => kind === 'counted')).toHaveLength(2);
    const stacked = await service.openPixels({
      width: 60,
      height: 50,
      rgba: Uint8Array.of(...first.rgba, ...second.rgba),
    });
    const rgba = await service.pixelsOf(
      stacked,
      await service.quantise(stacked.picture, { goal: byCount(7) }),
    );
    expect(service.written('1.png').rgba).toEqual(rgba.subarray(0, first.rgba.length));
    expect(service.written('2.png').rgba).toEqual(rgba.subarray(first.rgba.length));
  });

  it('is fitted to the pictures that can be read, the others are listed once', async () => {
    fill();
    const { rows } = await service.done({ goal: byCount(5) }, shared);
    expect(rows.map(({ kind }) => kind)).toEqual(['failed', 'done', 'done', 'done', 'failed']);
  });

  it('is not made where no picture can be read', async () => {
    service.put('words.jpg', 'these are words');
    const { rows } = await service.done({}, shared);
    expect(rows).toMatchObject([{ kind: 'failed', file: 'words.jpg' }]);
  });

  it.each([
    ['goal', { goal: { kind: 'bytes', atMost: 1000 } }],
    ['places', { spatialWeight: 1 }],
    ['mixture', { method: 'gaussian' }],
  ] as const)('knows no %s', async (what, part) => {
    fill();
    expect(await service.batch(part, shared)).toEqual({ ok: false, failure: { kind: 'notForAll', what } });
  });
});

describe('a given palette', () => {
  const colours: Colour[] = [
    { red: 0, green: 0, blue: 0, opacity: 255 },
    { red: 255, green: 255, blue: 255, opacity: 255 },
    { red: 200, green: 0, blue: 0, opacity: 255 },
  ];

  it('paints every picture with its colours', async () => {
    service.put('1.png', picture(1));
    service.put('2.png', picture(2));
    await service.done({}, { palette: { kind: 'given', colours } });
    for (const name of ['1.png', '2.png']) {
      const { rgba } = service.written(name);
      const allowed = new Set(colours.map(({ red, green, blue }) => `${red},${green},${blue}`));
      for (let at = 0; at < rgba.length; at += 4)
        expect(allowed).toContain(`${rgba[at]},${rgba[at + 1]},${rgba[at + 2]}`);
    }
  });

  it('numbers every picture alike, in label maps and areas too', async () => {
    service.put('1.png', picture(1));
    const given = { palette: { kind: 'given' as const, colours, names: ['ink'] } };
    const { rows } = await service.done({}, { ...given, extras: ['labelMap', 'areas', 'palette'] });
    expect(doneRow(rows[0]).extras).toEqual(['1 labels.png', '1 areas.csv', '1.gpl']);
    const { rgba, width, height } = service.written('1.png');
    const labels = decode(readFileSync(path.join(service.results, '1 labels.png')));
    expect([labels.width, labels.height, labels.channels, labels.depth]).toEqual([width, height, 1, 8]);
    labels.data.forEach((label, i) => {
      const { red, green, blue } = colours[label];
      expect([...rgba.subarray(4 * i, 4 * i + 3)]).toEqual([red, green, blue]);
    });
    const areas = readFileSync(path.join(service.results, '1 areas.csv'), 'utf8').trimEnd().split('\r\n');
    const pixels = areas.slice(1).map((line) => Number(line.split(',')[4]));
    expect(pixels.reduce((sum, own) => sum + own)).toBe(width * height);
    const file = service.granted('out/1.gpl', 'read');
    const written = valueOf(await service.client.call('palette.read', { file }));
    expect(written.colours).toEqual(colours);
    expect(written.names[0]).toBe('ink');
    expect(written.names.slice(1)).not.toContain('');
  });

  it('tells colours apart in masks and regions in a map, all by the same numbers, areas in units', async () => {
    service.put('1.png', picture(1));
    writeFileSync(path.join(service.results, '1 mask 200.png'), 'there before');
    const { rows } = await service.done(
      {},
      {
        palette: { kind: 'given', colours },
        extras: ['labelMap', 'regionMap', 'masks', 'areas'],
        segments: { smallest: 4, connectivity: 8 },
        scale: { pixelsPerUnit: 2, unit: 'mm' },
      },
    );
    const masks = colours.map((_, at) => `1 (2) mask ${at}.png`);
    expect(doneRow(rows[0]).extras).toEqual([
      '1 (2) labels.png',
      '1 (2) regions.png',
      ...masks,
      '1 (2) areas.csv',
    ]);
    const read = (name: string) => decode(readFileSync(path.join(service.results, name)));
    const labels = read('1 (2) labels.png');
    const regions = read('1 (2) regions.png');
    const whites = masks.map(read);
    labels.data.forEach((label, i) => {
      const [x, y] = [i % labels.width, Math.floor(i / labels.width)];
      const white = whites.map(
        ({ data }) => (data[y * Math.ceil(labels.width / 8) + (x >> 3)] >> (7 - (x & 7))) & 1,
      );
      expect(white).toEqual(colours.map((_, at) => (at === label ? 1 : 0)));
    });
    const [header, ...lines] = readFileSync(path.join(service.results, '1 (2) areas.csv'), 'utf8')
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const units = header.indexOf('area (mm²)');
    for (const line of lines) {
      const pixels = regions.data.filter((region) => String(region) === line[0]).length;
      expect([pixels, pixels / 4]).toEqual([Number(line[4]), Number(line[units])]);
      expect(pixels).toBeGreaterThanOrEqual(4);
    }
  });

  it('leaves transparent pixels transparent', async () => {
    const clear = picture(3);
    for (let at = 3; at < 400; at += 4) clear.rgba[at] = 0;
    service.put('1.png', clear);
    await service.done({}, { palette: { kind: 'given', colours } });
    const { rgba } = service.written('1.png');
    for (let at = 3; at < rgba.length; at += 4) expect(rgba[at]).toBe(at < 400 ? 0 : 255);
  });
});
