import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultFile, type ResultFile } from '../../shared/resultFile';
import { writeBigTable } from '../support/bigTable';
import { toNineDigits } from '../support/toNineDigits';
import { runCommand, type Ended } from './runCommand';

const examples = path.resolve(import.meta.dirname, '../../examples');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mixtura-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], during?: Parameters<typeof runCommand>[2]): Promise<Ended> =>
  runCommand(folder, args, during);

function writeJob(job: unknown): string {
  const file = path.join(folder, 'job.json');
  writeFileSync(file, JSON.stringify(job));
  return file;
}

const result = (name = 'result.json'): ResultFile =>
  resultFile.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

const faithful = {
  data: {
    file: path.join(examples, 'faithful.csv'),
    features: ['eruptions', 'waiting'],
    scaling: 'none',
  },
  model: { family: 'gaussian', covariance: 'VVV', components: 2 },
  run: { algorithm: 'em', tolerance: 1e-12, maxIterations: 5000, restarts: 1, seed: 1 },
};

describe('fit', () => {
  it('writes a result of the documented form, with every row', async () => {
    const { code, out } = await run(['fit', writeJob(faithful), '--out', 'result.json']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const found = result();
    expect(found.criteria.logLikelihood).toBeCloseTo(-1130.2639601847, 6);
    expect(found.parameters['covariance']?.shape).toEqual([2, 2, 2]);
    expect(found.rows?.labels).toHaveLength(272);
    expect(found.rows?.responsibilities.shape).toEqual([272, 2]);
    expect(found.stopped).toBe('converged');
    expect(found.objective.perIteration.at(-1)).toBe(found.objective.value);
    expect(found.rows?.logDensity.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBeCloseTo(
      found.objective.value,
      8,
    );
  });

  it('gives the example in the repository', async () => {
    await run(['fit', path.join(examples, 'faithful-job.json'), '--out', 'result.json', '--threads', '2']);
    const example = resultFile.parse(
      JSON.parse(readFileSync(path.join(examples, 'faithful-result.json'), 'utf8')),
    );
    const { versions: _v, elapsedMs: _e, threads: _t, ...now } = result();
    const { versions: _v2, elapsedMs: _e2, threads: _t2, ...then } = example;
    expect(now).toEqual(toNineDigits(then));
  });

  it('gives the same bits on one thread and on three', async () => {
    const job = writeJob({ ...faithful, run: { ...faithful.run, restarts: 5, seed: 42 } });
    await run(['fit', job, '--out', 'one.json', '--threads', '1']);
    await run(['fit', job, '--out', 'three.json', '--threads', '3']);
    const { elapsedMs: _a, threads: one, ...first } = result('one.json');
    const { elapsedMs: _b, threads: three, ...second } = result('three.json');
    expect([one, three]).toEqual([1, 3]);
    expect(second).toEqual(first);
  });

  it('does not depend on scaling where the model does not', async () => {
    await run(['fit', writeJob(faithful), '--out', 'raw.json']);
    const standardised = { ...faithful, data: { ...faithful.data, scaling: 'standardise' } };
    await run(['fit', writeJob(standardised), '--out', 'standardised.json']);
    const [raw, scaled] = [result('raw.json'), result('standardised.json')];
    expect(scaled.objective.value).toBeCloseTo(raw.objective.value, 6);
    raw.parameters['covariance']?.values.forEach((value, index) =>
      expect(scaled.parameters['covariance']?.values[index]).toBeCloseTo(value ?? 0, 4),
    );
  });

  it('keeps the order of a given start and begins with the M-step after labels', async () => {
    const labels = Array.from({ length: 272 }, (_, row) => (row % 2 === 0 ? 1 : 0));
    await run(['fit', writeJob({ ...faithful, start: { labels } }), '--out', 'result.json']);
    const found = result();
    expect(found.run.restarts).toBe(1);
    expect(found.objective.perIteration[0]).toBeLessThan(found.objective.value);
  });

  it('offers structures between diagonal and full, each with its own number of parameters', async () => {
    const counts: number[] = [];
    for (const covariance of ['VEI', 'EEE', 'VEE', 'EEV', 'VVV']) {
      await run([
        'fit',
        writeJob({ ...faithful, model: { ...faithful.model, covariance } }),
        '--out',
        'r.json',
      ]);
      counts.push(result('r.json').parameterCount);
    }
    // Weights and means of two clusters in two columns are 5; the rest is table 1 of Celeux and Govaert (1995).
    expect(counts).toEqual([5 + 3, 5 + 3, 5 + 4, 5 + 4, 5 + 6]);
  });

  it('writes to standard output when no file is named', async () => {
    const { out, code } = await run(['fit', writeJob(faithful)]);
    expect(code).toBe(0);
    expect(resultFile.safeParse(JSON.parse(out)).success).toBe(true);
  });

  it('leaves blank the rows with a missing feature, and counts them', async () => {
    writeFileSync(path.join(folder, 'holes.csv'), 'a,b\n1,2\n2,\n3,4\nNA,5\n9,9\n8,9.5\n1.5,2.5\n2.5,3\n');
    const job = {
      data: { file: 'holes.csv', features: ['a', 'b'], missing: 'dropRows' },
      model: { family: 'kmeans', components: 2 },
    };
    await run(['fit', writeJob(job), '--out', 'result.json']);
    const found = result();
    expect(found.data).toMatchObject({ rows: 8, rowsUsed: 6, rowsLeftOut: 2 });
    expect(found.rows?.labels.map((label) => label === null)).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(found.notices).toContainEqual({ kind: 'rowsLeftOut', rows: 2 });
  });
});

describe('what cannot be done is said, with an exit code', () => {
  it.each([
    ['an unknown key', { ...faithful, modle: {} }, 2, /modle/],
    ['an unknown family', { ...faithful, model: { family: 'magic', components: 2 } }, 2, /model\.family/],
    [
      'an algorithm of another family',
      { ...faithful, model: { family: 'kmeans', components: 2 }, run: { algorithm: 'annealed' } },
      2,
      /run\.algorithm/,
    ],
    ['a missing data file', { ...faithful, data: { file: 'nowhere.csv' } }, 1, /nowhere\.csv/],
    [
      'an unknown column',
      { ...faithful, data: { ...faithful.data, features: ['eruption'] } },
      1,
      /no column "eruption".*"eruptions"/,
    ],
    [
      'more clusters than distinct rows',
      { ...faithful, data: { file: 'few.csv' }, model: { family: 'kmeans', components: 4 }, run: {} },
      1,
      /Only 3 distinct rows for 4 clusters/,
    ],
    [
      'a constant column',
      { ...faithful, data: { file: 'constant.csv', features: ['a', 'b'] } },
      1,
      /"b" is 5 in every row/,
    ],
  ])('%s', async (_name, job, code, words) => {
    writeFileSync(path.join(folder, 'few.csv'), 'a,b\n1,2\n1,2\n3,4\n5,7\n3,4\n');
    writeFileSync(path.join(folder, 'constant.csv'), 'a,b\n1,5\n2,5\n3,5\n5,5\n3,5\n');
    const ended = await run(['fit', writeJob(job), '--out', 'result.json']);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(words);
    expect(ended.err).not.toMatch(/^\s+at /m);
    expect(existsSync(path.join(folder, 'result.json'))).toBe(false);
  });

  it.each([
    [['fit'], /Name the job file/],
    [['fit', 'job.json', '--hurry'], /hurry/],
    [['fit', 'job.json', '--threads', '0'], /--threads/],
    [['burn'], /no command "burn"/],
  ])('%j', async (args, words) => {
    const ended = await run(args);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(words);
  });

  it('an unwritable result leaves nothing behind', async () => {
    const ended = await run(['fit', writeJob(faithful), '--out', path.join('nowhere', 'result.json')]);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/was not written/);
    expect(readdirSync(folder)).toEqual(['job.json']);
  });
});

describe('help', () => {
  it('names the command, the options and the exit codes', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const word of ['fit job.json', '--out', '--threads', 'Exit codes']) expect(out).toContain(word);
  });
});

describe('Ctrl+C', () => {
  it('writes the best so far and ends with 130', async () => {
    writeBigTable(path.join(folder, 'big.csv'), 60_000, 7);
    const job = {
      data: { file: 'big.csv' },
      model: { family: 'gaussian', components: 8 },
      start: { method: 'random' },
      run: { restarts: 1, tolerance: 0, maxIterations: 100_000 },
    };
    const ended = await run(['fit', writeJob(job), '--out', 'result.json'], (child) => {
      child.stderr?.on('data', (data: Buffer) => {
        if (data.includes('fitting')) child.kill('SIGINT');
      });
    });
    expect(ended.code).toBe(130);
    expect(result().stopped).toBe('cancelled');
  });
});
