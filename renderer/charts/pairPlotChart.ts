import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { FeatureHistogram, RowSample } from '../../shared/resultCharts';
import { roundRange } from '../../shared/range';
import { horizontalAxis, verticalAxis } from './axes';
import type { ChartTheme } from './chartTheme';
import type { ClusterSign } from './clusterSign';

/** Every pair of some features that are numbers. */
export interface PairPlotView {
  /** Names, and places among the features of the sample. */
  readonly features: readonly { readonly name: string; readonly place: number }[];
  /** Features each row of the sample has. */
  readonly width: number;
  readonly sample: RowSample;
  /** By place of the feature in the fit, of all rows. */
  readonly histograms: readonly FeatureHistogram[];
  readonly signs: readonly ClusterSign[];
  /** 1 for each row of the sample that is selected; null: none is. */
  readonly isSelected: Uint8Array | null;
}

const gap = 1.2; // per cent of the picture between two panels
const margin = { left: 7, bottom: 8, right: 1, top: 3 };

/**
 * A scatter of every pair of features, columns and rows in the same order; on the diagonal the histograms of the
 * clusters. Axes are named at the left and at the bottom.
 */
export function pairPlotChart(view: PairPlotView, theme: ChartTheme): EChartsOption {
  const { features, signs } = view;
  const m = features.length;
  const across = (100 - margin.left - margin.right - gap * (m - 1)) / m;
  const down = (100 - margin.top - margin.bottom - gap * (m - 1)) / m;
  const ranges = features.map(({ place }) => roundRange(columnOf(view, place)));
  const panels = features.flatMap((_, row) => features.map((__, column) => ({ row, column })));
  return {
    animation: false,
    grid: panels.map(({ row, column }) => ({
      left: `${margin.left + column * (across + gap)}%`,
      top: `${margin.top + row * (down + gap)}%`,
      width: `${across}%`,
      height: `${down}%`,
    })),
    xAxis: panels.map(({ row, column }, panel) => ({
      ...plain(horizontalAxis(row === m - 1 ? features[column].name : '', theme), row === m - 1),
      ...ranges[column],
      gridIndex: panel,
    })),
    yAxis: panels.map(({ row, column }, panel) => ({
      // On the diagonal the axis counts rows, which needs no numbers.
      ...plain(sideAxis(column === 0 ? features[row].name : '', theme), column === 0 && row !== 0),
      ...(row === column ? { min: 0 } : ranges[row]),
      gridIndex: panel,
    })),
    series: panels.flatMap(({ row, column }, panel) =>
      signs.flatMap((sign, cluster): (LineSeriesOption | ScatterSeriesOption)[] =>
        row === column
          ? [histogramLine(view, features[row].place, sign, cluster, panel)]
          : points(view, features[column].place, features[row].place, sign, cluster, panel),
      ),
    ),
  };
}

/** The axis at the left of a row of panels, its name along it. */
function sideAxis(name: string, theme: ChartTheme) {
  const axis = verticalAxis(name, theme);
  const nameTextStyle = { color: theme.muted, fontSize: theme.fontSize, fontFamily: theme.font };
  return { ...axis, nameLocation: 'middle' as const, nameGap: 34, nameTextStyle };
}

/** An axis of a small panel: few numbers, or none at all inside the plot. */
function plain<Axis extends { axisLabel?: object }>(axis: Axis, isOutside: boolean): Axis {
  return {
    ...axis,
    splitNumber: 3,
    splitLine: { show: false },
    axisLabel: { ...axis.axisLabel, show: isOutside, showMinLabel: false, showMaxLabel: false },
  };
}

const columnOf = ({ sample, width }: PairPlotView, place: number): Float64Array =>
  sample.values.filter((_, at) => at % width === place);

function points(
  { sample, width, isSelected }: PairPlotView,
  x: number,
  y: number,
  { identity, name }: ClusterSign,
  cluster: number,
  panel: number,
): ScatterSeriesOption[] {
  const shown: number[][] = [[], []];
  sample.cluster.forEach((own, at) => {
    if (own !== cluster) return;
    const isFaded = isSelected !== null && isSelected[at] === 0 ? 1 : 0;
    shown[isFaded].push(sample.values[at * width + x], sample.values[at * width + y]);
  });
  return shown.flatMap((data, isFaded): ScatterSeriesOption[] =>
    data.length === 0
      ? []
      : [
          {
            id: `points ${panel} ${identity}${isFaded === 1 ? ' faded' : ''}`,
            name,
            type: 'scatter',
            dimensions: ['x', 'y'],
            data: Float64Array.from(data),
            xAxisIndex: panel,
            yAxisIndex: panel,
            symbolSize: 3,
            large: true,
            largeThreshold: 200,
            progressive: 0,
            silent: true,
            itemStyle: { color: clusterColour(identity), opacity: isFaded === 1 ? 0.12 : 0.7 },
          },
        ],
  );
}

function histogramLine(
  { histograms, signs }: PairPlotView,
  place: number,
  { identity, name }: ClusterSign,
  cluster: number,
  panel: number,
): LineSeriesOption {
  const { edges, counts } = histograms[place];
  const bins = counts.length / signs.length;
  const own = counts.subarray(cluster * bins, (cluster + 1) * bins);
  return {
    id: `histogram ${panel} ${identity}`,
    name,
    type: 'line',
    data: Array.from(own, (count, bin): [number, number] => [(edges[bin] + edges[bin + 1]) / 2, count]),
    xAxisIndex: panel,
    yAxisIndex: panel,
    showSymbol: false,
    silent: true,
    lineStyle: { color: clusterColour(identity), width: 1.25 },
    areaStyle: { color: clusterColour(identity), opacity: 0.2 },
  };
}
