import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import { clusterColour, clusterShape } from '../../shared/colour';
import type { GridPoint } from '../../shared/selection';
import { roundRange, type Range } from '../../shared/range';
import { plotGrid, stepsAxis, verticalAxis, withRange } from './axes';
import type { ChartTheme } from './chartTheme';
import { nameSeries } from './gridNames';
import { beyondSeries, beyondValues, pointedSeries, signSeries, type GridPlace } from './gridSigns';
import type { GridLine, GridMark, GridView } from './gridView';

const dodge = 0.07; // of one K, between models: error bars do not hide each other
const widestDodge = 0.36; // of one K, for all models together
const cross = 'path://M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z';
/** Beyond so many interquartile ranges from the quartile on the worse side, the axis is not stretched for a point. */
const fence = 3;

/**
 * A criterion against K: one line for each model, named at its end, with bars of one standard error. The best and the
 * chosen point carry a ring and a word. Points that are not ranked stand apart: hollow where they have a value, as a
 * cross on the floor where they have none. Values far off on the worse side are triangles at the end of the axis.
 * `isSmall`: beside others of its kind, without words but its axis.
 */
export function gridChart(view: GridView, theme: ChartTheme, isSmall: boolean): EChartsOption {
  const range = valueRange(view);
  const up = verticalAxis('', theme);
  const shift = shiftsOf(view.lines.length, isSmall);
  const parts = view.lines.flatMap((line, at) => lineSeries(line, shift(at), view, range, isSmall, theme));
  const longest = Math.max(0, ...view.lines.map(({ name }) => name.length));
  return {
    animation: false,
    grid: {
      ...plotGrid,
      right: isSmall ? 8 : 36 + Math.min(120, 7 * longest), // by eye: names at the ends of lines
      top: 12,
    },
    xAxis: stepsAxis(isSmall ? '' : 'number of clusters K', theme, { min: view.from, max: view.to }),
    // Without a value there is nothing to measure.
    yAxis: { ...withRange(up, range, isSmall ? 3 : 5), show: view.lines.length > 0 },
    series: [
      cursorSeries(view.pointed, range, theme),
      ...parts,
      ...(isSmall ? [] : [...beyondValues(view, range, theme), nameSeries(view, shift, range, theme)]),
      ...signSeries(view, shift, range, isSmall, theme),
      ...pointedSeries(view, shift, range, isSmall, theme),
    ],
  };
}

/** The ends of the axis: all ranked values with their bars, but for a few that lie far off on the worse side. */
export function valueRange({ lines, criterion }: GridView): Range {
  const marks = lines.flatMap((line) => line.marks);
  const sorted = marks.map(({ value }) => value).sort((a, b) => a - b);
  const lowest = sorted[Math.floor(sorted.length / 4)];
  const highest = sorted[Math.ceil((3 * sorted.length) / 4) - 1];
  const room = fence * (highest - lowest);
  const isNear =
    criterion.direction === 'higher is better'
      ? (value: number) => value >= lowest - room
      : (value: number) => value <= highest + room;
  const near = sorted.length < 4 ? marks : marks.filter(({ value }) => isNear(value));
  return roundRange(
    near.flatMap((mark) => {
      const half = halfBar(mark) ?? 0;
      return [mark.value - half, mark.value + half];
    }),
  );
}

/** Half the length of a bar; null: there is none, as of a value of one split, whose error nobody knows. */
const halfBar = ({ standardError }: GridMark): number | null =>
  standardError !== null && Number.isFinite(standardError) ? standardError : null;

/** Values of points that lie beyond the ends of the axis. */
export function beyond(view: GridView): number {
  const { min, max } = valueRange(view);
  return view.lines.flatMap(({ marks }) => marks).filter(({ value }) => value < min || value > max).length;
}

/** How far the marks of each line are moved along K. */
function shiftsOf(lines: number, isSmall: boolean): (at: number) => number {
  const step = isSmall || lines < 2 ? 0 : Math.min(dodge, widestDodge / (lines - 1));
  return (at) => (at - (lines - 1) / 2) * step;
}

function lineSeries(
  line: GridLine,
  shift: number,
  view: GridView,
  { min, max }: Range,
  isSmall: boolean,
  theme: ChartTheme,
): (LineSeriesOption | ScatterSeriesOption)[] {
  const color = clusterColour(line.identity);
  const isChosen = view.chosen !== null && line.model === view.chosen.model;
  const id = String(line.model ?? 'gap');
  const bars: LineSeriesOption = {
    ...still(`error ${id}`, errorBars(line, shift), 3),
    lineStyle: { color, width: 1, opacity: 0.75 },
  };
  const curve: LineSeriesOption = {
    ...still(`model ${id}`, connected(line, shift), 4),
    name: line.name,
    showSymbol: true,
    symbol: clusterShape(line.identity),
    symbolSize: isSmall ? 4 : 7,
    itemStyle: { color },
    lineStyle: { color, width: isChosen ? 2.25 : 1.25 },
  };
  const apart: ScatterSeriesOption = {
    id: `apart ${id}`,
    type: 'scatter',
    silent: true,
    symbolSize: isSmall ? 5 : 8,
    z: 5,
    data: line.apart.map(({ components, value }) => {
      const isInSight = value !== null && value >= min && value <= max;
      return {
        value: [components + shift, isInSight ? value : min],
        symbol: value === null ? cross : clusterShape(line.identity),
        itemStyle:
          value === null ? { color } : { color: theme.surface, borderColor: color, borderWidth: 1.25 },
      };
    }),
  };
  const off = line.marks.filter(({ value }) => value < min || value > max);
  return [
    ...(isSmall ? [] : [bars]),
    curve,
    ...(line.apart.length > 0 ? [apart] : []),
    ...(off.length > 0 ? [beyondSeries(id, off, shift, { min, max }, color, isSmall)] : []),
  ];
}

/** The marks of a line; it breaks where a K between is not there. */
function connected({ marks }: GridLine, shift: number): GridPlace[] {
  return marks.flatMap(({ components, value }, at): GridPlace[] => {
    const breaks = at > 0 && marks[at - 1].components < components - 1;
    const point: GridPlace = [components + shift, value];
    return breaks ? [[NaN, NaN], point] : [point];
  });
}

function errorBars({ marks }: GridLine, shift: number): GridPlace[] {
  return marks
    .flatMap((mark): { components: number; value: number; half: number }[] => {
      const half = halfBar(mark);
      return half === null ? [] : [{ ...mark, half }];
    })
    .flatMap(({ components, value, half }, at): GridPlace[] => {
      const x = components + shift;
      return [...(at > 0 ? [[NaN, NaN] as GridPlace] : []), [x, value - half], [x, value + half]];
    });
}

/** An upright line through the K looked at, the same in every chart. */
function cursorSeries(pointed: GridPoint | null, { min, max }: Range, theme: ChartTheme): LineSeriesOption {
  const points: GridPlace[] = pointed
    ? [
        [pointed.components, min],
        [pointed.components, max],
      ]
    : [];
  return { ...still('cursor', points, 2), lineStyle: { color: theme.hairline, width: 8 } };
}

function still(id: string, data: readonly GridPlace[], z: number): LineSeriesOption {
  return { id, type: 'line', data: [...data], showSymbol: false, silent: true, z };
}
