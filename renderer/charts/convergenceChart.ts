import type { EChartsOption, GridComponentOption, LineSeriesOption } from 'echarts';
import type { ObjectiveKind } from '../../shared/fit';
import { objectiveText } from '../../shared/fitText';
import { roundRange, type Range } from '../../shared/range';
import { thinTrace, type Trace } from '../../shared/trace';
import { horizontalAxis, plotGrid, powersAxis, verticalAxis, withRange } from './axes';
import { textOverMarks, type ChartTheme } from './chartTheme';
import { divergencePanel, divergenceRange, divergenceSeries } from './divergencePanel';
import { halfStepPaths, type HalfStepPaths, type Point } from './halfStepPaths';
import { plainLine } from './plainLine';
import type { TraceRun } from './traceRuns';

/** The objective by iteration, of one or many starts, and the half-steps of the leading one. */
export interface ConvergenceView {
  readonly objective: ObjectiveKind;
  readonly runs: readonly TraceRun[];
  /** The start to bring out; null: none is known yet. */
  readonly leading: number | null;
  /** Written at the end of the leading line, e.g. "start 3: -1130.264". */
  readonly leadingLabel: string;
  /** Iterations at which the objective becomes another one, marked by dotted lines. */
  readonly turns: readonly number[];
  /** Whether there is room for the divergence on its own. */
  readonly hasDivergence: boolean;
  /** The iteration looked at, marked by an upright line; null: none. */
  readonly cursor: number | null;
}

const leadingPoints = 2000; // by eye: more than a screen has columns
const otherPoints = 20_000; // all faint lines together
const widestGap = 9; // px, by eye
const leastShare = 1e-5; // by eye: numbers of the axis stay short

const panel: GridComponentOption = { ...plotGrid, top: 26, bottom: 40, outerBoundsMode: 'none' };
/** Of both panels, the objective has more room; numbers of the right one stand in the gap. */
const objectiveGrid: GridComponentOption = { ...panel, left: 72, right: '44%' };
const divergenceGrid: GridComponentOption = { ...panel, left: '67%' };

/**
 * The objective by iteration: the leading start brought out and labelled at its end, all others faint. Where a run
 * has half-steps, the bound is drawn under the log-likelihood with the distance between them shaded, and that
 * distance, KL(q || p), once more beside it on a logarithmic axis of its own: it is tiny against the likelihood.
 * The axis holds the whole leading start and the ends of all others; how badly those began is not worth the room.
 * Starts that broke off are dotted and have no say in the axis: a collapsing likelihood rises without bound.
 */
export function convergenceChart(view: ConvergenceView, theme: ChartTheme): EChartsOption {
  const leading = view.runs.find((run) => run.restart === view.leading);
  const others = view.runs.filter((run) => run !== leading && !run.hasFailed);
  const failed = view.runs.filter((run) => run !== leading && run.hasFailed);
  const trace = leading ? thinTrace(leading.trace, leadingPoints) : null;
  const paths = trace && view.objective !== 'distortion' ? halfStepPaths(trace) : null;
  const upper = upperSeries(view, trace, paths, theme);
  const upperRange = readableRange([
    ...upper.flatMap((series) => heights(series)),
    ...others.map((run) => run.trace.objectives.at(-1) ?? NaN),
  ]);
  const iterations = {
    min: 0,
    max: Math.max(1, ...view.runs.map((run) => run.trace.iterations.at(-1) ?? 0)),
  };
  const top = withRange(verticalAxis(objectiveText(view.objective), theme), upperRange);
  const beside = besideSeries(others, failed, isLikelihood(view.objective), theme);
  const divergences = paths && view.hasDivergence ? divergenceRange(paths) : null;
  if (!paths || !divergences)
    return {
      animation: false,
      grid: plotGrid,
      xAxis: { ...horizontalAxis('iteration', theme, true), ...iterations },
      yAxis: top,
      dataZoom: zooms([0]),
      series: [
        ...beside,
        ...upper,
        turnSeries(view.turns, upperRange, theme),
        cursorSeries('cursor', view.cursor, upperRange, 0, theme),
      ],
    };
  const across = { ...horizontalAxis('iteration', theme, true), ...iterations };
  return {
    animation: false,
    grid: [objectiveGrid, divergenceGrid],
    xAxis: [
      { ...across, gridIndex: 0 },
      { ...across, gridIndex: divergencePanel },
    ],
    yAxis: [
      { ...top, gridIndex: 0 },
      { ...powersAxis('KL(q || p) in nats', theme, divergences), gridIndex: divergencePanel },
    ],
    dataZoom: zooms([0, divergencePanel]),
    series: [
      ...beside,
      ...upper,
      ...divergenceSeries(paths, theme),
      turnSeries(view.turns, upperRange, theme),
      cursorSeries('cursor', view.cursor, upperRange, 0, theme),
      cursorSeries('cursor beside', view.cursor, divergences, divergencePanel, theme),
    ],
  };
}

/**
 * The ends of the axis of objectives. Not nearer to each other than a hundred-thousandth of their size: what changes less
 * is drawn level, where a larger scale would make a rise out of it and need ten digits to be told.
 */
function readableRange(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = leastShare * Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low < least)) return roundRange(finite);
  const middle = low + (high - low) / 2;
  return roundRange([middle - least / 2, middle + least / 2]);
}

