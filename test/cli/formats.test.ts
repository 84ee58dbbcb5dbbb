import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { familyTraits } from '../../shared/families';
import { jobFile, type JobFile } from '../../shared/jobFile';
import { quantiseFile } from '../../shared/quantiseJob';
import { selectionJob } from '../../shared/selectionJob';
import { runCommand } from './runCommand';
import { examples, jobFolder, withExampleData, type JobFolder } from './runJob';
import { toNineDigits } from '../support/toNineDigits';

const text = readFileSync(path.resolve(import.meta.dirname, '../../electron/cli/formats.md'), 'utf8');
const blocks = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, block]) => JSON.parse(block ?? '') as object,
);
const jobs = blocks.filter((block) => 'model' in block).map((block) => jobFile.parse(block));
const selections = blocks.filter((block) => 'models' in block).map((block) => selectionJob.parse(block));
const quantisations = blocks.filter((block) => 'pictures' in block);

const nameOf = ({ model, run }: JobFile): string =>
  `${model.family} by ${run.algorithm?.name ?? 'its own way'}`;

let folder: JobFolder;
beforeEach(() => {
  folder = jobFolder();
});
afterEach(() => folder.remove());

describe('the examples of the documentation', () => {
  it('show every family and every algorithm', () => {
    const families = new Set(jobs.map(({ model }) => model.family));
    const algorithms = new Set(jobs.map(({ run }) => run.algorithm?.name));
    expect(families).toEqual(new Set(Object.keys(familyTraits)));
    for (const name of familyTraits.gaussian.algorithms) expect(algorithms).toContain(name);
  });

  it.each(jobs.map((job) => [nameOf(job), job] as const))('run: %s', async (_name, job) => {
    const result = await folder.run(withExampleData(job));
    expect(['converged', 'iterationLimit']).toContain(result.stopped);
    expect(Number.isFinite(result.objective.value)).toBe(true);
    expect(result.objective.perIteration.at(-1)).toBe(result.objective.value);
  });

  it.each(selections)('compare: %#', async (job) => {
    const { isComplete, verdict, cells } = await folder.select(withExampleData(job));
    expect(isComplete).toBe(true);
    expect(verdict).not.toBeNull();
    expect(cells.every(({ fit, stability }) => fit?.outcome.kind === 'fitted' && stability !== null)).toBe(
      true,
    );
  });
});

describe('a quantisation in the documentation', () => {
  it('is run on the picture that ships with the program', async () => {
    expect(quantisations).toHaveLength(1);
    copyFileSync(path.join(examples, 'chelsea.png'), path.join(folder.path, 'chelsea.png'));
    const job = folder.write('job.json', JSON.stringify(quantisations[0]));
    const { code, out } = await runCommand(folder.path, ['quantise', job, '--out', 'results', '--json']);
    expect(code).toBe(0);
    const { result } = quantiseFile.parse(JSON.parse(out));
    expect(result.rows).toMatchObject([{ kind: 'done', file: 'chelsea.png', isGoalReached: true }]);
  });
});

describe('two mints', () => {
  const job = JSON.parse(readFileSync(path.join(examples, 'two-mints-job.json'), 'utf8')) as JobFile;

  it('begin with the exact posteriors', async () => {
    const start = await folder.run(withExampleData({ ...job, run: { ...job.run, maxIterations: 0 } }));
    const first = start.rows?.responsibilities.values.filter((_, i) => i % 2 === 0) ?? [];
    [625 / 706, 625 / 1354, 625 / 1354].forEach((exact, coin) => expect(first[coin]).toBeCloseTo(exact, 14));
    expect(first.map((value) => value?.toFixed(6))).toEqual(['0.885269', '0.461595', '0.461595']);
    expect(start.objective.value).toBeCloseTo(-8.7292105131707, 12);
  });

  it('merge at 2/3 by EM, with the likelihood of a single mint', async () => {
    const end = await folder.run(withExampleData(job));
    for (const probability of end.parameters['probability']?.values ?? [])
      expect(probability).toBeCloseTo(2 / 3, 7);
    expect(end.objective.value).toBeCloseTo(8 * Math.log(2 / 3) + 4 * Math.log(1 / 3), 12);
    expect(end.parameters['weight']?.values[0]).toBeCloseTo(0.607, 3);
    const one = await folder.run(withExampleData({ data: job.data, model: { ...job.model, components: 1 } }));
    expect(one.objective.value).toBeCloseTo(end.objective.value, 12);
  });

  it('give the result in the repository', async () => {
    const {
      versions: _v,
      elapsedMs: _e,
      threads: _t,
      kernels: _k,
      ...now
    } = await folder.run(withExampleData(job));
    const stored: unknown = JSON.parse(readFileSync(path.join(examples, 'two-mints-result.json'), 'utf8'));
    expect(stored).toMatchObject(toNineDigits(now) as object);
  });
});
