import type { LineSeriesOption } from 'echarts';
import type { Range } from '../../shared/range';
import type { ChartTheme } from './chartTheme';
import type { HalfStepPaths } from './halfStepPaths';
import { plainLine } from './plainLine';

/** The panel beside the objective, by its number among the panels. */
export const divergencePanel = 1;

/** The whole powers of ten that hold KL(q || p) after all half-steps; null: it is nowhere more than rounding. */
export function divergenceRange({ divergenceAfterM, divergenceAfterE }: HalfStepPaths): Range | null {
  const exponents = [...divergenceAfterM, ...divergenceAfterE]
    .map(([, exponent]) => exponent)
    .filter(Number.isFinite);
  if (exponents.length === 0) return null;
  const min = Math.floor(exponents.reduce((a, b) => Math.min(a, b)));
  const max = Math.ceil(exponents.reduce((a, b) => Math.max(a, b)));
  return { min, max: Math.max(max, min + 1) };
}

/** KL(q || p) after each M-step and, where it is not zero there, after each E-step, as powers of ten. */
export function divergenceSeries(paths: HalfStepPaths, theme: ChartTheme): LineSeriesOption[] {
  const afterM: LineSeriesOption = {
    ...plainLine(
      'divergence',
      'after the M-step',
      paths.divergenceAfterM,
      { color: theme.accent, width: 1.5 },
      3,
      1,
    ),
    itemStyle: { color: theme.accent },
    showSymbol: paths.divergenceAfterM.length <= 100,
    symbol: 'circle',
    symbolSize: 4,
  };
  if (paths.divergenceAfterE.length === 0) return [afterM];
  const style = { color: theme.text, width: 1.25, type: 'dotted' } as const;
  return [afterM, plainLine('divergence after E', 'after the E-step', paths.divergenceAfterE, style, 3, 1)];
}
