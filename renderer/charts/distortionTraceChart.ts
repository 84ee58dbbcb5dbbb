import type { EChartsOption } from 'echarts';
import type { ObjectiveKind } from '../../shared/fit';
import { criterionTexts } from '../../shared/fitText';
import { roundRange } from '../../shared/range';
import { horizontalAxis, plotGrid, verticalAxis, withRange } from './axes';
import { textOverMarks, type ChartTheme } from './chartTheme';

/** How a palette is found: where restarts ended, and the best one on its way from there. */
export interface DistortionTraceView {
  readonly objective: Extract<ObjectiveKind, 'distortion' | 'logLikelihood'>;
  /** Where each restart ended, in the order they did; empty once only the best one's path is looked at. */
  readonly restarts: readonly number[];
  readonly path: ArrayLike<number>;
  /** Written at the end of the path. */
  readonly label: string;
}

/**
 * The objective by iteration. While restarts are tried each is a point where it ended; the line that follows is the
 * best of them.
 */
export function distortionTraceChart(view: DistortionTraceView, theme: ChartTheme): EChartsOption {
  const { objective, restarts } = view;
  const first = restarts.length;
  const path = Array.from(view.path, (value, at): [number, number] => [first + at, value]);
  const points = restarts.map((value, at): [number, number] => [at, value]);
  const last = Math.max(1, first + path.length - 1);
  const range = roundRange([...points, ...path].map(([, value]) => value));
  return {
    animation: false,
    grid: { ...plotGrid, top: 26 },
    xAxis: {
      ...horizontalAxis(first > 0 ? 'restarts, then iterations' : 'iteration', theme, true),
      min: 0,
      max: last,
    },
    yAxis: withRange(verticalAxis(criterionTexts[objective].direction, theme), range, 4),
    dataZoom: [
      { type: 'inside', id: 'zoomX', xAxisIndex: [0], filterMode: 'none' },
      { type: 'inside', id: 'zoomY', yAxisIndex: [0], filterMode: 'none' },
    ],
    series: [
      {
        id: 'restarts',
        name: 'restarts',
        type: 'scatter',
        data: points,
        silent: true,
        symbolSize: 6,
        itemStyle: { color: theme.mark },
        z: 2,
      },
      {
        id: 'path',
        name: 'best restart',
        type: 'line',
        data: path,
        silent: true,
        showSymbol: path.length === 1,
        lineStyle: { color: theme.accent, width: 2 },
        itemStyle: { color: theme.accent },
        z: 3,
        endLabel: {
          show: view.label !== '',
          formatter: view.label,
          ...textOverMarks(theme),
          align: 'right',
          verticalAlign: objective === 'distortion' ? 'bottom' : 'top',
          offset: [-8, objective === 'distortion' ? -8 : 8],
        },
      },
    ],
  };
}
