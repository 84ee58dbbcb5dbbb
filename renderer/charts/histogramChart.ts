import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { FitFeature } from '../../shared/features';
import type { FeatureHistogram } from '../../shared/resultCharts';
import { horizontalAxis, namesAxis, plotGrid, verticalAxis, withRange } from './axes';
import type { ChartTheme } from './chartTheme';
import type { ClusterSign } from './clusterSign';

/** One feature, and how the clusters fill its range. */
export interface HistogramView {
  readonly feature: FitFeature;
  readonly histogram: FeatureHistogram;
  /** The same of the selected rows; null: none is selected. */
  readonly selected: FeatureHistogram | null;
  readonly signs: readonly ClusterSign[];
}

/** Names of the bins of a feature that is no number. */
export const levelNames = (feature: FitFeature): readonly string[] =>
  feature.kind === 'category' ? feature.levels : feature.kind === 'yesNo' ? [feature.no, feature.yes] : [];

/** How many bins a histogram has. */
export const binCount = ({ edges, counts }: FeatureHistogram, clusters: number): number =>
  edges.length > 0 ? edges.length - 1 : counts.length / clusters;

/** Outlines of the clusters' histograms over one another, or bars side by side for the levels of a category. */
export function histogramChart(view: HistogramView, theme: ChartTheme): EChartsOption {
  const { feature, histogram, selected, signs } = view;
  const { edges } = histogram;
  const isNumber = edges.length > 0;
  const dimmed = selected !== null;
  return {
    animation: false,
    grid: plotGrid,
    xAxis: isNumber
      ? withRange(horizontalAxis('', theme), { min: edges[0], max: edges[edges.length - 1] })
      : namesAxis(levelNames(feature), theme),
    yAxis: { ...verticalAxis('rows', theme, true), min: 0, splitNumber: 3 },
    series: [
      ...clusterSeries(histogram, signs, isNumber, dimmed ? 0.1 : 0.3, dimmed ? 0.5 : 1),
      ...(selected === null ? [] : clusterSeries(selected, signs, isNumber, 0.8, 1, 'selected ')),
    ],
  };
}

function clusterSeries(
  histogram: FeatureHistogram,
  signs: readonly ClusterSign[],
  isNumber: boolean,
  fill: number,
  line: number,
  prefix = '',
): (LineSeriesOption | BarSeriesOption)[] {
  const bins = binCount(histogram, signs.length);
  return signs.map(({ identity, name }, cluster) => {
    const counts = histogram.counts.subarray(cluster * bins, (cluster + 1) * bins);
    const color = clusterColour(identity);
    const common = { id: `${prefix}cluster ${identity}`, name, silent: true, itemStyle: { color } };
    if (!isNumber)
      return {
        ...common,
        type: 'bar',
        data: Array.from(counts),
        itemStyle: { color, opacity: 0.3 + 0.7 * fill },
        barGap: '10%',
      } satisfies BarSeriesOption;
    return {
      ...common,
      type: 'line',
      data: outline(histogram.edges, counts),
      showSymbol: false,
      lineStyle: { color, width: 1.25, opacity: line },
      areaStyle: { color, opacity: fill },
    } satisfies LineSeriesOption;
  });
}

/** The upper edge of a histogram as a line, from the axis and back to it. */
function outline(edges: Float64Array, counts: Float64Array): [number, number][] {
  const line: [number, number][] = [[edges[0], 0]];
  counts.forEach((count, bin) => line.push([edges[bin], count], [edges[bin + 1], count]));
  line.push([edges[counts.length], 0]);
  return line;
}
