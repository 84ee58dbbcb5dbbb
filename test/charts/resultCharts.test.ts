import type { BarSeriesOption, EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import { newSigns } from '../../renderer/charts/clusterSign';
import { binCount, histogramChart } from '../../renderer/charts/histogramChart';
import { pairPlotChart } from '../../renderer/charts/pairPlotChart';
import { parallelChart } from '../../renderer/charts/parallelChart';
import { silhouetteChart, silhouetteView } from '../../renderer/charts/silhouetteChart';
import { clusterColour } from '../../shared/colour';
import type { FitFeature } from '../../shared/features';
import { hasFunction, testTheme } from './theme';

const signs = newSigns(['long', 'short']);
const series = <S>(option: EChartsOption): S[] => option.series as unknown as S[];
const waiting: FitFeature = { kind: 'number', name: 'waiting' };
const port: FitFeature = { kind: 'category', name: 'port', levels: ['Cherbourg', 'Cork', 'Dover'] };
const numbers = { feature: 0, edges: Float64Array.of(0, 10, 20), counts: Float64Array.of(1, 4, 3, 0) };
const levels = { feature: 1, edges: new Float64Array(0), counts: Float64Array.of(1, 2, 3, 4, 5, 6) };

describe('a histogram', () => {
  it('of a number is an outline for each cluster, from the axis and back to it', () => {
    const option = histogramChart({ feature: waiting, histogram: numbers, selected: null, signs }, testTheme);
    const [long, short] = series<LineSeriesOption>(option);
    expect(long.data).toEqual([
      [0, 0],
      [0, 1],
      [10, 1],
      [10, 4],
      [20, 4],
      [20, 0],
    ]);
    expect(long.lineStyle?.color).toBe(clusterColour(0));
    expect(short.lineStyle?.color).toBe(clusterColour(1));
    expect(hasFunction(option)).toBe(false);
  });

  it('of a category is a bar for each level and cluster, with the names of the levels', () => {
    const option = histogramChart({ feature: port, histogram: levels, selected: null, signs }, testTheme);
    const [long, short] = series<BarSeriesOption>(option);
    expect([long.type, long.data, short.data]).toEqual(['bar', [1, 2, 3], [4, 5, 6]]);
    expect(option.xAxis).toMatchObject({ type: 'category', data: ['Cherbourg', 'Cork', 'Dover'] });
    // A bar that does not begin at nothing tells a lie about its length.
    expect(option.yAxis).toMatchObject({ min: 0 });
    expect(binCount(levels, 2)).toBe(3);
    expect(binCount(numbers, 2)).toBe(2);
  });

  it('shows the selected rows over all the others, which fade', () => {
    const selected = { ...numbers, counts: Float64Array.of(0, 2, 0, 0) };
    const plain = histogramChart({ feature: waiting, histogram: numbers, selected: null, signs }, testTheme);
    const both = histogramChart({ feature: waiting, histogram: numbers, selected, signs }, testTheme);
    const ids = series<LineSeriesOption>(both).map(({ id }) => id);
    expect(ids).toEqual(['cluster 0', 'cluster 1', 'selected cluster 0', 'selected cluster 1']);
    const fill = (option: EChartsOption): number | undefined =>
      series<LineSeriesOption>(option)[0].areaStyle?.opacity;
    expect(fill(both)).toBeLessThan(fill(plain) ?? 0);
  });
});

describe('a silhouette plot', () => {
  const plot = {
    value: 0.4,
    standardError: null,
    row: Int32Array.of(3, 5, 7, 9),
    cluster: Int32Array.of(1, 0, 1, 0),
    width: Float64Array.of(0.2, 0.5, 0.7, -0.1),
    byCluster: [0.2, 0.45],
  };

  it('puts clusters one after the other, the widest row of each first, and remembers the rows', () => {
    const view = silhouetteView(plot, signs);
    expect(view.clusters.map(({ from, to, width }) => [from, to, [...width]])).toEqual([
      [0, 2, [0.5, -0.1]],
      [2, 4, [0.7, 0.2]],
    ]);
    expect([...view.row]).toEqual([5, 9, 7, 3]);
  });

  it('draws a hill for each in its colour, the mean of all, and their names', () => {
    const option = silhouetteChart(silhouetteView(plot, signs), testTheme);
    const drawn = series<LineSeriesOption>(option);
    expect(drawn.map(({ id }) => id)).toEqual(['cluster 0', 'cluster 1', 'mean', 'names']);
    expect(drawn[1].areaStyle?.color).toBe(clusterColour(1));
    expect(drawn[2].data).toEqual([
      [0, 0.4],
      [4, 0.4],
    ]);
    expect(option.yAxis).toMatchObject({ min: -0.1, max: 1 });
    expect(hasFunction(option)).toBe(false);
  });

  it('leaves a cluster out that has no row', () => {
    const none = silhouetteView(
      { ...plot, cluster: Int32Array.of(1, 1, 1, 1), byCluster: [NaN, 0.3] },
      signs,
    );
    expect(none.clusters.map(({ name }) => name)).toEqual(['short']);
  });
});

const sample = {
  row: Int32Array.of(0, 4, 8),
  cluster: Int32Array.of(0, 1, 1),
  values: Float64Array.of(50, 0, 80, NaN, 90, 2),
  total: 9,
};

describe('parallel coordinates', () => {
  const view = {
    features: [waiting, port],
    sample,
    signs,
    middles: [Float64Array.of(50, NaN), Float64Array.of(85, NaN)],
    isSelected: null,
  };

  it('have an axis for each feature, a line for each row, and a gap where a cell is missing', () => {
    const option = parallelChart(view, testTheme);
    expect(option.parallelAxis).toMatchObject([
      { dim: 0, name: 'waiting', type: 'value' },
      { dim: 1, name: 'port', type: 'category', data: port.kind === 'category' ? port.levels : [] },
    ]);
    const drawn = series<{ id: string; data: unknown[] }>(option);
    expect(drawn.map(({ id, data }) => [id, data])).toEqual([
      ['rows 0', [[50, 0]]],
      [
        'rows 1',
        [
          [80, '-'],
          [90, 2],
        ],
      ],
      ['middle 0', [[50, '-']]],
      ['middle 1', [[85, '-']]],
    ]);
    expect(hasFunction(option)).toBe(false);
  });

  it('show selected rows alone, on axes that stand still', () => {
    const all = parallelChart(view, testTheme);
    const some = parallelChart({ ...view, isSelected: Uint8Array.of(0, 1, 0) }, testTheme);
    expect(
      series<{ data: unknown[] }>(some)
        .slice(0, 2)
        .map(({ data }) => data),
    ).toEqual([[], [[80, '-']]]);
    expect(some.parallelAxis).toEqual(all.parallelAxis);
  });
});

describe('a pair plot', () => {
  const view = {
    features: [
      { name: 'eruptions', place: 0 },
      { name: 'waiting', place: 1 },
    ],
    width: 2,
    sample: { ...sample, values: Float64Array.of(3, 50, 4, 80, 5, 90) },
    histograms: [numbers, { ...numbers, feature: 1 }],
    signs,
    isSelected: null,
  };

  it('has a panel for every pair, histograms on the diagonal, and names at the left and at the bottom', () => {
    const option = pairPlotChart(view, testTheme);
    const drawn = series<ScatterSeriesOption & LineSeriesOption>(option);
    expect(drawn.map(({ id }) => id)).toEqual([
      'histogram 0 0',
      'histogram 0 1',
      'points 1 0',
      'points 1 1',
      'points 2 0',
      'points 2 1',
      'histogram 3 0',
      'histogram 3 1',
    ]);
    // The panel below the diagonal: eruptions across, waiting up.
    expect(drawn[5]).toMatchObject({ xAxisIndex: 2, yAxisIndex: 2, data: Float64Array.of(4, 80, 5, 90) });
    const names = (axes: unknown): unknown[] => (axes as { name: string }[]).map(({ name }) => name);
    expect(names(option.xAxis)).toEqual(['', '', 'eruptions', 'waiting']);
    expect(names(option.yAxis)).toEqual(['eruptions', '', 'waiting', '']);
    expect(hasFunction(option)).toBe(false);
  });

  it('fades what is not selected', () => {
    const drawn = series<ScatterSeriesOption>(
      pairPlotChart({ ...view, isSelected: Uint8Array.of(1, 0, 1) }, testTheme),
    );
    const faded = drawn.filter(({ id }) => String(id).endsWith('faded'));
    expect(faded.map(({ data }) => data)).toEqual([Float64Array.of(80, 4), Float64Array.of(4, 80)]);
  });
});
