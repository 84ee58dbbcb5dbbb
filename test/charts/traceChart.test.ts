import { expect, test } from 'vitest';
import { traceChart, type TraceView } from '../../renderer/charts/traceChart';
import { traceOf } from '../../shared/trace';
import { hasFunction, rounded, testTheme } from './theme';

interface Series {
  id: string;
  data: [number, number][];
  lineStyle: { color: string };
  endLabel?: { formatter: string };
}

const view: TraceView = {
  objective: 'logLikelihood',
  leading: 1,
  leadingLabel: 'start 2: -1130.264',
  runs: [
    { restart: 0, trace: traceOf([-1300, -1290]) },
    { restart: 1, trace: traceOf([-1200, -1140, -1130.264]) },
    { restart: 2, trace: traceOf([-1250, -1180]) },
  ],
};
const seriesOf = (of: TraceView): Series[] => traceChart(of, testTheme).series as unknown as Series[];

test('the leading start has its own series in the accent colour, labelled at its end', () => {
  const [others, leading] = seriesOf(view);
  expect(leading.data).toEqual([
    [0, -1200],
    [1, -1140],
    [2, -1130.264],
  ]);
  expect(leading.lineStyle.color).toBe('#accent');
  expect(leading.endLabel?.formatter).toBe('start 2: -1130.264');
  expect(others.lineStyle.color).toBe('#mark');
});

test('all other starts are one series with a gap between them', () => {
  const [others] = seriesOf(view);
  expect(others.data).toEqual([
    [0, -1300],
    [1, -1290],
    [NaN, NaN],
    [0, -1250],
    [1, -1180],
  ]);
});

test('ten thousand starts of a thousand iterations stay two series of a size that can be drawn', () => {
  const trace = traceOf(Array.from({ length: 1000 }, (_, i) => -1 / (i + 1)));
  const series = seriesOf({
    ...view,
    runs: Array.from({ length: 10_000 }, (_, restart) => ({ restart, trace })),
  });
  expect(series).toHaveLength(2);
  expect(series[0].data.length).toBeLessThanOrEqual(30_000);
  expect(series[1].data).toHaveLength(1000);
});

test.each([
  ['logLikelihood', 'log-likelihood (higher is better)'],
  ['distortion', 'distortion J (lower is better)'],
] as const)('the axis of %s says which direction is better', (objective, name) => {
  const option = traceChart({ ...view, objective }, testTheme);
  expect(option.yAxis).toMatchObject({ name });
  expect(option.xAxis).toMatchObject({ name: 'iteration', minInterval: 1 });
});

test('before the first point there is an empty chart, not an error', () => {
  const series = seriesOf({ ...view, runs: [], leading: null, leadingLabel: '' });
  expect(series.map((one) => one.data)).toEqual([[], []]);
});

test('the option is plain data without functions or animation', () => {
  const option = traceChart(view, testTheme);
  expect(hasFunction(option)).toBe(false);
  expect(option.animation).toBe(false);
});

test('the picture of three starts', () => {
  expect(rounded(traceChart(view, testTheme))).toMatchSnapshot();
});
