import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FitSummary } from '../../../shared/fit';
import type { RuleCondition } from '../../../shared/results';
import { openService, specified, valueOf, type OpenService } from '../openService';

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

const irisFile = path.resolve(import.meta.dirname, '../../../examples/iris.csv');
const irisFeatures = ['Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width'];
const fitted = async (text: string, features: string[], model: object): Promise<FitSummary> => {
  const table = await service.open(text);
  const specification = specified(features, model, {
    preparation: { scaling: 'none' },
    run: { restarts: 5 },
  });
  return valueOf(await service.client.call('fit.run', { table: table.table, specification }));
};
const iris = (components: number): Promise<FitSummary> =>
  fitted(readFileSync(irisFile, 'utf8'), irisFeatures, { family: 'kmeans', components });

it('histograms hold every row once, in its cluster, between the smallest and the largest value', async () => {
  const { fit, profiles } = await iris(3);
  const { histograms } = valueOf(await service.client.call('fit.histograms', { fit, rows: null }));
  expect(histograms.map(({ feature }) => feature)).toEqual([0, 1, 2, 3]);
  for (const { edges, counts } of histograms) {
    const bins = edges.length - 1;
    profiles.forEach(({ rows }, cluster) => {
      const own = counts.subarray(cluster * bins, (cluster + 1) * bins);
      expect(own.reduce((sum, count) => sum + count, 0)).toBe(rows);
    });
  }
  const petal = histograms[2].edges;
  expect(petal[0]).toBeCloseTo(1, 9);
  expect(petal.at(-1)).toBeCloseTo(6.9, 9);
});

it('histograms of categories and yes/no count levels, and leave missing cells out', async () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i % 2 ? 'yes' : 'no'},${i === 7 ? '' : 'abc'[i % 3]}`,
  );
  const { fit, features } = await fitted(['sex,letter', ...lines].join('\n'), ['sex', 'letter'], {
    family: 'mixed',
    components: 2,
  });
  expect(features.map(({ kind }) => kind)).toEqual(['yesNo', 'category']);
  const { histograms } = valueOf(await service.client.call('fit.histograms', { fit, rows: null }));
  const sums = histograms.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  expect(sums).toEqual([60, 59]);
  expect(histograms[0].edges).toHaveLength(0);
  expect(histograms[1].counts).toHaveLength(2 * 3);
});

it('the silhouette of iris in three is that of R, row by row and on the whole', async () => {
  // cluster::silhouette of kmeans(iris[, 1:4], 3): 0.5528190 on average.
  const { fit } = await iris(3);
  const { plot } = valueOf(await service.client.call('fit.silhouette', { fit }));
  expect(plot?.value).toBeCloseTo(0.5528190124, 9);
  expect(plot?.standardError).toBeNull();
  expect([...(plot?.row ?? [])]).toEqual(Array.from({ length: 150 }, (_, row) => row));
  const means = plot?.byCluster.map((value) => Number(value.toFixed(4))).sort();
  expect(means).toEqual([0.4173, 0.4511, 0.7981]);
});

it('a single cluster has no silhouette', async () => {
  const { fit } = await iris(1);
  expect(valueOf(await service.client.call('fit.silhouette', { fit })).plot).toBeNull();
});

it('a sample of rows has their cells in units of the file, in the order of the table', async () => {
  const { fit } = await iris(3);
  const all = valueOf(await service.client.call('fit.sample', { fit, limit: 1000 }));
  expect(all.total).toBe(150);
  expect([...all.values.subarray(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2]);
  const some = valueOf(await service.client.call('fit.sample', { fit, limit: 10 }));
  expect(some.row).toHaveLength(10);
  some.row.forEach((row, at) => {
    expect(Math.floor(row / 15)).toBe(at);
    const cells = [...some.values.subarray(4 * at, 4 * at + 4)];
    expect(cells).toEqual([...all.values.subarray(4 * row, 4 * row + 4)]);
    expect(some.cluster[at]).toBe(all.cluster[row]);
  });
});

it('histograms of some rows have the bins of all of them', async () => {
  const { fit } = await iris(3);
  const all = valueOf(await service.client.call('fit.histograms', { fit, rows: null })).histograms;
  const some = valueOf(await service.client.call('fit.histograms', { fit, rows: Int32Array.of(0, 60, 149) }));
  some.histograms.forEach(({ edges, counts }, at) => {
    expect([...edges]).toEqual([...all[at].edges]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    counts.forEach((count, bin) => expect(count).toBeLessThanOrEqual(all[at].counts[bin]));
  });
});

it('rows are found by cluster and by what is in their cells', async () => {
  const { fit, profiles } = await iris(3);
  const where = async (cluster: number | null, conditions: RuleCondition[]): Promise<number[]> => [
    ...valueOf(await service.client.call('fit.rowsWhere', { fit, cluster, conditions })).row,
  ];
  const short = await where(null, [{ kind: 'range', feature: 2, from: null, below: 2.45 }]);
  expect(short).toEqual(Array.from({ length: 50 }, (_, row) => row));
  for (const [cluster, { rows }] of profiles.entries()) expect(await where(cluster, [])).toHaveLength(rows);
  // Values 1.4 and above, below 1.5: the end is not in, the beginning is.
  const narrow = await where(null, [{ kind: 'range', feature: 2, from: 1.4, below: 1.5 }]);
  expect(narrow).toHaveLength(13);
});
