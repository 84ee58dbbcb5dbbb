import type { EChartsOption, LineSeriesOption } from 'echarts';
import { clusterColour, clusterShape } from '../../shared/colour';
import { namesAxis, plotGrid, verticalAxis } from './axes';
import type { ChartTheme } from './chartTheme';

/** Probabilities of each cluster side by side. */
export interface ProfileView {
  /** What each place along the axis is: a column that is "yes", or one level of a category. */
  readonly items: readonly string[];
  /** Places after which another category begins: lines do not run across. */
  readonly breaks: readonly number[];
  readonly clusters: readonly {
    readonly identity: number;
    readonly name: string;
    /** One for each item. */
    readonly probabilities: readonly number[];
  }[];
  /** The same of all rows; null: not known yet. */
  readonly overall: readonly number[] | null;
}

/**
 * The profile plot of a latent class analysis: the probability of each item in every cluster, one line a cluster in
 * its colour and shape, all rows grey behind them.
 */
export function profileChart(view: ProfileView, theme: ChartTheme): EChartsOption {
  return {
    animation: false,
    grid: plotGrid,
    xAxis: namesAxis(view.items, theme),
    yAxis: { ...verticalAxis('probability', theme), min: 0, max: 1 },
    dataZoom: [
      { type: 'inside', id: 'zoomX', xAxisIndex: 0, filterMode: 'none' },
      { type: 'inside', id: 'zoomY', yAxisIndex: 0, filterMode: 'none' },
    ],
    series: [
      ...(view.overall === null
        ? []
        : [
            {
              ...profileLine('overall', 'all rows', broken(view.overall, view.breaks), theme.mark),
              symbol: 'none',
              lineStyle: { color: theme.mark, width: 6, opacity: 0.35 },
              z: 2,
            },
          ]),
      ...view.clusters.map(({ identity, name, probabilities }): LineSeriesOption => ({
        ...profileLine(
          `cluster ${identity}`,
          name,
          broken(probabilities, view.breaks),
          clusterColour(identity),
        ),
        symbol: clusterShape(identity),
        symbolSize: 8,
      })),
    ],
  };
}

function profileLine(id: string, name: string, data: [number, number][], color: string): LineSeriesOption {
  return {
    id,
    name,
    type: 'line',
    data,
    silent: true,
    itemStyle: { color },
    lineStyle: { color, width: 1.5 },
    z: 3,
  };
}

/** Places with their values, and a missing point where the line breaks. */
function broken(values: readonly number[], breaks: readonly number[]): [number, number][] {
  return values.flatMap((value, place): [number, number][] =>
    breaks.includes(place)
      ? [
          [place, value],
          [place, NaN],
        ]
      : [[place, value]],
  );
}
