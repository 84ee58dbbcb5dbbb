import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { ObjectiveKind } from '../../shared/fit';
import { objectiveText } from '../../shared/fitText';
import { thinTrace, type Trace } from '../../shared/trace';
import { horizontalAxis, plotGrid, verticalAxis } from './axes';
import type { ChartTheme } from './chartTheme';

export interface TraceRun {
  /** Counted from 0. */
  readonly restart: number;
  readonly trace: Trace;
}

/** The objective by iteration, of one or many starts. */
export interface TraceView {
  readonly objective: ObjectiveKind;
  readonly runs: readonly TraceRun[];
  /** The start to bring out; null: none is known yet. */
  readonly leading: number | null;
  /** Written at the end of the leading line, e.g. "start 3: -1130.264". */
  readonly leadingLabel: string;
}

const leadingPoints = 2000; // by eye: more than a screen has columns
const otherPoints = 20_000; // all faint lines together

/**
 * The objective by iteration: the leading start brought out and labelled at its end, all others faint. The
 * others are one series with gaps, so that a thousand starts are drawn as easily as ten.
 */
export function traceChart(view: TraceView, theme: ChartTheme): EChartsOption {
  const leading = view.runs.find((run) => run.restart === view.leading);
  const others = view.runs.filter((run) => run !== leading);
  const series: LineSeriesOption[] = [
    {
      id: 'others',
      name: 'other starts',
      type: 'line',
      data: withGaps(others),
      showSymbol: false,
      silent: true,
      lineStyle: { color: theme.mark, width: 1, opacity: 0.55 },
      z: 2,
    },
    {
      id: 'leading',
      name: 'best start',
      type: 'line',
      data: leading ? pointsOf(thinTrace(leading.trace, leadingPoints)) : [],
      showSymbol: false,
      silent: true,
      lineStyle: { color: theme.accent, width: 2 },
      itemStyle: { color: theme.accent },
      endLabel: {
        show: true,
        formatter: view.leadingLabel,
        color: theme.text,
        textBorderColor: theme.surface,
        textBorderWidth: 3,
        fontFamily: theme.font,
        fontSize: theme.fontSize,
        // Inside the plot, below a curve that rises and above one that falls.
        align: 'right',
        verticalAlign: view.objective === 'logLikelihood' ? 'top' : 'bottom',
        offset: [-8, view.objective === 'logLikelihood' ? 8 : -8],
      },
      z: 3,
    },
  ];
  return {
    animation: false,
    grid: plotGrid,
    xAxis: { ...horizontalAxis('iteration', theme, true), min: 0 },
    yAxis: { ...verticalAxis(objectiveText(view.objective), theme), splitNumber: 4 },
    series,
  };
}

function pointsOf(trace: Trace): [number, number][] {
  return trace.iterations.map((iteration, at) => [iteration, trace.objectives[at]]);
}

/** All runs one behind the other, with a missing point between them where the line breaks. */
function withGaps(runs: readonly TraceRun[]): [number, number][] {
  const share = Math.max(2, Math.floor(otherPoints / Math.max(1, runs.length)));
  return runs.flatMap((run, at) => {
    const points = pointsOf(thinTrace(run.trace, share));
    return at === 0 ? points : [[NaN, NaN] as [number, number], ...points];
  });
}
