import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitSpecification, type FitEvent, type FitSpecification, type FitSummary } from '../../shared/fit';
import { grantId } from '../../shared/ids';
import { jobFile, jobSpecification } from '../../shared/jobFile';
import { modelSpecification } from '../../shared/model';
import { failed } from '../../shared/result';
import type { TableSummary } from '../../shared/table';
import { builtScript } from '../support/builtScripts';
import { openService, specified, valueOf, type OpenService } from './openService';

let service: OpenService;
beforeEach(() => {
  service = openService();
});
afterEach(() => service.close());

const twoGroups =
  'name,a,b\none,1,2\ntwo,1.2,2.1\n=HYPERLINK(1),,9\nfour,8,9\nfive,8.1,9.3\n"six, six",1.1,-2\n';
const specification = (given: Partial<FitSpecification> = {}): FitSpecification => ({
  preparation: { features: ['a', 'b'], scaling: 'none', missing: 'dropRows' },
  model: { family: 'kmeans', components: 2 },
  start: { method: 'kmeans' },
  run: { tolerance: 1e-8, maxIterations: 100, restarts: 3, seed: 1 },
  ...given,
});
const fitted = async (table: TableSummary, given?: Partial<FitSpecification>): Promise<FitSummary> =>
  valueOf(await service.client.call('fit.run', { table: table.table, specification: specification(given) }));

describe('grants', () => {
  it('let nothing be opened that was not granted', async () => {
    const answer = await service.client.call('table.open', {
      file: grantId.parse('/etc/passwd'),
      options: {},
    });
    expect(answer).toEqual(failed({ kind: 'notGranted' }));
  });

  it('for reading do not let anything be written', async () => {
    const table = await service.open(twoGroups);
    const { fit } = await fitted(table);
    const answer = await service.client.call('export.rows', {
      fit,
      file: service.granted('table.csv', 'read'),
      clusterNames: [],
    });
    expect(answer).toEqual(failed({ kind: 'notGranted' }));
    expect(readFileSync(path.join(service.folder, 'table.csv'), 'utf8')).toBe(twoGroups);
  });
});

