import { expect, test } from 'vitest';
import { newSigns } from '../../renderer/charts/clusterSign';
import { scatterChart, type ScatterView } from '../../renderer/charts/scatterChart';
import { componentsInPlane, scatterGround, scatterView } from '../../renderer/charts/scatterView';
import type { ComponentParameters } from '../../shared/fit';
import { clusterColour, clusterShape } from '../../shared/colour';
import type { ScatterPoints } from '../../shared/contract/messages';
import { faithfulSummary } from '../renderer/fitFixtures';
import { hasFunction, rounded, testTheme } from './theme';

interface Series {
  id: string;
  type: string;
  data: unknown;
  symbol?: string;
  large?: boolean;
  itemStyle?: { color: string };
  lineStyle?: { color: string };
}

const points: ScatterPoints = {
  x: Float64Array.of(3.6, 1.8, 3.333, 2.283, 4.533),
  y: Float64Array.of(79, 54, 74, 62, 85),
  row: Int32Array.of(0, 1, 2, 3, 4),
  total: 272,
  matrix: Float64Array.of(1, 0, 0, 1),
  centre: Float64Array.of(0, 0),
  xName: 'eruptions',
  yName: 'waiting',
};
const { parameters } = faithfulSummary();
const names = ['long', 'short'];
const labels = Int32Array.of(0, 1, 0, 1, 0);
function viewOf(
  of: ScatterPoints,
  components: ComponentParameters | null,
  clusters: Int32Array | null,
  called: readonly string[],
): ScatterView {
  const signs = newSigns(called);
  return scatterView(of, scatterGround(of, clusters, signs, null), components, signs);
}
const seriesOf = (view: ScatterView): Series[] => scatterChart(view, testTheme).series as unknown as Series[];

test('each cluster is one series with its own colour and shape, outlines in the same colour', () => {
  const series = seriesOf(viewOf(points, parameters, labels, names));
  expect(series.map((one) => one.id)).toEqual(['points 0', 'points 1', 'outline 0', 'outline 1', 'centres']);
  for (const component of [0, 1]) {
    expect(series[component].itemStyle?.color).toBe(clusterColour(component));
    expect(series[component].symbol).toBe(clusterShape(component));
    expect(series[2 + component].lineStyle?.color).toBe(clusterColour(component));
  }
});

test('a cluster keeps its colour when a cluster before it has no point in sight', () => {
  const series = seriesOf(viewOf(points, parameters, Int32Array.of(1, 1, 1, 1, 1), names));
  expect(series[0]).toMatchObject({ id: 'points 1', itemStyle: { color: clusterColour(1) } });
});

test('a cluster that was known before keeps its colour and shape, whatever its number is now', () => {
  const signs = [
    { name: 'short', identity: 1, isNamed: false },
    { name: 'long', identity: 0, isNamed: false },
  ];
  const series = seriesOf(scatterView(points, scatterGround(points, labels, signs, null), parameters, signs));
  expect(series.map((one) => one.id)).toEqual(['points 1', 'points 0', 'outline 1', 'outline 0', 'centres']);
  expect(series[0]).toMatchObject({ symbol: clusterShape(1), itemStyle: { color: clusterColour(1) } });
});

test('points keep their place and know where they come from', () => {
  const view = viewOf(points, parameters, labels, names);
  expect(view.groups[1]).toMatchObject({
    identity: 1,
    name: 'short',
    points: Float64Array.of(1.8, 54, 2.283, 62),
    indices: Int32Array.of(1, 3),
  });
});

test('a row without a cluster is not drawn into one', () => {
  const view = viewOf(points, parameters, Int32Array.of(-1, 1, 0, 1, 0), names);
  expect(view.groups.map((group) => group.points.length / 2)).toEqual([2, 2]);
});

test('without labels all points are one grey series', () => {
  const view = viewOf(points, null, null, []);
  const series = seriesOf(view);
  expect(series.map((one) => one.id)).toEqual(['points all', 'centres']);
  expect(series[0].itemStyle?.color).toBe('#mark');
  expect(view.groups[0].points).toHaveLength(10);
});

test('a centre of k-means has a mark but no outline', () => {
  const view = viewOf(points, { ...parameters, covariance: null }, labels, names);
  expect(seriesOf(view).some((one) => one.id.startsWith('outline'))).toBe(false);
  expect(view.components.map((one) => [one.x, one.y])).toEqual([
    [4.29, 79.97],
    [2.036, 54.48],
  ]);
});

test('the axes are those of the points and do not move with the outlines', () => {
  const near = viewOf(points, parameters, null, names);
  const far = viewOf(points, { ...parameters, mean: Float64Array.of(50, 500, -50, -500) }, null, names);
  expect(far.xRange).toEqual(near.xRange);
  expect(far.yRange).toEqual(near.yRange);
  expect(scatterChart(near, testTheme)).toMatchObject({
    xAxis: { name: 'eruptions', ...near.xRange },
    yAxis: { name: 'waiting', ...near.yRange },
  });
});

test('means and covariances follow the map of the points onto principal axes', () => {
  const turned = { ...points, matrix: Float64Array.of(0, 1, 1, 0), centre: Float64Array.of(3, 70) };
  const [first] = componentsInPlane(turned, parameters);
  expect(first).toMatchObject({ varianceX: 36.05, covariance: 0.94, varianceY: 0.17 });
  expect(first.x).toBeCloseTo(9.97, 10);
  expect(first.y).toBeCloseTo(1.29, 10);
});

test('with one feature the rows spread upwards and components are bands', () => {
  const line: ScatterPoints = {
    ...points,
    y: points.x,
    matrix: Float64Array.of(1, 1),
    centre: Float64Array.of(0),
    yName: 'eruptions',
  };
  const view = viewOf(
    line,
    {
      ...parameters,
      weight: Float64Array.of(1),
      mean: Float64Array.of(3),
      covariance: Float64Array.of(4),
    },
    null,
    ['all'],
  );
  expect(view.yName).toBe('row');
  expect(view.groups[0].points.slice(0, 4)).toEqual(Float64Array.of(3.6, 1, 1.8, 2));
  const [left, , right] = view.components[0].outlines[1];
  expect(left[0]).toBeCloseTo(3 - 1.96 * 2, 3);
  expect(right[0]).toBeCloseTo(3 + 1.96 * 2, 3);
});

test('twenty thousand points are drawn as one path a series, small enough to be filled fast', () => {
  const many = 20_000;
  const view = viewOf(
    {
      ...points,
      x: Float64Array.from({ length: many }, (_, i) => i),
      y: Float64Array.from({ length: many }, (_, i) => i),
      row: Int32Array.from({ length: many }, (_, i) => i),
    },
    parameters,
    Int32Array.from({ length: many }, (_, i) => i % 2),
    names,
  );
  for (const series of seriesOf(view).slice(0, 2))
    expect(series).toMatchObject({ large: true, progressive: 0, symbolSize: 3 });
});

test('the option is plain data without functions or animation', () => {
  const option = scatterChart(viewOf(points, parameters, labels, names), testTheme);
  expect(hasFunction(option)).toBe(false);
  expect(option.animation).toBe(false);
});

test('the picture of five rows in two clusters', () => {
  const view = viewOf(points, parameters, labels, names);
  const short = {
    ...view,
    components: view.components.map((one) => ({
      ...one,
      outlines: one.outlines.map((outline) => outline.slice(0, 3)),
    })),
  };
  expect(rounded(scatterChart(short, testTheme))).toMatchSnapshot();
});
