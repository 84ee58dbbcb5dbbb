import type { EChartsOption } from 'echarts';

const separated = new Intl.NumberFormat('en', { maximumSignificantDigits: 12 });

/**
 * A number on an axis: `-9,060,000`, `0.25`; with an exponent where it could not be written in the room of a label:
 * `4e-12`, `1.2e16`. Twelve digits at most: neighbours differ, and what floating point leaves behind them is dropped.
 */
export function formatAxisNumber(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e9))
    return Number(value.toPrecision(12)).toExponential().replace('e+', 'e');
  return separated.format(value);
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

type Axes = NonNullable<EChartsOption['xAxis' | 'yAxis' | 'parallelAxis']>;

function written<A extends Axes>(axes: A): A {
  const one = (axis: Exclude<Axes, unknown[]>) =>
    axis.type === 'value' && axis.axisLabel?.formatter === undefined
      ? { ...axis, axisLabel: { ...axis.axisLabel, formatter: formatAxisNumber } }
      : axis;
  return (Array.isArray(axes) ? axes.map(one) : one(axes)) as A;
}
