import type { ScatterSeriesOption } from 'echarts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beyond, gridChart, valueRange } from '../../renderer/charts/gridChart';
import { gridView, pointBeside, pointNear, type GridState } from '../../renderer/charts/gridView';
import { clusterColour, clusterShape } from '../../shared/colour';
import { describeGridCriterion, type GridCriterionName } from '../../shared/gridCriteria';
import type { Range } from '../../shared/range';
import type { GridPoint } from '../../shared/selection';
import { faithfulCells, fittedCell } from '../support/selectionFixtures';
import { hasFunction, rounded, testTheme } from './theme';

const state: GridState = {
  names: ['EEE', 'VVV', 'k-means'],
  kMeans: 2,
  from: 1,
  to: 3,
  cells: faithfulCells,
  gap: null,
  chosen: { model: 0, components: 2 },
  columnsAs: [0, 0, 0],
};
const viewOf = (name: GridCriterionName, of: GridState = state, pointed: GridPoint | null = null) =>
  gridView(of, describeGridCriterion(name), pointed);

interface Series {
  id: string;
  data: ([number, number] | { value: [number, number]; symbol: string })[];
  symbol?: string;
  itemStyle?: { color: string };
  label?: ScatterSeriesOption['label'];
}
const seriesOf = (view: ReturnType<typeof viewOf>, isSmall = false): Series[] =>
  gridChart(view, testTheme, isSmall).series as unknown as Series[];
const seriesNamed = (view: ReturnType<typeof viewOf>, id: string): Series =>
  seriesOf(view).find((one) => one.id === id)!;

test('each model that has the criterion is a line of its own colour and shape, named at its end', () => {
  const view = viewOf('heldOut');
  expect(view.lines.map(({ name }) => name)).toEqual(['EEE', 'VVV']);
  for (const model of [0, 1])
    expect(seriesNamed(view, `model ${model}`)).toMatchObject({
      symbol: clusterShape(model),
      itemStyle: { color: clusterColour(model) },
    });
  const names = seriesNamed(view, 'names').data as unknown as {
    value: [number, number];
    label: { formatter: string };
  }[];
  expect(names.map(({ label }) => label.formatter)).toEqual(['{dash|—} EEE', '{dash|—} VVV']);
});

test('names of lines that end at one K stand in one column, beyond the marks of all', () => {
  const cells = faithfulCells.filter(({ components }) => components < 3);
  const view = viewOf('heldOut', { ...state, cells });
  const last = view.lines.map(({ marks }) => marks.at(-1)!.components);
  expect(last).toEqual([2, 2]);
  const [first, second] = (seriesNamed(view, 'names').data as unknown as { value: [number, number] }[]).map(
    ({ value }) => value[0],
  );
  const furthest = (seriesNamed(view, 'model 1').data as [number, number][]).at(-1)![0];
  expect([first, second]).toEqual([furthest, furthest]);
});

test('a failed fit is a cross on the floor and one that has not converged stands apart, neither on the line', () => {
  const view = viewOf('heldOut');
  const ranked = view.lines[1].marks.map(({ components }) => components);
  expect(ranked).toEqual([2]);
  const { data } = seriesNamed(view, 'apart 1');
  const { min } = valueRange(view);
  const marks = data as { value: [number, number]; symbol: string }[];
  expect(marks[1].value[1]).toBe(min);
  expect(marks[1].symbol).toMatch(/^path/);
  expect(marks[0].symbol).toBe(clusterShape(1));
});

test('no point that is not ranked is ever best', () => {
  const cells = [
    ...faithfulCells.filter(({ model }) => model === 0),
    ...faithfulCells.filter(({ model, components }) => model === 1 && components !== 2),
  ];
  expect(viewOf('bic', { ...state, cells }).best).toEqual({ model: 0, components: 3 });
  const ofUnready = faithfulCells.filter(({ model, components }) => model === 1 && components === 1);
  expect(viewOf('bic', { ...state, cells: ofUnready }).best).toBeNull();
});

test('a score of some splits only is drawn but not best: the rows of one split may be easy', () => {
  const early = fittedCell(1, 2, { bic: 2322 }, -3);
  const heldOut = { ...early.heldOut!, weight: Float64Array.of(1, 0) };
  const cells = faithfulCells.map((cell) =>
    cell.model === 1 && cell.components === 2 ? { ...early, heldOut } : cell,
  );
  const view = viewOf('heldOut', { ...state, cells });
  expect(view.lines[1].marks.map(({ value }) => value)).toEqual([-3]);
  expect(view.best).toEqual({ model: 0, components: 3 });
});

test('lower is better of BIC, higher of the silhouette, and a distortion that always falls has no best', () => {
  expect(viewOf('bic').best).toEqual({ model: 0, components: 3 });
  expect(viewOf('silhouette').best).toEqual({ model: 2, components: 2 });
  expect(viewOf('distortion').best).toBeNull();
});

test('likelihoods of models that take the columns differently are not ranked against each other', () => {
  const chosen = { model: 1, components: 2 };
  const apart = { ...state, chosen, columnsAs: [0, 1, 2] };
  expect(viewOf('bic', apart).best).toEqual(chosen);
  expect(viewOf('silhouette', apart).best).toEqual({ model: 2, components: 2 });
});

test('the best and the chosen point have a ring and a word, one ring where they are the same', () => {
  const words = (name: GridCriterionName, chosen: GridPoint): unknown[] =>
    seriesOf(viewOf(name, { ...state, chosen }))
      .filter(({ id }) => id === 'best' || id === 'chosen')
      .map(({ label }) => label?.formatter);
  expect(words('heldOut', { model: 0, components: 2 })).toEqual(['best', 'chosen']);
  expect(words('heldOut', { model: 0, components: 3 })).toEqual(['chosen, best']);
  expect(words('silhouette', { model: 0, components: 1 })).toEqual(['best']);
});