describe('a fit', () => {
  it('tells first how its features were read, so that levels have names while it runs', async () => {
    const cells = ['red,s', 'blue,m', 'red,l', 'green,s', 'blue,s', 'red,m'];
    const { table } = await service.open(['colour,size', ...cells, ...cells, ''].join('\n'));
    const events: FitEvent[] = [];
    const wanted = specified(['size', 'colour'], { family: 'categorical', components: 2 });
    const onEvent = (event: FitEvent): void => void events.push(event);
    valueOf(await service.client.call('fit.run', { table, specification: wanted }, { onEvent }));
    expect(events[0]).toEqual({
      kind: 'begun',
      features: [
        { kind: 'category', name: 'size', levels: ['s', 'm', 'l'] },
        { kind: 'category', name: 'colour', levels: ['red', 'blue', 'green'] },
      ],
    });
    expect(events.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
  });

  it('without the compiled kernels finds the same and says that it was slow', async () => {
    const table = await service.open(twoGroups);
    const compiled = await fitted(table);
    expect(compiled.notices).toEqual([{ kind: 'rowsLeftOut', rows: 1 }]);
    // The script again, in a folder that has no kernels beside it.
    const elsewhere = path.join(service.folder, 'main');
    symlinkSync(path.dirname(fileURLToPath(builtScript('worker.js'))), elsewhere);
    const plain = openService(1, pathToFileURL(path.join(elsewhere, 'worker.js')));
    try {
      const { table: id } = await plain.open(twoGroups);
      const summary = valueOf(
        await plain.client.call('fit.run', { table: id, specification: specification() }),
      );
      expect(summary.notices).toEqual([{ kind: 'rowsLeftOut', rows: 1 }, { kind: 'plainKernels' }]);
      expect(summary.kernels).toBe('TypeScript');
      for (const [at, value] of compiled.parameters.mean.entries())
        expect(summary.parameters.mean[at]).toBeCloseTo(value, 12);
    } finally {
      await plain.close();
    }
  });

  it('gives rows that miss a feature no cluster, and orders clusters by size', async () => {
    const table = await service.open(twoGroups);
    const summary = await fitted(table);
    expect(summary.profiles.map(({ rows }) => rows)).toEqual([3, 2]);
    expect(summary).toMatchObject({ rowsUsed: 5, rowsLeftOut: 1, bestRestart: 0 });
    const { label, probability } = valueOf(
      await service.client.call('fit.memberships', {
        fit: summary.fit,
        rows: Int32Array.of(0, 1, 2, 3, 4, 5, 99),
      }),
    );
    expect([...label]).toEqual([0, 0, -1, 1, 1, 0, -1]);
    expect([...probability]).toEqual([1, 1, NaN, 1, 1, 1, NaN]);
  });

  it('keeps the order of a given start whatever the sizes', async () => {
    const table = await service.open(twoGroups);
    const centres = [
      [8, 9],
      [1, 2],
    ];
    const summary = await fitted(table, { start: { centres } });
    expect(summary.profiles.map(({ rows }) => rows)).toEqual([2, 3]);
  });

  it('reports the likelihood of the data in units of the file, whatever the scaling', async () => {
    const table = await service.open(
      readFileSync(path.resolve(import.meta.dirname, '../../examples/faithful.csv'), 'utf8'),
    );
    const model = modelSpecification.parse({ family: 'gaussian', components: 1 });
    const features = ['eruptions', 'waiting'];
    const raw = await fitted(table, {
      model,
      preparation: { features, scaling: 'none', missing: 'dropRows' },
    });
    const scaled = await fitted(table, {
      model,
      preparation: { features, scaling: 'standardise', missing: 'dropRows' },
    });
    expect(scaled.criteria.logLikelihood).toBeCloseTo(raw.criteria.logLikelihood ?? NaN, 8);
    [...raw.parameters.mean].forEach((mean, j) => expect(scaled.parameters.mean[j]).toBeCloseTo(mean, 10));
    expect(raw.parameters.covariance?.[3]).toBeCloseTo(184.14381487889113, 8);
  });

  it('of a table that was closed is refused, not invented', async () => {
    const table = await service.open(twoGroups);
    await service.client.call('table.close', { table: table.table });
    const answer = await service.client.call('fit.run', {
      table: table.table,
      specification: specification(),
    });
    expect(answer).toEqual(failed({ kind: 'unknownTable' }));
  });

  it('without the time to begin says that, and not that somebody cancelled it', async () => {
    const { table } = await service.open(twoGroups);
    const run = { ...specification().run, timeLimitSeconds: 1e-9 };
    const answer = await service.client.call('fit.run', { table, specification: specification({ run }) });
    expect(answer).toEqual(failed({ kind: 'timeLimit' }));
  });

  it('that cannot be done names the cause', async () => {
    const table = await service.open('a,b\n1,1\n2,2\n1,1\n2,2\n');
    const answer = await service.client.call('fit.run', {
      table: table.table,
      specification: specification({ model: { family: 'kmeans', components: 3 } }),
    });
    expect(answer).toMatchObject({
      failure: { kind: 'fitFailed', failure: { kind: 'tooFewDistinctRows', distinct: 2, components: 3 } },
    });
  });
});

describe('an export', () => {
  it('holds the rows as they were plus their clusters, and runs no formula', async () => {
    const table = await service.open(twoGroups);
    const { fit } = await fitted(table);
    const file = service.granted('out.csv', 'write');
    const { rows } = valueOf(
      await service.client.call('export.rows', { fit, file, clusterNames: ['low', '=high'] }),
    );
    expect(rows).toBe(6);
    const text = readFileSync(path.join(service.folder, 'out.csv'), 'utf8');
    const parsed = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    expect(parsed).toEqual([
      ['name', 'a', 'b', 'cluster', 'cluster_name', 'cluster_left_out'],
      ['one', '1', '2', '1', 'low', ''],
      ['two', '1.2', '2.1', '1', 'low', ''],
      ["'=HYPERLINK(1)", '', '9', '', '', 'a feature is missing in this row'],
      ['four', '8', '9', '2', "'=high", ''],
      ['five', '8.1', '9.3', '2', "'=high", ''],
      ['six, six', '1.1', '-2', '1', 'low', ''],
    ]);
  });
});

describe('an exported job', () => {
  it('makes the command line fit what was fitted', async () => {
    const table = await service.open(twoGroups);
    const { fit, specification: wanted } = await fitted(table);
    const file = service.granted('job.json', 'write');
    valueOf(await service.client.call('export.job', { fit, file, import: { delimiter: ',' } }));
    const job = jobFile.parse(JSON.parse(readFileSync(path.join(service.folder, 'job.json'), 'utf8')));
    expect(job.data).toMatchObject({ file: table.fileName, import: { delimiter: ',' } });
    expect(jobSpecification(job, [], wanted.start)).toEqual(wanted);
  });
});

describe('an exported table with missing cells', () => {
  it('has what the model puts there beside the cells, and blanks where the file has a value', async () => {
    const table = await service.open('a,b,answer\n1,2,y\n2,4.5,n\n3,6,y\n4,,\n5,10.5,y\n');
    const kinds = { a: 'number', b: 'number', answer: 'yesNo' } as const;
    const wanted = fitSpecification.parse({
      preparation: { features: ['a', 'b', 'answer'], kinds },
      model: { family: 'mixed', components: 1 },
      run: {},
    });
    const summary = valueOf(
      await service.client.call('fit.run', { table: table.table, specification: wanted }),
    );
    const { fit } = summary;
    const file = service.granted('out.csv', 'write');
    valueOf(await service.client.call('export.rows', { fit, file, clusterNames: ['all'] }));
    const cells = valueOf(await service.client.call('fit.imputed', { fit, rows: null }));
    const { logDensity } = valueOf(
      await service.client.call('fit.memberships', { fit, rows: Int32Array.of(0, 1, 2, 3, 4, 99) }),
    );
    const text = readFileSync(path.join(service.folder, 'out.csv'), 'utf8');
    const [head, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    expect(head.slice(7)).toEqual([
      'log_density',
      'b_imputed',
      'b_sd',
      'answer_imputed',
      'answer_probability',
    ]);
    // The answers that were given: three y, one n.
    expect(rows[3].slice(8)).toEqual([String(cells.value[0]), String(cells.spread[0]), 'y', '0.75']);
    expect(cells.value[0]).toBeCloseTo(8.3, 0);
    for (const row of [0, 1, 2, 4]) expect(rows[row].slice(8)).toEqual(['', '', '', '']);
    expect(rows.map((row) => Number(row[7]))).toEqual([...logDensity.subarray(0, 5)]);
    expect(logDensity.subarray(0, 5).reduce((sum, value) => sum + value)).toBeCloseTo(
      summary.criteria.logLikelihood ?? NaN,
      9,
    );
    expect(logDensity[5]).toBeNaN();
  });
});

describe('a scatter', () => {
  const scatter = async (table: TableSummary, limit: number) =>
    valueOf(
      await service.client.call('table.scatter', {
        table: table.table,
        preparation: specification().preparation,
        axes: { kind: 'features', x: 1, y: 0 },
        limit,
      }),
    );

  it('shows the rows used in units of the file', async () => {
    const points = await scatter(await service.open(twoGroups), 100);
    expect([...points.x]).toEqual([2, 2.1, 9, 9.3, -2]);
    expect([...points.y]).toEqual([1, 1.2, 8, 8.1, 1.1]);
    expect([...points.row]).toEqual([0, 1, 3, 4, 5]);
  });

  it('of a file that repeats in a fixed step shows every kind of row, and the same rows each time', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i % 5},${i}`).join('\n');
    const table = await service.open(`a,b\n${rows}\n`);
    const points = await scatter(table, 1000);
    expect(points.total).toBe(5000);
    expect(new Set(points.y)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(await scatter(table, 1000)).toEqual(points);
  });
});
