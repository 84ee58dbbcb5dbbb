import type { EChartsOption } from 'echarts';
import type { ChartTheme } from './chartTheme';
import type { CoMembershipView } from './coMembershipView';

/**
 * A heat map of rows against rows, one square a cluster along the diagonal: the fuller the colour, the more probable it
 * is that the two rows are of one cluster.
 */
export function coMembershipChart(view: CoMembershipView, theme: ChartTheme): EChartsOption {
  const { places, together, row } = view;
  const data: [number, number, number][] = [];
  places.forEach((i, x) =>
    places.forEach((j, y) => {
      if (i >= 0 && j >= 0) data.push([x, y, together[i * row.length + j]]);
    }),
  );
  const names = Array<string>(places.length).fill('');
  for (const { sign, rows, from } of view.blocks) names[from + Math.floor(rows.length / 2)] = sign.name;
  const text = { color: theme.muted, fontSize: theme.fontSize, fontFamily: theme.font };
  const axis = {
    type: 'category' as const,
    data: names,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...text, interval: 0, hideOverlap: true },
  };
  return {
    animation: false,
    grid: { left: 4, right: 64, top: 8, bottom: 4, outerBoundsMode: 'same' },
    xAxis: axis,
    // From the top, so that the squares lie along the diagonal as in a matrix.
    yAxis: { ...axis, inverse: true },
    visualMap: {
      type: 'continuous',
      min: 0,
      max: 1,
      right: 4,
      top: 8,
      itemHeight: 120,
      text: ['1', '0'],
      textStyle: text,
      inRange: { color: [theme.surface, theme.accent] },
      outOfRange: { color: theme.surface },
    },
    dataZoom: [
      { type: 'inside', id: 'zoomX', xAxisIndex: 0, filterMode: 'none' },
      { type: 'inside', id: 'zoomY', yAxisIndex: 0, filterMode: 'none' },
    ],
    series: [
      {
        id: 'together',
        name: 'together',
        type: 'heatmap',
        data,
        silent: true,
        emphasis: { disabled: true },
        // At once: piece by piece it takes seconds, and is wrong until then.
        progressive: 0,
      },
    ],
  };
}
