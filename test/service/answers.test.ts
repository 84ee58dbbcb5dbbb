import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitEvent, FitSpecification, FitSummary } from '../../shared/fit';
import { runId } from '../../shared/ids';
import type { TableSummary } from '../../shared/table';
import { openService, specified, valueOf, type OpenService } from './openService';

const example = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../examples', name), 'utf8');

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

const fitted = async (table: TableSummary, specification: FitSpecification): Promise<FitSummary> =>
  valueOf(await service.client.call('fit.run', { table: table.table, specification }));

const species = { kinds: { Species: 'category' } };
const mixed = { family: 'mixed', components: 3, covariance: 'VVI' };

describe('a summary of mixed features', () => {
  it('has profiles, parameters and moments in units of the file, whatever the scaling', async () => {
    const table = await service.open(example('iris.csv'));
    const names = ['Petal.Width', 'Species', 'Sepal.Length'];
    const run = { tolerance: 1e-13 };
    const scaled = await fitted(table, specified(names, mixed, { preparation: species, run }));
    const raw = await fitted(
      table,
      specified(names, mixed, { preparation: { ...species, scaling: 'none' }, run }),
    );
    expect(raw.criteria.logLikelihood).toBeCloseTo(scaled.criteria.logLikelihood ?? NaN, 6);
    [...raw.parameters.mean].forEach((mean, i) => expect(scaled.parameters.mean[i]).toBeCloseTo(mean, 5));
    expect(raw.features.map(({ kind }) => kind)).toEqual(['number', 'category', 'number']);
    const { overall, mixture } = scaled;
    expect(overall.mean[0]).toBeCloseTo(1.199333, 5);
    expect(overall.mean[1]).toBeNaN();
    expect([...(overall.levels[1] ?? [])].map((share) => share.toFixed(6))).toEqual(
      Array(3).fill('0.333333'),
    );
    // A converged mixture has the mean of the data, level by level (Bishop, 2006, eq. 9.49 and the M-step).
    const means = [...(mixture?.mean ?? [])];
    [1.199333, 1 / 3, 1 / 3, 1 / 3, 5.843333].forEach((mean, a) => expect(means[a]).toBeCloseTo(mean, 5));
    expect(mixture?.covariance).toHaveLength(25);
  });

  it('is shown in a scatter of its numbers, by the places of the features', async () => {
    const table = await service.open(example('iris.csv'));
    const { preparation } = specified(['Petal.Width', 'Species', 'Sepal.Length'], mixed, {
      preparation: species,
    });
    const points = valueOf(
      await service.client.call('table.scatter', {
        table: table.table,
        preparation,
        axes: { kind: 'features', x: 2, y: 0 },
        limit: 10_000,
      }),
    );
    expect(points.x[0]).toBeCloseTo(5.1, 12);
    expect(points.y[0]).toBeCloseTo(0.2, 12);
    expect([...points.matrix]).toEqual([0, 1, 1, 0]);
    const wrong = await service.client.call('table.scatter', {
      table: table.table,
      preparation,
      axes: { kind: 'features', x: 1, y: 0 },
      limit: 10,
    });
    expect(wrong.ok).toBe(false);
  });
});

describe('a prior', () => {
  it('gives the same log posterior whatever the scaling, when it is given in units of the file', async () => {
    const table = await service.open(example('faithful.csv'));
    const normal = {
      mean: [3.5, 71],
      shrinkage: 0.01,
      degreesOfFreedom: 4,
      scale: [
        [0.4, 4],
        [4, 60],
      ],
    };
    const model = { family: 'gaussian', components: 2, prior: { normal, weights: 2 } };
    const names = ['eruptions', 'waiting'];
    const more = { run: { tolerance: 1e-12 } };
    const raw = await fitted(table, specified(names, model, { ...more, preparation: { scaling: 'none' } }));
    const scaled = await fitted(table, specified(names, model, more));
    expect(raw.objective).toBe('logPosterior');
    expect(scaled.criteria.logPosterior).toBeCloseTo(raw.criteria.logPosterior ?? NaN, 6);
    expect(scaled.criteria.logLikelihood).toBeCloseTo(raw.criteria.logLikelihood ?? NaN, 4);
    expect(raw.criteria.logLikelihood).not.toBe(raw.criteria.logPosterior);
  });

  it('that makes no sense is refused with its place', async () => {
    const table = await service.open(example('faithful.csv'));
    const normal = { mean: [3.5], shrinkage: 0.01, degreesOfFreedom: 4, scale: [[1]] };
    const model = { family: 'gaussian', components: 2, prior: { normal } };
    const answer = await service.client.call('fit.run', {
      table: table.table,
      specification: specified(['eruptions', 'waiting'], model),
    });
    expect(answer).toMatchObject({ failure: { kind: 'badRequest', path: 'model.prior.normal' } });
  });
});

