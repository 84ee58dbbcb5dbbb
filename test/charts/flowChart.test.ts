import { expect, test } from 'vitest';
import { newSigns } from '../../renderer/charts/clusterSign';
import { flowChart } from '../../renderer/charts/flowChart';
import { flowView, orderedGroups } from '../../renderer/charts/flowView';
import { clusterColour } from '../../shared/colour';
import type { Comparison } from '../../shared/results';
import { hasFunction, rounded, testTheme } from './theme';

/** Clusters x groups: the second group is the first cluster, the first the second; the third goes with none. */
const comparison: Comparison = {
  groups: ['setosa', 'versicolor', 'other'],
  counts: Float64Array.of(2, 48, 1, 50, 0, 0),
  rows: 101,
  rowsWithout: 0,
  match: Int32Array.of(1, 0, -1),
  agreement: 98 / 101,
  adjustedRandIndex: 0.9,
  normalisedMutualInformation: 0.8,
};
const signs = newSigns(['Cluster 1', 'Cluster 2']);

test('groups stand in the order of their clusters and wear their colours; one without a cluster is last and grey', () => {
  expect(orderedGroups(comparison, signs, null).map(({ name, identity }) => [name, identity])).toEqual([
    ['versicolor', 0],
    ['setosa', 1],
    ['other', null],
  ]);
});

test('clusters of another fit keep their own names and colours', () => {
  const others = newSigns(['early', 'late', 'rest']).map((sign) => ({
    ...sign,
    identity: sign.identity + 4,
  }));
  expect(orderedGroups(comparison, signs, others).map(({ name, identity }) => [name, identity])).toEqual([
    ['late', 5],
    ['early', 4],
    ['rest', 6],
  ]);
});

test('every pair with rows is one band, and none of them is lost', () => {
  const { flows } = flowView(comparison, signs, null);
  expect(flows).toEqual([
    { from: 0, to: 0, rows: 48 },
    { from: 1, to: 0, rows: 2 },
    { from: 1, to: 1, rows: 50 },
    { from: 2, to: 0, rows: 1 },
  ]);
});

test('the option is plain data, its bands in the colour of the cluster they lead to', () => {
  const option = flowChart(flowView(comparison, signs, null), testTheme);
  expect(hasFunction(option)).toBe(false);
  const [series] = option.series as { links: { lineStyle: { color: string } }[] }[];
  expect(series.links.map(({ lineStyle }) => lineStyle.color)).toEqual(
    [0, 0, 1, 0].map((cluster) => clusterColour(cluster)),
  );
  expect(rounded(option)).toMatchSnapshot();
});

test('groups and clusters of the same name stay apart', () => {
  const same = { ...comparison, groups: ['Cluster 1', 'Cluster 1', 'Cluster 2'] };
  const option = flowChart(flowView(same, signs, null), testTheme);
  const [series] = option.series as { data: { name: string }[] }[];
  expect(new Set(series.data.map(({ name }) => name)).size).toBe(5);
});