test('a bar reaches one standard error to both sides, at the place of its mark', () => {
  const view = viewOf('heldOut');
  const mark = (seriesNamed(view, 'model 0').data as [number, number][])[1];
  const bars = seriesNamed(view, 'error 0').data as [number, number][];
  expect(bars.slice(3, 5).map(([x]) => x)).toEqual([mark[0], mark[0]]);
  expect(bars[3][1]).toBeCloseTo(-4.31, 12);
  expect(bars[4][1]).toBeCloseTo(-4.11, 12);
});

test('a line breaks where a K is not there yet', () => {
  const cells = faithfulCells.filter(({ components }) => components !== 2);
  const { data } = seriesNamed(viewOf('bic', { ...state, cells }), 'model 0');
  expect(data.map((point) => (point as [number, number])[1])).toEqual([2607, NaN, 2314]);
});

test('the gap has a line of its own that opens nothing where k-means is not in the grid', () => {
  const points = [1, 2].map((components) => ({
    components,
    logWithin: 5,
    expected: 6,
    gap: components,
    standardError: 0.1,
  }));
  const alone = viewOf('gap', { ...state, kMeans: -1, gap: { points, chosen: 2, nearHighest: 2 } });
  expect(alone.lines).toMatchObject([{ model: null, name: 'k-means' }]);
  expect(pointNear(alone, 2, 1, 0)).toBeNull();
  const among = viewOf('gap', { ...state, gap: { points, chosen: 2, nearHighest: 2 } });
  expect(pointNear(among, 2, 1, 0)).toEqual({ model: 2, components: 2 });
  expect(among.best).toEqual({ model: 2, components: 2 });
});

test('an impossible score is apart, and a score far off on the worse side does not stretch the axis', () => {
  const scores = [-5, -4, -3, -3.1, -3.2, -900, -Infinity];
  const cells = scores.map((score, at) => fittedCell(0, at + 1, { bic: 1 }, score));
  const view = viewOf('heldOut', { ...state, to: 7, cells });
  expect(view.lines[0].apart).toEqual([{ components: 7, value: null, because: 'impossible' }]);
  expect(valueRange(view).min).toBeGreaterThan(-20);
  expect(beyond(view)).toBe(1);
  const { min } = valueRange(view);
  expect(seriesNamed(view, 'beyond 0').data).toMatchObject([{ value: [6, min], symbolRotate: 180 }]);
  expect(seriesNamed(view, 'beyond values').data).toMatchObject([{ label: { formatter: '-900' } }]);
  expect(seriesOf(view).some(({ id }) => id === 'best')).toBe(true);
});

test('values of one split, whose error nobody knows, are in sight as those that have none', () => {
  const view = viewOf('heldOut');
  const withError = (standardError: number | null): Range => {
    const lines = view.lines.map((line) => ({
      ...line,
      marks: line.marks.map((mark) => ({ ...mark, standardError })),
    }));
    return valueRange({ ...view, lines });
  };
  const best = Math.max(...view.lines.flatMap(({ marks }) => marks.map(({ value }) => value)));
  expect(withError(NaN)).toEqual(withError(null));
  expect(withError(NaN).max).toBeGreaterThan(best);
  expect(withError(NaN).min).toBeLessThan(best);
});

test('pointing finds the point of that K whose value is nearest, a failed one at the floor', () => {
  const view = viewOf('heldOut');
  const { min, max } = valueRange(view);
  expect(pointNear(view, 3.3, max, min)).toEqual({ model: 0, components: 3 });
  expect(pointNear(view, 2.7, min, min)).toEqual({ model: 1, components: 3 });
  expect(pointNear(view, 99, max, min)?.components).toBe(3);
});

test('arrow keys reach every point, and stay at the ends', () => {
  const view = viewOf('heldOut');
  const places = view.lines.flatMap(({ model, marks, apart }) =>
    [...marks, ...apart].map(({ components }) => `${model} ${components}`),
  );
  const seen = new Set<string>();
  const walk = (point: GridPoint | null): void => {
    if (!point || seen.has(`${point.model} ${point.components}`)) return;
    seen.add(`${point.model} ${point.components}`);
    for (const step of ['left', 'right', 'up', 'down'] as const) walk(pointBeside(view, point, step));
  };
  walk(pointBeside(view, null, 'right'));
  expect([...seen].sort()).toEqual(places.sort());
  expect(pointBeside(view, { model: 0, components: 1 }, 'left')).toEqual({ model: 0, components: 1 });
});

test('any subset of cells gives a picture: plain data with finite ends', () => {
  fc.assert(
    fc.property(fc.subarray([...faithfulCells]), fc.boolean(), (cells, isSmall) => {
      for (const name of ['heldOut', 'bic', 'silhouette', 'distortion', 'gap', 'stability'] as const) {
        const view = viewOf(name, { ...state, cells });
        const { min, max } = valueRange(view);
        expect(max).toBeGreaterThan(min);
        expect(hasFunction(gridChart(view, testTheme, isSmall))).toBe(false);
      }
    }),
  );
});

test('the pictures, large and small', () => {
  const view = viewOf('heldOut', state, { model: 0, components: 3 });
  expect(rounded(gridChart(view, testTheme, false))).toMatchSnapshot();
  expect(rounded(gridChart(viewOf('bic'), testTheme, true))).toMatchSnapshot();
});
