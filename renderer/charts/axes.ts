import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Range } from '../../shared/range';
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

/** A horizontal axis of whole numbers, all of them written while there is room, with half a step beside the ends. */
export function stepsAxis(name: string, theme: ChartTheme, { min, max }: Range): XAXisComponentOption {
  const { axisLabel, ...style } = axisStyle(theme);
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 26,
    min: min - 0.5,
    max: max + 0.5,
    ...style,
    axisLabel: { ...axisLabel, customValues: Array.from({ length: max - min + 1 }, (_, at) => min + at) },
    splitLine: { show: false },
  };
}

/** A horizontal axis of numbers that doubles at even steps; only `labels` are written. */
export function doublingAxis(
  name: string,
  theme: ChartTheme,
  { min, max }: Range,
  labels: readonly number[],
): XAXisComponentOption {
  const { axisLabel, ...style } = axisStyle(theme);
  return {
    type: 'log',
    logBase: 2,
    name,
    nameLocation: 'middle',
    nameGap: 26,
    min,
    max,
    ...style,
    axisLabel: { ...axisLabel, customValues: [...labels] },
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

/**
 * A vertical axis of powers of ten, its name above its end. What is drawn on it are logarithms to base ten, and so are
 * its ends: ECharts' own logarithmic axis writes 0.00009999999999999999 where it should say 1e-4.
 */
export function powersAxis(name: string, theme: ChartTheme, exponents: Range): YAXisComponentOption {
  const axis = withRange(verticalAxis(name, theme, true), exponents);
  return { ...axis, axisLabel: { ...axis.axisLabel, formatter: '1e{value}' } };
}

/** A horizontal axis of names, all of them written, aslant where they are many. */
export function namesAxis(names: readonly string[], theme: ChartTheme): XAXisComponentOption {
  const style = axisStyle(theme);
  return {
    type: 'category',
    data: [...names],
    ...style,
    axisLabel: {
      ...style.axisLabel,
      hideOverlap: false,
      interval: 0,
      rotate: names.join('').length > shortNames ? 45 : 0,
      width: 96,
      overflow: 'truncate',
    },
  };
}

/** By eye: names of so many letters together stand side by side without touching. */
const shortNames = 56;

/**
 * An axis with fixed ends and about so many numbers. Ends between two round numbers carry no number of their own.
 */
export function withRange<Axis extends XAXisComponentOption | YAXisComponentOption>(
  axis: Axis,
  range: Range,
  splits = usualSplits,
): Axis {
  const interval = labelInterval(range.max - range.min, splits);
  const isRound = (value: number): boolean =>
    Math.abs(value / interval - Math.round(value / interval)) < 1e-6;
  return {
    ...axis,
    min: range.min,
    max: range.max,
    ...(splits === usualSplits ? {} : { splitNumber: splits }),
    axisLabel: {
      ...axis.axisLabel,
      showMinLabel: isRound(range.min),
      showMaxLabel: isRound(range.max),
    },
  };
}

/** What ECharts does by itself. */
export const usualSplits = 5;

/** The distance ECharts puts between numbers on an axis of this length: 1, 2, 3 or 5 times a power of ten. */
export function labelInterval(length: number, splits: number): number {
  const rough = length / splits;
  const power = 10 ** Math.floor(Math.log10(rough));
  const leading = rough / power;
  const round = leading < 1.5 ? 1 : leading < 2.5 ? 2 : leading < 4 ? 3 : leading < 7 ? 5 : 10;
  return round * power;
}

/** Room around the plot; axes and their names keep their own. */
export const plotGrid = { left: 4, right: 16, top: 8, bottom: 4, outerBoundsMode: 'same' as const };
