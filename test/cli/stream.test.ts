import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeBigTable } from '../support/bigTable';
import { examples, jobFolder, type JobFolder } from './runJob';

let folder: JobFolder;
beforeEach(() => {
  folder = jobFolder();
});
afterEach(() => folder.remove());

const file = (name: string): string => path.join(examples, name);
const online = { name: 'online', batchSize: 32, epochs: 4, decay: 0.6 };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use, without what is only not collected yet. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The same job from the stream and from memory, in the order of the file. */
async function both(job: { data: object; model: object; start?: object }, rows: number) {
  const order = Array.from({ length: rows }, (_, row) => row);
  const streamed = await folder.run({
    ...job,
    data: { ...job.data, stream: true },
    run: { algorithm: online },
  });
  const held = await folder.run({ ...job, run: { algorithm: { ...online, order } } });
  return { streamed, held };
}

describe('a stream', () => {
  it.each([
    [
      'numbers',
      {
        data: { file: file('faithful.csv'), features: ['eruptions', 'waiting'] },
        model: { family: 'gaussian', components: 2 },
        start: {
          parameters: {
            weights: [0.4, 0.6],
            means: [
              [2, 55],
              [4.3, 80],
            ],
            covariances: [
              [
                [0.1, 0.3],
                [0.3, 30],
              ],
              [
                [0.2, 0.5],
                [0.5, 35],
              ],
            ],
          },
        },
      },
      272,
    ],
    [
      'numbers and categories',
      {
        data: {
          file: file('iris.csv'),
          features: ['Species', 'Petal.Width'],
          kinds: { Species: 'category' },
        },
        model: { family: 'mixed', components: 2 },
        start: {
          parameters: {
            weights: [0.5, 0.5],
            means: [[0.3], [1.6]],
            covariances: [[[0.1]], [[0.2]]],
            categories: [[[0.8, 0.1, 0.1]], [[0.1, 0.4, 0.5]]],
          },
        },
      },
      150,
    ],
    [
      'weighted categories',
      {
        data: { file: file('titanic.csv'), features: ['Class', 'Sex', 'Survived'], weights: 'Freq' },
        model: { family: 'categorical', components: 2, prior: { category: 0.5 } },
        start: {
          parameters: {
            weights: [0.5, 0.5],
            categories: [
              [
                [0.1, 0.2, 0.3, 0.4],
                [0.9, 0.1],
                [0.8, 0.2],
              ],
              [
                [0.4, 0.3, 0.2, 0.1],
                [0.3, 0.7],
                [0.3, 0.7],
              ],
            ],
          },
        },
      },
      32,
    ],
  ])('of %s gives what the same rows give from memory', async (_what, job, rows) => {
    const { streamed, held } = await both(job, rows);
    expect(streamed.objective.value).toBeCloseTo(held.objective.value, 8);
    expect(streamed.objective.perIteration).toHaveLength(held.objective.perIteration.length);
    for (const name of Object.keys(held.parameters))
      held.parameters[name]?.values.forEach((value, i) =>
        expect(streamed.parameters[name]?.values[i]).toBeCloseTo(value ?? NaN, 8),
      );
    expect(streamed.criteria.bic).toBeCloseTo(held.criteria.bic ?? NaN, 7);
    expect(streamed.clusters.map(({ rows: own }) => own)).toEqual(held.clusters.map(({ rows: own }) => own));
    expect(streamed.rows).toBeUndefined();
  });

  it('chooses a start of its own, the same every time', async () => {
    const job = {
      data: { file: file('faithful.csv'), features: ['eruptions', 'waiting'], stream: true },
      model: { family: 'gaussian', components: 2 },
      run: { algorithm: online, restarts: 3 },
    };
    const first = await folder.run(job);
    const { elapsedMs: _first, ...one } = first;
    const { elapsedMs: _second, ...two } = await folder.run(job);
    expect(two).toEqual(one);
    expect(first.objective.value).toBeGreaterThan(-1135);
    expect(first.clusters.map(({ rows }) => rows).sort()).toEqual([175, 97]);
  });

  it('of any length holds no more than a batch and a sample', async () => {
    const big = path.join(folder.path, 'big.csv');
    writeBigTable(big, 1_000_000, 5);
    let most = 0;
    const before = heldBytes();
    const watching = setInterval(() => {
      most = Math.max(most, heldBytes());
    }, 200);
    const result = await folder.run({
      data: { file: big, features: ['x1', 'x2', 'x3', 'x4'], stream: true, scaling: 'none' },
      model: { family: 'kmeans', components: 3 },
      run: { algorithm: { name: 'online', epochs: 1, batchSize: 1024 }, restarts: 1 },
    });
    clearInterval(watching);
    expect(result.data.rowsUsed).toBe(1_000_000);
    expect(result.clusters.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_000_000);
    // The rows would be 32 MB as numbers and 45 MB as text.
    expect(most - before).toBeLessThan(16 * 2 ** 20);
  });

  it.each([
    ['another algorithm', { run: { algorithm: 'em' } }],
    ['an order of rows', { run: { algorithm: { ...online, order: [1, 0] } } }],
    ['labels of rows', { start: { labels: [0, 1] }, run: { algorithm: online } }],
    [
      'no features by name',
      { data: { file: file('faithful.csv'), stream: true }, run: { algorithm: online } },
    ],
  ])('does not go with %s', async (_what, wrong) => {
    const job = {
      data: { file: file('faithful.csv'), features: ['eruptions', 'waiting'], stream: true },
      model: { family: 'gaussian', components: 2 },
      ...wrong,
    };
    await expect(folder.run(job)).rejects.toThrow('the job ended with');
  });
});
