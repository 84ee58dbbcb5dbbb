import { expect, test } from 'vitest';
import { convergenceChart, type ConvergenceView } from '../../renderer/charts/convergenceChart';
import { traceOf } from '../../shared/trace';
import { hasFunction, rounded, testTheme } from './theme';

interface Series {
  id: string;
  data: [number, number][];
  lineStyle: { color: string };
  endLabel?: { formatter: string };
}

const view: ConvergenceView = {
  objective: 'logLikelihood',
  leading: 1,
  leadingLabel: 'start 2: -1130.264',
  turns: [],
  hasDivergence: true,
  cursor: null,
  runs: [
    { restart: 0, trace: traceOf([-1300, -1290]) },
    { restart: 1, trace: traceOf([-1200, -1140, -1130.264]) },
    { restart: 2, trace: traceOf([-1250, -1180]) },
  ],
};
const seriesOf = (of: ConvergenceView): Series[] =>
  convergenceChart(of, testTheme).series as unknown as Series[];

const seriesNamed = (of: ConvergenceView, id: string): Series => seriesOf(of).find((one) => one.id === id)!;

/** A start with half-steps: each M-step raises the bound, each E-step closes the gap. */
const soft: ConvergenceView = {
  ...view,
  runs: [
    {
      restart: 1,
      trace: traceOf([-1200, -1140, -1130], {
        logLikelihood: Float64Array.of(-1200, -1140, -1130),
        boundAfterM: Float64Array.of(NaN, -1145, -1130.001),
        boundAfterE: Float64Array.of(-1200, -1140, -1130),
      }),
    },
  ],
};

test('the bound stands at each half-step, and touches the likelihood after the E-step', () => {
  expect(seriesNamed(soft, 'bound').data).toEqual([
    [0, -1200],
    [0.5, -1145],
    [1, -1140],
    [1.5, -1130.001],
    [2, -1130],
  ]);
  expect(seriesNamed(soft, 'leading').data).toEqual([
    [0, -1200],
    [0.5, -1140],
    [1, -1140],
    [1.5, -1130],
    [2, -1130],
  ]);
});

test('the gap is shaded from the bound up to the likelihood, and read off a logarithmic axis of its own', () => {
  expect(seriesNamed(soft, 'gap').data).toEqual([
    [0.5, -1145],
    [0.5, -1140],
    [NaN, NaN],
    [1.5, -1130.001],
    [1.5, -1130],
  ]);
  const divergence = seriesNamed(soft, 'divergence').data.map(([, y]) => y);
  expect(divergence[0]).toBeNaN();
  expect(divergence[1]).toBeCloseTo(Math.log10(5), 10);
  expect(divergence[2]).toBeCloseTo(-3, 8);
  expect(seriesOf(soft).some((one) => one.id === 'divergence after E')).toBe(false);
  expect(convergenceChart(soft, testTheme).yAxis).toMatchObject([
    { name: 'log-likelihood (higher is better)' },
    { min: -4, max: 1, axisLabel: { formatter: '1e{value}' } },
  ]);
});

test('of hard memberships the gap after the E-step is drawn too, and the likelihood beside the objective', () => {
  const hard: ConvergenceView = {
    ...soft,
    objective: 'classificationLogLikelihood',
    runs: [
      {
        restart: 1,
        trace: traceOf([-1210, -1150], {
          logLikelihood: Float64Array.of(-1200, -1140),
          boundAfterM: Float64Array.of(NaN, -1155),
          boundAfterE: Float64Array.of(-1210, -1150),
        }),
      },
    ],
  };
  expect(seriesNamed(hard, 'divergence after E').data).toEqual([
    [0, 1],
    [1, 1],
  ]);
  expect(seriesNamed(hard, 'leading').data).toEqual([
    [0, -1210],
    [1, -1150],
  ]);
  expect(seriesNamed(hard, 'logLikelihood').data.at(-1)).toEqual([1, -1140]);
});

test('a run at rest has no gap to draw, and no panel for it', () => {
  const still = traceOf([-5, -5], {
    logLikelihood: Float64Array.of(-5, -5),
    boundAfterM: Float64Array.of(NaN, -5),
    boundAfterE: Float64Array.of(-5, -5),
  });
  const option = convergenceChart({ ...soft, runs: [{ restart: 1, trace: still }] }, testTheme);
  expect(Array.isArray(option.yAxis)).toBe(false);
});

test('other starts are shown by their log-likelihood where their objective was another one', () => {
  const annealed = traceOf([-900, -1180], {
    logLikelihood: Float64Array.of(-1250, -1180),
    boundAfterM: Float64Array.of(NaN, -1181),
    boundAfterE: Float64Array.of(-1251, -1180),
  });
  const option = { ...soft, runs: [...soft.runs, { restart: 5, trace: annealed }] };
  expect(seriesNamed(option, 'others').data).toEqual([
    [0, -1250],
    [1, -1180],
  ]);
});

