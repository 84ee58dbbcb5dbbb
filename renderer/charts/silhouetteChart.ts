import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { SilhouettePlot } from '../../shared/resultCharts';
import { horizontalAxis, plotGrid, verticalAxis, withRange } from './axes';
import { textOverMarks, type ChartTheme } from './chartTheme';
import { regionBrush } from './regionBrush';
import type { ClusterSign } from './clusterSign';

/** Rows of a silhouette plot in the order they are drawn: cluster after cluster, each with its widest rows first. */
export interface SilhouetteView {
  readonly clusters: readonly {
    readonly identity: number;
    readonly name: string;
    /** Places along the axis: from the first, up to but without the last. */
    readonly from: number;
    readonly to: number;
    readonly width: Float64Array;
    readonly mean: number;
  }[];
  /** Row of the table at each place. */
  readonly row: Int32Array;
  readonly value: number;
}

/** Arranges the widths; clusters without a row are left out. */
export function silhouetteView(plot: SilhouettePlot, signs: readonly ClusterSign[]): SilhouetteView {
  const places = Array.from(plot.row.keys()).sort(
    (a, b) => plot.cluster[a] - plot.cluster[b] || plot.width[b] - plot.width[a],
  );
  let from = 0;
  const clusters = signs.flatMap(({ identity, name }, cluster) => {
    const width = Float64Array.from(
      places.filter((at) => plot.cluster[at] === cluster),
      (at) => plot.width[at],
    );
    const to = from + width.length;
    const own = { identity, name, from, to, width, mean: plot.byCluster[cluster] };
    from = to;
    return width.length === 0 ? [] : [own];
  });
  return { clusters, row: Int32Array.from(places, (at) => plot.row[at]), value: plot.value };
}

/** Silhouette plot (Rousseeuw, 1987, figure 2) lying on its side: one hill a cluster, the mean of all as a line. */
export function silhouetteChart(view: SilhouetteView, theme: ChartTheme): EChartsOption {
  const rows = view.row.length;
  const lowest = Math.min(0, ...view.clusters.map(({ width }) => width[width.length - 1]));
  return {
    animation: false,
    grid: { ...plotGrid, right: 40 },
    xAxis: withRange(horizontalAxis('rows, by cluster and width', theme, true), { min: 0, max: rows }),
    yAxis: withRange(verticalAxis('silhouette width (higher is better)', theme), {
      min: Math.floor(lowest * 10) / 10,
      max: 1,
    }),
    dataZoom: [
      { type: 'inside', id: 'zoomX', xAxisIndex: 0, filterMode: 'none' },
      { type: 'inside', id: 'zoomY', yAxisIndex: 0, filterMode: 'none' },
    ],
    brush: regionBrush(theme),
    series: [...view.clusters.map(hill), mean(view, rows, theme), names(view, theme)],
  };
}

function hill({ identity, name, from, width }: SilhouetteView['clusters'][number]): LineSeriesOption {
  const color = clusterColour(identity);
  return {
    id: `cluster ${identity}`,
    name,
    type: 'line',
    data: Array.from(width, (value, at): [number, number] => [from + at + 0.5, value]),
    showSymbol: false,
    silent: true,
    sampling: 'lttb',
    lineStyle: { color, width: 1 },
    areaStyle: { color, opacity: 0.5 },
  };
}

/** The name of each cluster on its hill, with its mean. */
function names({ clusters }: SilhouetteView, theme: ChartTheme): ScatterSeriesOption {
  return {
    id: 'names',
    name: 'mean of each cluster',
    type: 'scatter',
    data: clusters.map(({ name, from, to, mean: own }) => ({
      name: `${name}: ${own.toFixed(2)}`,
      value: [(from + to) / 2, Math.max(0, own) / 2],
    })),
    symbolSize: 1,
    silent: true,
    label: {
      show: true,
      formatter: '{b}',
      ...textOverMarks(theme),
      fontWeight: 600,
    },
    labelLayout: { hideOverlap: true },
    z: 4,
  };
}

/** The mean of all rows, its value at the end of the line. */
function mean({ value }: SilhouetteView, rows: number, theme: ChartTheme): LineSeriesOption {
  return {
    id: 'mean',
    name: 'mean of all rows',
    type: 'line',
    data: [
      [0, value],
      [rows, value],
    ],
    showSymbol: false,
    silent: true,
    lineStyle: { color: theme.text, width: 1, type: 'dashed' },
    endLabel: {
      show: true,
      formatter: value.toFixed(3),
      color: theme.text,
      fontFamily: theme.font,
      fontSize: theme.fontSize,
    },
  };
}
