import { expect, test } from 'vitest';
import { newSigns } from '../../renderer/charts/clusterSign';
import { profileChart } from '../../renderer/charts/profileChart';
import { profileView, type DiscreteFeature } from '../../renderer/charts/profileView';
import { clusterColour, clusterShape } from '../../shared/colour';
import type { ClusterProfile, ComponentParameters } from '../../shared/fit';
import { hasFunction, rounded, testTheme } from './theme';

const features: readonly DiscreteFeature[] = [
  { kind: 'category', name: 'colour', levels: ['red', 'blue'], index: 0 },
  { kind: 'yesNo', name: 'aid', yes: 'y', index: 1 },
  { kind: 'yesNo', name: 'trade', yes: null, index: 3 },
];
const parameters: ComponentParameters = {
  weight: Float64Array.of(0.6, 0.4),
  mean: Float64Array.of(1, 2),
  covariance: Float64Array.of(1, 1),
  probability: Float64Array.of(0.9, 0.8, 0.1, 0.2),
  category: Float64Array.of(0.7, 0.3, 0, 1),
};
const overall: ClusterProfile = {
  rows: 10,
  share: 1,
  mean: Float64Array.of(NaN, 0.58, 1.4, 0.56),
  sd: Float64Array.of(NaN, 0.4, 1, 0.4),
  levels: [Float64Array.of(0.42, 0.58), null, null, null],
};
const signs = newSigns(['for', 'against']);
const view = profileView(features, parameters, overall, signs);

test('answers come first, then the levels of each category, with the probabilities of every cluster', () => {
  expect(view.items).toEqual(['aid: y', 'trade', 'colour: red', 'colour: blue']);
  expect(view.clusters.map(({ name, probabilities }) => [name, probabilities])).toEqual([
    ['for', [0.9, 0.8, 0.7, 0.3]],
    ['against', [0.1, 0.2, 0, 1]],
  ]);
  expect(view.overall).toEqual([0.58, 0.56, 0.42, 0.58]);
});

test('lines break where another category begins', () => {
  expect(view.breaks).toEqual([1]);
  const [, first] = profileChart(view, testTheme).series as unknown as { data: [number, number][] }[];
  expect(first.data).toEqual([
    [0, 0.9],
    [1, 0.8],
    [1, NaN],
    [2, 0.7],
    [3, 0.3],
  ]);
});

test('a cluster has its own colour and shape, and all rows stand behind', () => {
  const series = profileChart(view, testTheme).series as unknown as {
    id: string;
    symbol: string;
    itemStyle: { color: string };
    z: number;
  }[];
  expect(series.map(({ id }) => id)).toEqual(['overall', 'cluster 0', 'cluster 1']);
  for (const component of [0, 1])
    expect(series[component + 1]).toMatchObject({
      symbol: clusterShape(component),
      itemStyle: { color: clusterColour(component) },
    });
  expect(series[0].z).toBeLessThan(series[1].z);
});

test('while a fit runs there are no rows to compare with', () => {
  const live = profileView(features, parameters, null, signs);
  expect((profileChart(live, testTheme).series as unknown[]).length).toBe(2);
});

test('the option is plain data, and the picture is as it was', () => {
  const option = profileChart(view, testTheme);
  expect(hasFunction(option)).toBe(false);
  expect(rounded(option)).toMatchSnapshot();
});
