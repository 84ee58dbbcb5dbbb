import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { ChartTheme } from './chartTheme';

/** What both axes share: a hairline, small muted numbers, no grid but faint lines behind. */
function axisStyle(theme: ChartTheme) {
  return {
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.hairline } },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, fontSize: theme.fontSize, fontFamily: theme.font, hideOverlap: true },
    nameTextStyle: { color: theme.muted, fontSize: theme.fontSize, fontFamily: theme.font },
    splitLine: { lineStyle: { color: theme.hairline, opacity: 0.6 } },
  };
}

/** A horizontal axis of numbers, its name below its middle. `isWhole`: it counts, so no halves between. */
export function horizontalAxis(name: string, theme: ChartTheme, isWhole = false): XAXisComponentOption {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 26,
    scale: true,
    ...(isWhole ? { minInterval: 1 } : {}),
    ...axisStyle(theme),
  };
}

/** A vertical axis of numbers, its name above its end so that it reads without turning the head. */
export function verticalAxis(name: string, theme: ChartTheme, isWhole = false): YAXisComponentOption {
  const style = axisStyle(theme);
  return {
    type: 'value',
    name,
    nameLocation: 'end',
    nameGap: 10,
    scale: true,
    ...(isWhole ? { minInterval: 1 } : {}),
    ...style,
    nameTextStyle: { ...style.nameTextStyle, align: 'left' },
  };
}

/** Room around the plot: names of axes, and direct labels to the right of it. */
export function plotGrid(right: number) {
  return { left: 8, right, top: 34, bottom: 26, outerBoundsMode: 'same' as const };
}
