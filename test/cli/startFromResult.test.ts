import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examples, jobFolder, type JobFolder } from './runJob';

let folder: JobFolder;
beforeEach(() => {
  folder = jobFolder();
});
afterEach(() => folder.remove());

const file = (name: string): string => path.join(examples, name);
const iris = { file: file('iris.csv') };
const families = {
  kmeans: { data: iris, model: { family: 'kmeans', components: 3 } },
  gaussian: { data: iris, model: { family: 'gaussian', components: 3, covariance: 'VEV' } },
  prior: {
    data: iris,
    model: { family: 'gaussian', components: 3, prior: { normal: 'default', weights: 2 } },
  },
  bernoulli: {
    data: { ...iris, features: ['Sepal.Length', 'Petal.Length'], threshold: 3, scaling: 'none' },
    model: { family: 'bernoulli', components: 2 },
    start: { labels: Array.from({ length: 150 }, (_, row) => (row % 3 === 0 ? 1 : 0)) },
  },
  binomial: {
    data: { file: file('two-mints.csv') },
    model: { family: 'bernoulli', components: 2, probabilities: 'shared' },
    start: { labels: [0, 1, 1] },
  },
  categorical: {
    data: { file: file('titanic.csv'), features: ['Class', 'Sex', 'Survived'], weights: 'Freq' },
    model: { family: 'categorical', components: 2 },
  },
  mixed: {
    data: { ...iris, features: ['Species', 'Petal.Width', 'Sepal.Width'], kinds: { Species: 'category' } },
    model: { family: 'mixed', components: 2, covariance: 'EVI' },
  },
} as const;

describe('a result as the start of a job', () => {
  it.each(Object.entries(families))('has the parameters, bit for bit: %s', async (name, job) => {
    const first = await folder.run({ ...job, run: { maxIterations: 12, restarts: 1 } }, `${name}.json`);
    const again = await folder.run({ ...job, start: { result: `${name}.json` }, run: { maxIterations: 0 } });
    expect(again.parameters).toEqual(first.parameters);
    expect(again.objective.value).toBeCloseTo(first.objective.value, 9);
    expect(again.rows?.labels).toEqual(first.rows?.labels);
  });

  it('goes on as the fit would have', async () => {
    const job = { ...families.gaussian, data: { ...iris, scaling: 'none' } };
    await folder.run({ ...job, run: { maxIterations: 5, restarts: 1, tolerance: 0 } }, 'five.json');
    const ten = await folder.run({ ...job, run: { maxIterations: 10, restarts: 1, tolerance: 0 } });
    const five = await folder.run({
      ...job,
      start: { result: 'five.json' },
      run: { maxIterations: 5, tolerance: 0 },
    });
    expect(five.objective.value).toBeCloseTo(ten.objective.value, 9);
  });

  it('knows levels by name: other rows first make no difference', async () => {
    const { data, model } = families.categorical;
    await folder.run({ data, model, run: { restarts: 1 } }, 'first.json');
    const [header = '', ...lines] = readFileSync(data.file, 'utf8').trim().split('\n');
    const reversed = folder.write('reversed.csv', [header, ...lines.reverse(), ''].join('\n'));
    const start = { result: 'first.json' };
    const run = { maxIterations: 0 };
    const here = await folder.run({ data, model, start, run });
    const there = await folder.run({ data: { ...data, file: reversed }, model, start, run });
    expect(there.features).not.toEqual(here.features);
    expect(there.objective.value).toBeCloseTo(here.objective.value, 9);
    expect(there.rows?.logDensity).toHaveLength(32);
    expect([...(there.rows?.logDensity ?? [])].reverse()[3]).toBeCloseTo(here.rows?.logDensity[3] ?? NaN, 9);
  });

  it('is refused by name where the job has other features, or the same in another order', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { model } = families.gaussian;
    const of = (...features: string[]) => ({ data: { ...iris, features }, model, run: { restarts: 1 } });
    await folder.run(of('Sepal.Length', 'Sepal.Width'), 'first.json');
    const start = { result: 'first.json' };
    for (const features of [
      ['Sepal.Width', 'Sepal.Length'],
      ['Sepal.Length', 'Petal.Width'],
    ]) {
      await expect(folder.run({ ...of(...features), start })).rejects.toThrow('ended with 1');
      expect(said).toHaveBeenLastCalledWith(
        expect.stringContaining(`the result is of "Sepal.Length", "Sepal.Width"`),
      );
    }
    said.mockRestore();
  });
});

describe('parameters with responsibilities', () => {
  it('are measured: the bound is below the log-likelihood by KL, and equal for the posterior', async () => {
    const data = { file: file('two-mints.csv') };
    const model = { family: 'bernoulli', components: 2, probabilities: 'shared' };
    const parameters = { weights: [0.5, 0.5], probabilities: [[0.5], [0.9]] };
    const half = [1, 2, 3].map(() => [0.5, 0.5]);
    const run = { maxIterations: 0 };
    const { objective, rows } = await folder.run({
      data,
      model,
      run,
      start: { parameters, responsibilities: half },
    });
    // By hand: sum of ln(1/2 p q) / 2 over mints, plus ln 2 for each coin.
    expect(objective.boundAfterM[0]).toBeCloseTo(-9.185495331979068, 12);
    expect(objective.logLikelihood[0]).toBeCloseTo(-8.7292105131707, 12);
    const { values } = rows?.responsibilities ?? { values: [] };
    const posterior = [0, 1, 2].map((row) => values.slice(2 * row, 2 * row + 2));
    const same = await folder.run({ data, model, run, start: { parameters, responsibilities: posterior } });
    expect(same.objective.boundAfterM[0]).toBeCloseTo(-8.7292105131707, 12);
  });

  it('that are no shares are refused', async () => {
    const job = {
      data: { file: file('two-mints.csv') },
      model: { family: 'bernoulli', components: 2, probabilities: 'shared' },
      start: {
        parameters: { weights: [0.5, 0.5], probabilities: [[0.5], [0.9]] },
        responsibilities: [1, 2, 3].map(() => [0.5, 0.6]),
      },
    };
    await expect(folder.run(job)).rejects.toThrow('ended with 1');
  });
});
