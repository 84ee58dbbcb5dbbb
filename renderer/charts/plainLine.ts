import type { LineSeriesOption } from 'echarts';
import type { Point } from './halfStepPaths';

/** A line through points, without marks and deaf to the pointer, in the panel of that number. */
export function plainLine(
  id: string,
  name: string,
  data: readonly Point[],
  lineStyle: NonNullable<LineSeriesOption['lineStyle']>,
  z: number,
  panel = 0,
): LineSeriesOption {
  return {
    id,
    name,
    type: 'line',
    data: [...data],
    showSymbol: false,
    silent: true,
    lineStyle,
    xAxisIndex: panel,
    yAxisIndex: panel,
    z,
  };
}
