import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selectionFile } from '../../shared/selectionFile';
import { readCases } from '../reference/referenceCase';
import { runCommand, type Ended } from './runCommand';
import { jobFolder, withExampleData, type JobFolder } from './runJob';

let folder: JobFolder;
beforeEach(() => {
  folder = jobFolder();
});
afterEach(() => folder.remove());

/** `during` is told when the comparison has begun, and at every word after it. */
function run(args: string[], during?: (child: ChildProcess) => void): Promise<Ended> {
  return runCommand(folder.path, args, (child) => {
    let err = '';
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
      if (err.includes('comparing')) during?.(child);
    });
  });
}

const tables = path.resolve(import.meta.dirname, '../reference/data/tables');

describe('a selection as a job', () => {
  it('of iris with given folds and starts scores as the reference does', async () => {
    const [reference] = readCases('cv-iris-full');
    const { fold_of_row: foldOfRow, reg_covar: ridge, K } = reference.model;
    const starts = Object.fromEntries(
      (K as number[]).map((k) => [k, { labels: reference.init.labels_per_K[k] as number[] }]),
    );
    const { cells, verdict, run } = await folder.select({
      data: { file: path.join(tables, 'iris.csv'), features: reference.data.columns, scaling: 'none' },
      models: [{ family: 'gaussian', covariance: 'VVV', ridge }],
      components: { from: 1, to: 5 },
      starts,
      run: { tolerance: 1e-12, maxIterations: 20_000 },
      validation: { kind: 'given', foldOfRow },
    });
    expect(run.restarts).toBe(1);
    for (const [at, expected] of reference.expected.table.entries()) {
      const { fit, heldOut } = cells[at];
      if (fit?.outcome.kind !== 'fitted' || typeof heldOut?.score.value !== 'number')
        throw new Error('no fit');
      expect(heldOut.score.value * 150).toBeCloseTo(expected.held_out_total, expected.K === 5 ? -1 : 1);
      expect(fit.outcome.criteria.bic).toBeCloseTo(expected.all_data.bic, 3);
      expect(fit.outcome.parameterCount).toBe(expected.all_data.n_parameters);
    }
    expect(verdict?.rule).toBe('pairedStandardError');
  });

  it('needs no more than a file, and says in words what it found', async () => {
    const found = await folder.select(
      withExampleData({ data: { file: 'faithful.csv' }, run: { restarts: 2 }, components: { to: 3 } }),
    );
    expect(found.models.map((model) => ('covariance' in model ? model.covariance : ''))).toEqual([
      'VII',
      'VVI',
      'EEE',
      'VVV',
    ]);
    expect(found.validation).toEqual({ kind: 'folds', folds: 10, repeats: 1 });
    expect(found.text).toMatch(/^\d clusters\. .* Model: /);
    expect(found).toMatchObject({ isComplete: true, columnsAs: [0, 0, 0, 0] });
  });

  it('ends with the code of what was wrong', async () => {
    const code = async (job: unknown): Promise<number | null> =>
      (await run(['select', folder.write('job.json', JSON.stringify(job))])).code;
    expect(await code({ data: { file: 'none.csv' } })).toBe(1);
    expect(await code({ data: { file: 'none.csv' }, components: { from: 0 } })).toBe(2);
    expect((await run(['select'])).code).toBe(2);
  });

  it('that is stopped writes what it has finished', async () => {
    const job = withExampleData({
      data: { file: 'faithful.csv' },
      run: { restarts: 500, tolerance: 0 },
      components: { from: 1, to: 10 },
    });
    const out = path.join(folder.path, 'selection.json');
    const { code } = await run(
      ['select', folder.write('job.json', JSON.stringify(job)), '--out', out],
      (child) => child.kill('SIGINT'),
    );
    expect(code).toBe(130);
    const found = selectionFile.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(found.isComplete).toBe(false);
    expect(found.cells.some(({ fit }) => fit !== null)).toBe(true);
  });
});
