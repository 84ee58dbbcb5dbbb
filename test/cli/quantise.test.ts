import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments, type QuantiseArguments } from '../../electron/cli/arguments';
import type { BatchRow } from '../../shared/image/batch';
import type { Pixels } from '../../shared/image/pixels';
import { quantiseFile, quantiseJob, type QuantiseFile } from '../../shared/quantiseJob';
import { drawnPicture } from '../image/drawnPicture';
import { runCommand } from './runCommand';
import { examples, jobFolder, type JobFolder } from './runJob';

let folder: JobFolder;
beforeEach(() => {
  folder = jobFolder();
});
afterEach(() => folder.remove());

const inFolder = (name: string): string => path.join(folder.path, name);
const run = (...args: string[]) => runCommand(folder.path, ['quantise', ...args]);

function put(name: string, { width, height, rgba }: Pixels = drawnPicture(40, 30, 1, 3)): void {
  mkdirSync(path.dirname(inFolder(name)), { recursive: true });
  writeFileSync(inFolder(name), encode({ width, height, data: rgba, channels: 4, depth: 8 }));
}

/** What the command says of its pictures; it must have found some. */
async function result(...args: string[]): Promise<QuantiseFile> {
  const { code, out, err } = await run(...args, '--json', '--quiet');
  if (code !== 0) throw new Error(err);
  return quantiseFile.parse(JSON.parse(out));
}

const rowsOf = ({ result: { rows } }: QuantiseFile): Extract<BatchRow, { kind: 'done' }>[] =>
  rows.flatMap((row) => (row.kind === 'done' ? row : []));

/** The job that options become. */
function jobOf(...args: string[]): unknown {
  const read = readArguments(['quantise', ...args, '--out', 'results']);
  if (read.kind !== 'quantise') throw new Error(JSON.stringify(read));
  return quantiseJob.parse(read.job);
}

describe('the options of quantise', () => {
  it('say by how much the error may grow where areas are painted flat', () => {
    expect(jobOf('a.png', '--dither', 'flat:0.02')).toMatchObject({
      dithering: { kind: 'flat', errorGrowth: 0.02 },
    });
    expect(jobOf('a.png', '--dither', 'flat')).toMatchObject({ dithering: { errorGrowth: 0.01 } });
  });

  it('are another way to write a job', () => {
    const options = [
      ...['a.png', 'scans', '--psnr', '35', '--space', 'lab', '--dither', 'ordered:0.5', '--spatial', '0.2'],
      ...[
        '--frames',
        '3',
        '--palette',
        'p.gpl',
        '--lock',
        '#ff0000, #00f',
        '--format',
        'gif',
        '--also',
        'areas,labels,regions,masks',
      ],
      ...['--smallest', '9', '--scale', '12.5:mm', '--restarts', '3', '--seed', '7', '--effort', 'quick'],
    ];
    expect(jobOf(...options)).toEqual(
      quantiseJob.parse({
        pictures: ['a.png', 'scans'],
        frames: 3,
        goal: { kind: 'quality', measure: 'psnr', atLeast: 35 },
        space: 'lab',
        dithering: { kind: 'ordered', strength: 0.5 },
        spatialWeight: 0.2,
        palette: 'p.gpl',
        locked: ['#ff0000', '#0000ff'],
        format: 'gif',
        also: ['areas', 'labels', 'regions', 'masks'],
        segments: { smallest: 9 },
        scale: { pixelsPerUnit: 12.5, unit: 'mm' },
        restarts: 3,
        seed: 7,
        effort: 'quick',
      }),
    );
  });

  it('have the defaults of a job', () => {
    expect(jobOf('a.png')).toEqual(quantiseJob.parse({ pictures: ['a.png'] }));
  });

  it.each([
    [['--colours', '4', '--bytes', '900', 'a.png'], 'one of --colours'],
    [['--colours', 'four', 'a.png'], '--colours takes a number'],
    [['--scale', '12.5', 'a.png'], '--scale takes pixels and a unit'],
    [['--seed', '', 'a.png'], '--seed takes a number'],
    [['--frames', '0', 'a.gif'], '--frames takes first, all or a number from 1'],
    [['job.json', '--colours', '4'], '--colours is for the job file'],
    [['job.json', 'a.png'], 'stands alone'],
    [['--threads', '0', 'a.png'], '--threads'],
    [['--color', '4', 'a.png'], '--color'],
    [[], 'Name the pictures'],
  ])('that contradict each other are a mistake: %j', (args, problem) => {
    const read = readArguments(['quantise', ...args, '--out', 'results']);
    expect(read.kind === 'mistake' && read.problem).toContain(problem);
  });

  it('need a folder of results, but for a curve', () => {
    expect(readArguments(['quantise', 'a.png']).kind).toBe('mistake');
    const curve = readArguments(['quantise', 'a.png', '--curve']) as QuantiseArguments;
    expect(curve.out).toBeNull();
  });
});

