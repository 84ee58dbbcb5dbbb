import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { clusterColour, clusterShape } from '../../shared/colour';
import type { Range } from '../../shared/range';
import { horizontalAxis, plotGrid, verticalAxis, withRange } from './axes';
import { textOverMarks, type ChartTheme } from './chartTheme';
import { regionBrush } from './regionBrush';
import type { Contour } from './densityContours';

/** Points of one colour and shape. */
export interface ScatterGroup {
  /** Of the cluster; null: not known (yet), drawn grey. */
  readonly identity: number | null;
  readonly name: string;
  /** x and y, one after the other. */
  readonly points: Float64Array;
  /** Place of each point among all points of the scatter. */
  readonly indices: Int32Array;
  /** Other points are selected. */
  readonly isFaded: boolean;
}

/** A component in the plane: where it is, its name, and its outlines. */
export interface ScatterComponent {
  readonly identity: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Closed outlines, inner one first; none for k-means. */
  readonly outlines: readonly (readonly [number, number][])[];
}

/** Rows in a plane and the components among them. */
export interface ScatterView {
  readonly xName: string;
  readonly yName: string;
  /** Ends of the axes: of the points, so that they stand still while outlines move. */
  readonly xRange: Range;
  readonly yRange: Range;
  readonly groups: readonly ScatterGroup[];
  /** There are so many points that they are painted behind the chart (`pointRaster.ts`): there are no groups then. */
  readonly isPainted: boolean;
  readonly components: readonly ScatterComponent[];
  /** Lines of equal density of the whole mixture. */
  readonly contours: readonly Contour[];
}

/** The id of the series a group of points is. */
export const groupSeries = ({ identity, isFaded }: ScatterGroup): string =>
  `points ${identity ?? 'all'}${isFaded ? ' faded' : ''}`;

const labelledComponents = 24; // by eye: more names than that cover the points

/**
 * Rows as points, one series a cluster in its colour and shape, with outlines and names of the components over
 * them. Points are drawn as one path a series, which is what lets 20,000 of them follow the pointer.
 */
export function scatterChart(view: ScatterView, theme: ChartTheme): EChartsOption {
  const count = view.groups.reduce((sum, group) => sum + group.points.length / 2, 0);
  return {
    animation: false,
    grid: plotGrid,
    // Lines of a grid would cover points that are painted behind.
    xAxis: {
      ...withRange(horizontalAxis(view.xName, theme), view.xRange),
      ...(view.isPainted ? { splitLine: { show: false } } : {}),
    },
    yAxis: {
      ...withRange(verticalAxis(view.yName, theme), view.yRange),
      ...(view.isPainted ? { splitLine: { show: false } } : {}),
    },
    dataZoom: [
      { type: 'inside', id: 'zoomX', xAxisIndex: 0, filterMode: 'none' },
      { type: 'inside', id: 'zoomY', yAxisIndex: 0, filterMode: 'none' },
    ],
    brush: regionBrush(theme),
    series: [
      ...view.groups.map((group) => pointSeries(group, count, theme)),
      ...(view.contours.length > 0 ? [contourSeries(view.contours, theme)] : []),
      ...view.components.flatMap((component) =>
        component.outlines.length === 0 ? [] : [outlineSeries(component)],
      ),
      centreSeries(view.components, theme),
    ],
  };
}

function pointSeries(group: ScatterGroup, count: number, theme: ChartTheme): ScatterSeriesOption {
  return {
    id: groupSeries(group),
    name: group.name,
    type: 'scatter',
    dimensions: ['x', 'y'],
    data: group.points,
    symbol: group.identity === null ? 'circle' : clusterShape(group.identity),
    symbolSize: symbolSize(count),
    itemStyle: {
      color: group.identity === null ? theme.mark : clusterColour(group.identity),
      opacity: group.isFaded ? 0.15 : 0.75,
    },
    large: true,
    largeThreshold: 1000,
    progressive: 0,
    z: 2,
  };
}

/**
 * By eye: dense pictures need small marks. Below 4 px, where shapes cannot be told apart any more, ECharts fills
 * squares, which is what keeps panning smooth; then outlines, names and the note of the row under the pointer say
 * what colour alone would.
 */
function symbolSize(count: number): number {
  if (count <= 500) return 8;
  if (count <= 2000) return 6;
  return count <= 5000 ? 4 : 3;
}

const gap: [number, number] = [NaN, NaN];

/** All contours as one line with gaps. */
function contourSeries(contours: readonly Contour[], theme: ChartTheme): LineSeriesOption {
  return {
    id: 'contours',
    name: 'density',
    type: 'line',
    data: contours.flatMap(({ lines }) => lines.flatMap((line) => [gap, ...line])),
    showSymbol: false,
    silent: true,
    lineStyle: { color: theme.text, width: 1, opacity: 0.6 },
    z: 3,
  };
}

function outlineSeries(component: ScatterComponent): LineSeriesOption {
  return {
    id: `outline ${component.identity}`,
    name: component.name,
    type: 'line',
    data: component.outlines.flatMap((outline, at) => (at === 0 ? [...outline] : [gap, ...outline])),
    showSymbol: false,
    silent: true,
    lineStyle: { color: clusterColour(component.identity), width: 1.5 },
    z: 3,
  };
}

/** Centres with their names beside them: the label is the legend. */
function centreSeries(components: readonly ScatterComponent[], theme: ChartTheme): ScatterSeriesOption {
  return {
    id: 'centres',
    name: 'centres',
    type: 'scatter',
    data: components.map((component) => ({
      name: component.name,
      value: [component.x, component.y],
      symbol: clusterShape(component.identity),
      itemStyle: { color: clusterColour(component.identity), borderColor: theme.surface, borderWidth: 2 },
    })),
    symbolSize: 14,
    silent: true,
    label: {
      show: components.length <= labelledComponents,
      formatter: '{b}',
      position: 'right',
      ...textOverMarks(theme),
      fontWeight: 600,
    },
    labelLayout: { hideOverlap: true },
    z: 4,
  };
}
