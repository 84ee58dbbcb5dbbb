import type { ChartTheme } from './chartTheme';

/** What lets a person draw a region on the only panel of a chart; points show by themselves what is selected. */
export const regionBrush = (theme: ChartTheme) => ({
  xAxisIndex: 0,
  yAxisIndex: 0,
  throttleType: 'debounce' as const,
  // A new region may begin inside the last.
  transformable: false,
  inBrush: {},
  outOfBrush: {},
  brushStyle: { color: 'transparent', borderColor: theme.accent, borderWidth: 1 },
});