describe('quantise', () => {
  it('writes an indexed PNG of ten colours with four bits a pixel, and nothing else to standard output', async () => {
    const photo = path.join(examples, 'chelsea.png');
    const { code, out, err } = await run(photo, '--colours', '10', '--out', 'new/results');
    expect(code).toBe(0);
    const png = decode(readFileSync(inFolder('new/results/chelsea.png')));
    expect([png.depth, png.palette?.length]).toEqual([4, 10]);
    expect(out).toMatch(
      /^file .*\nchelsea.png +chelsea.png +10 .* dB +0\.\d{4}\n1 picture written, 0 failed/,
    );
    expect(err).toContain('quantising');
  });

  it.each(['gif', 'fullPng', 'webp'])('writes %s without a word on standard error', async (format) => {
    put('a.png');
    const { code, err } = await run('a.png', '--format', format, '--out', 'results', '--quiet');
    expect([code, err]).toEqual([0, '']);
  });

  it('takes folders and files, and lists by name what became of each', async () => {
    put('scans/page 10.png');
    put('scans/page 9.png');
    put('other.png');
    writeFileSync(inFolder('scans/broken.png'), 'no picture');
    const { code, out } = await run('scans', 'other.png', '--out', 'results', '--json', '--threads', '1');
    expect(code).toBe(1);
    const { rows, isComplete } = quantiseFile.parse(JSON.parse(out)).result;
    expect(isComplete).toBe(true);
    expect(rows.map(({ file, kind }) => `${file} ${kind}`)).toEqual([
      'broken.png failed',
      'other.png done',
      'page 9.png done',
      'page 10.png done',
    ]);
    expect(readdirSync(inFolder('results'))).toHaveLength(4);
  });

  it('says in words what failed, and why', async () => {
    writeFileSync(inFolder('broken.png'), 'no picture');
    const { code, out } = await run('broken.png', '--out', 'results');
    expect(code).toBe(1);
    expect(out).toContain('broken.png: "broken.png" is not a picture.');
    expect(out).toContain('0 pictures written, 1 failed');
  });

  it('paints all frames of an animation with one palette, or the one that is asked for', async () => {
    const file = path.join(import.meta.dirname, '../files/images/data/frames.gif');
    const gif = ['--format', 'gif', '--colours', '5', '--out', 'results'];
    const rows = rowsOf(await result(file, '--frames', 'all', ...gif));
    expect([rows[0].frames, rows[0].width, rows[0].height, rows[0].colours]).toEqual([3, 21, 13, 5]);
    const second = rowsOf(await result(file, '--frames', '2', ...gif));
    expect([second[0].frames, second[0].framesInFile]).toEqual([1, 3]);
    expect((await run(file, '--out', 'results')).out).toContain('frames.gif: one of its 3 frames');
    const { code, out } = await run(file, '--frames', '4', ...gif);
    expect(code).toBe(1);
    expect(out).toContain('has no frame 4: frames 1 to 3 can be read');
  });

  it('takes a palette from a file', async () => {
    put('a.png');
    folder.write('p.css', ':root { --ink: #102030; --paper: #f0f0e0; }');
    const [row] = rowsOf(
      await result('a.png', '--palette', 'p.css', '--also', 'palette', '--out', 'results'),
    );
    const { palette } = decode(readFileSync(inFolder('results/a.png')));
    expect(palette).toEqual([
      [16, 32, 48],
      [240, 240, 224],
    ]);
    expect(readFileSync(inFolder(`results/${row.extras[0]}`), 'utf8')).toContain('16  32  48\tink');
  });

  it('finds one palette for all pictures where it is asked to', async () => {
    put('a.png', drawnPicture(40, 30, 1, 3));
    put('b.png', drawnPicture(40, 30, 1, 4));
    await result('a.png', 'b.png', '--palette', 'shared', '--colours', '5', '--out', 'results');
    const palettes = ['a', 'b'].map((name) => decode(readFileSync(inFolder(`results/${name}.png`))).palette);
    expect(palettes[0]).toHaveLength(5);
    expect(palettes[1]).toEqual(palettes[0]);
  });

  it('reads names in a job file from where that is', async () => {
    put('jobs/a.png');
    mkdirSync(inFolder('elsewhere'));
    writeFileSync(inFolder('jobs/job.json'), JSON.stringify({ pictures: ['a.png'], also: ['palette'] }));
    const document = await result('jobs/job.json', '--out', 'results');
    expect(document.specification).toEqual(
      quantiseFile.shape.specification.parse({ goal: { kind: 'count', colours: 16 } }),
    );
    expect(rowsOf(document)[0].extras).toEqual(['a.gpl']);
    expect(existsSync(inFolder('results/a.gpl'))).toBe(true);
  });

  it('gives the same bits on any number of threads', async () => {
    for (const name of ['a', 'b', 'c']) put(`${name}.png`, drawnPicture(50, 40, 1, name.charCodeAt(0)));
    for (const threads of ['1', '3'])
      await result('a.png', 'b.png', 'c.png', '--colours', '7', '--threads', threads, '--out', threads);
    for (const name of readdirSync(inFolder('1')))
      expect(readFileSync(inFolder(`3/${name}`))).toEqual(readFileSync(inFolder(`1/${name}`)));
  });

  it.each([
    [['nowhere.png'], 1, 'is not there any more'],
    [['a.png', '--palette', 'nowhere.gpl'], 1, 'is not there any more'],
    [['a.png', '--colours', '300'], 2, '"goal.colours"'],
    [['a.png', '--lock', 'reddish'], 2, '"reddish" is no colour'],
    [['a.png', '--palette', 'shared', '--bytes', '900'], 1, 'A palette for all pictures'],
  ])('ends with a reason: %j', async (args, expected, reason) => {
    put('a.png');
    const { code, out, err } = await run(...args, '--out', 'results');
    expect([code, out]).toEqual([expected, '']);
    expect(err).toContain(reason);
  });

  it('does not write where a file has the name of the folder', async () => {
    put('a.png');
    folder.write('results', 'a file');
    const { code, err } = await run('a.png', '--out', 'results');
    expect(code).toBe(1);
    expect(err).toContain('"results" was not written');
  });

  it('stops at Ctrl+C, with what is whole', async () => {
    for (let i = 0; i < 8; i++) copyFileSync(path.join(examples, 'chelsea.png'), inFolder(`${i}.png`));
    const { code } = await runCommand(
      folder.path,
      ['quantise', '.', '--colours', '64', '--out', 'results', '--threads', '1'],
      (child) => {
        let err = '';
        child.stderr.on('data', (data: Buffer) => {
          err += data.toString();
          if (err.includes('quantising')) child.kill('SIGINT');
        });
      },
    );
    expect(code).toBe(130);
    const pictures = readdirSync(inFolder('results')).filter((name) => name.endsWith('.png'));
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.length).toBeLessThan(8);
    for (const name of pictures) expect(decode(readFileSync(inFolder(`results/${name}`))).width).toBe(451);
  });
});

describe('a curve', () => {
  it('says what numbers of colours come to, and writes nothing', async () => {
    put('a.png', drawnPicture(30, 20, 64, 5));
    const { code, out } = await run('a.png', '--curve', '--json');
    expect(code).toBe(0);
    const { curves } = JSON.parse(out) as {
      curves: { file: string; points: { colours: number; distortion: number; quality: { mse: number } }[] }[];
    };
    expect(curves.map(({ file }) => file)).toEqual(['a.png']);
    const [{ points }] = curves;
    expect(points[0].colours).toBe(1);
    // A picture with no more colours comes back exactly.
    expect(points.at(-1)?.quality.mse).toBe(0);
    for (const [i, { distortion }] of points.slice(1).entries())
      expect(distortion).toBeLessThanOrEqual(points[i].distortion);
    expect(readdirSync(folder.path)).toEqual(['a.png']);
    expect((await run('a.png', '--curve')).out).toMatch(/^a.png\ncolours +bits\/pixel/);
  });
});
