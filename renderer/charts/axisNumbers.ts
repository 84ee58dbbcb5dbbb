import type { EChartsOption } from 'echarts';
import { labelInterval, usualSplits } from './axes';

const separated = new Intl.NumberFormat('en', { maximumSignificantDigits: 12 });

/**
 * A number on an axis: `-9,060,000`, `0.25`; with an exponent where it could not be written in the room of a label:
 * `4e-12`, `1.2e16`. Twelve digits at most: neighbours differ, and what floating point leaves behind them is dropped.
 * `decimals`: at least so many, so that all numbers of an axis have equally many.
 */
export function formatAxisNumber(value: number, decimals = 0): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e9))
    return Number(value.toPrecision(12)).toExponential().replace('e+', 'e');
  const text = separated.format(value);
  const [whole, fraction = ''] = text.split('.');
  return fraction.length < decimals ? `${whole}.${fraction.padEnd(decimals, '0')}` : text;
}

/** Digits behind the point that the numbers of an axis with fixed ends need; 0 where the ends are not known. */
function decimalsOf({ min, max, splitNumber, minInterval = 0 }: AxisEnds): number {
  if (typeof min !== 'number' || typeof max !== 'number' || !(max > min)) return 0;
  const interval = Math.max(minInterval, labelInterval(max - min, splitNumber ?? usualSplits));
  return Math.min(9, Math.max(0, -Math.floor(Math.log10(interval) + 1e-9)));
}

interface AxisEnds {
  readonly min?: unknown;
  readonly max?: unknown;
  readonly splitNumber?: number;
  readonly minInterval?: number;
}

/** The option with its numbers written so on every axis that has no words of its own for them. */
export function withAxisNumbers(option: EChartsOption): EChartsOption {
  const { xAxis, yAxis, parallelAxis } = option;
  return {
    ...option,
    ...(xAxis ? { xAxis: written(xAxis) } : {}),
    ...(yAxis ? { yAxis: written(yAxis) } : {}),
    ...(parallelAxis ? { parallelAxis: written(parallelAxis) } : {}),
  };
}

const formatterFor =
  (decimals: number) =>
  (value: number): string =>
    formatAxisNumber(value, decimals);

type Axes = NonNullable<EChartsOption['xAxis' | 'yAxis' | 'parallelAxis']>;

function written<A extends Axes>(axes: A): A {
  const one = (axis: Exclude<Axes, unknown[]>) =>
    axis.type === 'value' && axis.axisLabel?.formatter === undefined
      ? { ...axis, axisLabel: { ...axis.axisLabel, formatter: formatterFor(decimalsOf(axis)) } }
      : axis;
  return (Array.isArray(axes) ? axes.map(one) : one(axes)) as A;
}