test('a distortion has no bound, whatever its half-steps hold', () => {
  const { trace } = soft.runs[0];
  const means = { ...soft, objective: 'distortion' as const, runs: [{ restart: 1, trace }] };
  expect(seriesOf(means).map(({ id }) => id)).toEqual(['others', 'leading', 'turns', 'cursor']);
});

test('where there is no room, the gap is shaded all the same and nothing stands beside', () => {
  const narrow = convergenceChart({ ...soft, hasDivergence: false }, testTheme);
  expect((narrow.series as unknown as Series[]).map(({ id }) => id)).toEqual([
    'others',
    'gap',
    'bound',
    'leading',
    'turns',
    'cursor',
  ]);
  expect(Array.isArray(narrow.yAxis)).toBe(false);
});

test('a start that began badly takes no room from the leading one', () => {
  const poor = { restart: 7, trace: traceOf([-99_000, -1210]) };
  const { yAxis } = convergenceChart({ ...view, runs: [...view.runs, poor] }, testTheme);
  expect(yAxis).toMatchObject({ min: expect.closeTo(-1300, -2) as number });
});

test('a start that broke off is dotted, and however high it came the axis is not its', () => {
  const collapsed = { restart: 7, trace: traceOf([-1250, 40_000]), hasFailed: true };
  const broken = { ...view, runs: [...view.runs, collapsed] };
  expect(convergenceChart(broken, testTheme).yAxis).toEqual(convergenceChart(view, testTheme).yAxis);
  expect(seriesNamed(broken, 'failed').data.at(-1)).toEqual([1, 40_000]);
  expect(seriesNamed(broken, 'failed').lineStyle).toMatchObject({ type: 'dotted' });
  expect(seriesNamed(broken, 'others')).toEqual(seriesNamed(view, 'others'));
});

test('a rise that only rounding could have made is drawn level, with short numbers beside it', () => {
  const still = { restart: 2, trace: traceOf([-214.354705, -214.354704]) };
  const { yAxis } = convergenceChart({ ...view, runs: [still], leading: 2 }, testTheme);
  const { min, max } = yAxis as { min: number; max: number };
  expect(max - min).toBeGreaterThan(1e-3);
  expect(String(min).length).toBeLessThan(10);
});

test('where the objective becomes another one, a dotted line stands', () => {
  const [first] = seriesNamed({ ...view, turns: [1, 2] }, 'turns').data;
  expect(first[0]).toBe(1);
  expect(seriesNamed({ ...view, turns: [1, 2] }, 'turns').data.map(([x]) => x)).toEqual([1, 1, NaN, 2, 2]);
});

test('the iteration looked at is an upright line through both panels', () => {
  const looked = { ...soft, cursor: 1 };
  expect(seriesNamed(looked, 'cursor').data.map(([x]) => x)).toEqual([1, 1]);
  expect(seriesNamed(looked, 'cursor beside').data).toEqual([
    [1, -4],
    [1, 1],
  ]);
});

test('the leading start has its own series in the accent colour, labelled at its end', () => {
  const others = seriesNamed(view, 'others');
  const leading = seriesNamed(view, 'leading');
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
  const others = seriesNamed(view, 'others');
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
  expect(series.map((one) => one.id)).toEqual(['others', 'leading', 'turns', 'cursor']);
  expect(series[0].data.length).toBeLessThanOrEqual(30_000);
  expect(series[1].data).toHaveLength(1000);
});

test.each([
  ['logLikelihood', 'log-likelihood (higher is better)'],
  ['distortion', 'distortion J (lower is better)'],
] as const)('the axis of %s says which direction is better', (objective, name) => {
  const option = convergenceChart({ ...view, objective }, testTheme);
  expect(option.yAxis).toMatchObject({ name });
  expect(option.xAxis).toMatchObject({ name: 'iteration', minInterval: 1 });
});

test('before the first point there is an empty chart, not an error', () => {
  const series = seriesOf({ ...view, runs: [], leading: null, leadingLabel: '' });
  expect(series.map((one) => one.data)).toEqual([[], [], [], []]);
});

test('the option is plain data without functions or animation', () => {
  const option = convergenceChart(view, testTheme);
  expect(hasFunction(option)).toBe(false);
  expect(option.animation).toBe(false);
});

test('the pictures of three starts and of half-steps', () => {
  expect(rounded(convergenceChart(view, testTheme))).toMatchSnapshot();
  expect(rounded(convergenceChart(soft, testTheme))).toMatchSnapshot();
});