describe('known labels', () => {
  const labelled = (labels: (row: number, name: string) => string): string =>
    example('iris.csv')
      .trim()
      .split('\n')
      .map((line, i) => `${line},${i === 0 ? 'known' : labels(i - 1, line.split(',')[4] ?? '')}`)
      .join('\n');
  const names = ['Petal.Length', 'Petal.Width'];
  const known = { preparation: { labels: 'known' } };

  it('keep their rows in their clusters and number the clusters', async () => {
    const table = await service.open(labelled((row, name) => (row % 5 === 0 ? name : '')));
    const summary = await fitted(table, specified(names, { family: 'gaussian', components: 3 }, known));
    expect(summary.labelledRows).toBe(30);
    expect(summary.labels).toEqual(['setosa', 'versicolor', 'virginica']);
    const { label, responsibilities } = valueOf(
      await service.client.call('fit.responsibilities', { fit: summary.fit }),
    );
    for (let row = 0; row < 150; row += 5) {
      expect(label[row]).toBe(Math.floor(row / 50));
      expect(responsibilities[3 * row + Math.floor(row / 50)]).toBe(1);
    }
  });

  it('are refused by k-means, which has no way to heed them', async () => {
    const table = await service.open(labelled((_row, name) => name));
    const answer = await service.client.call('fit.run', {
      table: table.table,
      specification: specified(names, { family: 'kmeans', components: 3 }, known),
    });
    expect(answer).toMatchObject({ failure: { kind: 'badRequest', path: 'preparation.labels' } });
  });

  it('of more clusters than are asked for are refused', async () => {
    const table = await service.open(labelled((_row, name) => name));
    const answer = await service.client.call('fit.run', {
      table: table.table,
      specification: specified(names, { family: 'gaussian', components: 2 }, known),
    });
    expect(answer).toMatchObject({ failure: { kind: 'tooManyLabels', labels: 3, components: 2 } });
  });
});

describe('missing cells', () => {
  const holes = 'a,b,c\n1,2,yes\n,2.2,no\n1.4,,yes\n5,9,\n5.5,9.5,no\n5.2,,no\n1.1,1.8,yes\n4.8,9.1,no\n';
  const model = { family: 'mixed', components: 1, covariance: 'VVV' };

  it('are told with their expected values in units of the file; every row has a cluster', async () => {
    const table = await service.open(holes);
    const summary = await fitted(table, specified(['a', 'b', 'c'], model));
    expect(summary).toMatchObject({ missingCells: 4, rowsUsed: 8, rowsLeftOut: 0 });
    const all = valueOf(await service.client.call('fit.imputed', { fit: summary.fit, rows: null }));
    expect([...all.row]).toEqual([1, 2, 3, 5]);
    expect([...all.feature]).toEqual([0, 1, 2, 1]);
    // One cluster: "yes" is as likely as among the rows that say.
    expect(all.value[2]).toBeCloseTo(3 / 7, 6);
    expect(all.value[1]).toBeGreaterThan(1.5);
    expect(all.value[1]).toBeLessThan(4);
    const some = valueOf(
      await service.client.call('fit.imputed', { fit: summary.fit, rows: Int32Array.of(5, 0) }),
    );
    expect([...some.row]).toEqual([5]);
    expect(some.value[0]).toBe(all.value[3]);
  });

  it('can be asked for after their table was closed', async () => {
    const table = await service.open(holes);
    const summary = await fitted(table, specified(['a', 'b', 'c'], model));
    await service.client.call('table.close', { table: table.table });
    const all = valueOf(await service.client.call('fit.imputed', { fit: summary.fit, rows: null }));
    expect(all.row).toHaveLength(4);
  });
});

describe('a run that is steered', () => {
  it('waits when it begins paused, makes one iteration a step, and ends after it is resumed', async () => {
    const table = await service.open(example('faithful.csv'));
    const run = runId.parse('steered');
    const seen: number[] = [];
    let onPoint = (): void => undefined;
    const next = (): Promise<void> => new Promise((resolve) => (onPoint = resolve));
    const onEvent = (event: FitEvent): void => {
      if (event.kind !== 'progress') return;
      seen.push(...event.points.map(({ iteration }) => iteration));
      if (event.points.length > 0) onPoint();
    };
    const specification = specified(
      ['eruptions', 'waiting'],
      { family: 'gaussian', components: 2 },
      {
        run: { restarts: 1, tolerance: 0, maxIterations: 50 },
      },
    );
    const steer = (command: 'step' | 'resume') => service.client.call('fit.steer', { run, command });
    const body = { table: table.table, specification, run, paused: true };
    const fit = service.client.call('fit.run', body, { onEvent });
    for (let step = 1; step <= 3; step++) {
      const point = next();
      valueOf(await steer('step'));
      await point;
      expect(seen).toHaveLength(step);
    }
    valueOf(await steer('resume'));
    const summary = valueOf(await fit);
    expect(summary.iterations).toBeGreaterThan(3);
    expect((await steer('step')).ok).toBe(false);
  });

  it('leaves frames: every iteration of a short run, in units of the file, in the order of its clusters', async () => {
    const table = await service.open(example('faithful.csv'));
    const summary = await fitted(
      table,
      specified(['eruptions', 'waiting'], { family: 'gaussian', components: 2 }),
    );
    const { frames } = valueOf(await service.client.call('fit.frames', { fit: summary.fit }));
    expect(frames.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: summary.iterations + 1 }, (_, i) => i),
    );
    expect(frames.at(-1)?.parameters.mean).toEqual(summary.parameters.mean);
    const best = summary.restarts.find(({ restart }) => restart === summary.bestRestart);
    expect(frames.map(({ objective }) => objective)).toEqual([...(best?.trace ?? [])]);
  });
});