/** The starts beside the leading one: all that came to an end in one series, all that broke off in another. */
function besideSeries(
  others: readonly TraceRun[],
  failed: readonly TraceRun[],
  asLikelihood: boolean,
  theme: ChartTheme,
): LineSeriesOption[] {
  const style = { color: theme.mark, width: 1, opacity: 0.55 };
  return [
    plainLine('others', 'other starts', withGaps(others, asLikelihood), style, 2),
    ...(failed.length === 0
      ? []
      : [
          plainLine(
            'failed',
            'starts that broke off',
            withGaps(failed, asLikelihood),
            { ...style, type: 'dotted' },
            2,
          ),
        ]),
  ];
}

function heights({ data }: LineSeriesOption): number[] {
  return (data as Point[]).map(([, y]) => y);
}

function upperSeries(
  view: ConvergenceView,
  trace: Trace | null,
  paths: HalfStepPaths | null,
  theme: ChartTheme,
): LineSeriesOption[] {
  const objective = trace ? pointsOf(trace) : [];
  const gapWidth = trace ? Math.min(widestGap, Math.max(1.5, 240 / trace.iterations.length)) : 1;
  return [
    ...(paths
      ? [
          plainLine(
            'gap',
            'KL(q || p)',
            paths.gaps,
            { color: theme.accent, width: gapWidth, opacity: 0.3, cap: 'butt' },
            3,
          ),
          plainLine('bound', 'bound', paths.bound, { color: theme.text, width: 1.25, type: 'dashed' }, 4),
        ]
      : []),
    ...(paths && !isLikelihood(view.objective)
      ? [
          plainLine(
            'logLikelihood',
            'log-likelihood',
            paths.logLikelihood,
            { color: theme.muted, width: 1.25 },
            4,
          ),
        ]
      : []),
    {
      ...plainLine(
        'leading',
        'best start',
        paths && isLikelihood(view.objective) ? paths.logLikelihood : objective,
        { color: theme.accent, width: 2 },
        5,
      ),
      itemStyle: { color: theme.accent },
      endLabel: endLabel(view, trace, theme),
    },
  ];
}

/** Whether the objective of a soft run is its log-likelihood, whose path has the half-steps too. */
function isLikelihood(objective: ObjectiveKind): boolean {
  return objective === 'logLikelihood' || objective === 'logPosterior';
}

/**
 * Inside the plot, below a curve that rises and above one that falls; before its end, or after it where the curve is
 * too short beside the others to have room before.
 */
function endLabel(
  view: ConvergenceView,
  trace: Trace | null,
  theme: ChartTheme,
): NonNullable<LineSeriesOption['endLabel']> {
  const rises = view.objective !== 'distortion';
  const longest = Math.max(1, ...view.runs.map((run) => run.trace.iterations.at(-1) ?? 0));
  const isShort = (trace?.iterations.at(-1) ?? 0) < longest / 2;
  return {
    show: true,
    formatter: view.leadingLabel,
    ...textOverMarks(theme),
    align: isShort ? 'left' : 'right',
    verticalAlign: rises ? 'top' : 'bottom',
    offset: [isShort ? 8 : -8, rises ? 8 : -8],
  };
}

function turnSeries(turns: readonly number[], { min, max }: Range, theme: ChartTheme): LineSeriesOption {
  const points = turns.flatMap((turn, at): Point[] => [
    ...(at > 0 ? [[NaN, NaN] as Point] : []),
    [turn, min],
    [turn, max],
  ]);
  return plainLine('turns', 'another objective', points, { color: theme.muted, width: 1, type: 'dotted' }, 1);
}

function cursorSeries(
  id: string,
  iteration: number | null,
  { min, max }: Range,
  panel: number,
  theme: ChartTheme,
): LineSeriesOption {
  const points: Point[] =
    iteration === null
      ? []
      : [
          [iteration, min],
          [iteration, max],
        ];
  return plainLine(id, 'iteration shown', points, { color: theme.text, width: 1 }, 6, panel);
}

function zooms(panels: number[]): NonNullable<EChartsOption['dataZoom']> {
  return [
    { type: 'inside', id: 'zoomX', xAxisIndex: panels, filterMode: 'none' },
    { type: 'inside', id: 'zoomY', yAxisIndex: 0, filterMode: 'none' },
  ];
}

function pointsOf(trace: Trace): Point[] {
  return trace.iterations.map((iteration, at) => [iteration, trace.objectives[at]]);
}

/**
 * All runs one behind the other, with a missing point between them where the line breaks. `asLikelihood`: their
 * log-likelihood where it is known, which stays comparable while a temperature makes the objective another one.
 */
function withGaps(runs: readonly TraceRun[], asLikelihood: boolean): Point[] {
  const share = Math.max(2, Math.floor(otherPoints / Math.max(1, runs.length)));
  return runs.flatMap((run, at) => {
    const trace = thinTrace(run.trace, share);
    const points = pointsOf(trace).map(([iteration, objective], index): Point => {
      const likelihood = asLikelihood ? trace.logLikelihoods[index] : NaN;
      return [iteration, Number.isFinite(likelihood) ? likelihood : objective];
    });
    return at === 0 ? points : [[NaN, NaN] as Point, ...points];
  });
}
