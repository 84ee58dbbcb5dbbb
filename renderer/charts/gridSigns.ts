import type { ScatterSeriesOption } from 'echarts';
import { formatNumber } from '../../shared/format';
import type { Range } from '../../shared/range';
import type { GridPoint } from '../../shared/selection';
import { textOverMarks, type ChartTheme } from './chartTheme';
import { markAt, type GridMark, type GridView } from './gridView';

/** A place on the chart of a criterion. */
export type GridPlace = [x: number, y: number];

const besideMarks = 0.18; // of one K, by eye: right of the marks of all models

/** A ring and a word for the chosen point and for the best one; one ring where they are the same. */
export function signSeries(
  view: GridView,
  shift: (at: number) => number,
  range: Range,
  isSmall: boolean,
  theme: ChartTheme,
): ScatterSeriesOption[] {
  const { best, chosen } = view;
  const isSame =
    best !== null && chosen !== null && best.model === chosen.model && best.components === chosen.components;
  const words: [id: string, point: GridPoint | null, word: string][] = isSame
    ? [['chosen', chosen, 'chosen, best']]
    : [
        ['best', best, 'best'],
        ['chosen', chosen, 'chosen'],
      ];
  return words.flatMap(([id, point, word]): ScatterSeriesOption[] => {
    const place = point && placeOf(view, point, shift);
    if (!place || place[1] < range.min || place[1] > range.max) return [];
    const isChosen = id === 'chosen';
    return [
      {
        id,
        type: 'scatter',
        silent: true,
        symbol: 'circle',
        symbolSize: isSmall ? 11 : 17,
        z: 6,
        data: [place],
        itemStyle: {
          color: 'transparent',
          borderColor: isChosen ? theme.accent : theme.muted,
          borderWidth: isChosen ? 2 : 1.25,
          ...(isChosen ? {} : { borderType: 'dashed' as const }),
        },
        label: {
          show: !isSmall,
          formatter: word,
          position: 'top',
          // Right of the last marks stand the names of the lines.
          align: point?.components === view.to ? 'right' : 'center',
          ...textOverMarks(theme, isChosen ? theme.accent : theme.muted),
        },
      },
    ];
  });
}

/** A thin ring around the mark looked at. */
export function pointedSeries(
  view: GridView,
  shift: (at: number) => number,
  range: Range,
  isSmall: boolean,
  theme: ChartTheme,
): ScatterSeriesOption[] {
  const place = view.pointed && placeOf(view, view.pointed, shift);
  if (!place || place[1] < range.min || place[1] > range.max) return [];
  return [
    {
      id: 'pointed',
      type: 'scatter',
      silent: true,
      symbol: 'circle',
      symbolSize: isSmall ? 8 : 12,
      z: 7,
      data: [place],
      itemStyle: { color: 'transparent', borderColor: theme.text, borderWidth: 1.25 },
    },
  ];
}

function placeOf(view: GridView, point: GridPoint, shift: (at: number) => number): GridPlace | null {
  for (const [at, line] of view.lines.entries()) {
    const mark = markAt(line, point);
    if (mark) return [mark.components + shift(at), mark.value];
  }
  return null;
}

/** Marks beyond the axis: at its end, a triangle that points to where they lie. */
export function beyondSeries(
  id: string,
  marks: readonly GridMark[],
  shift: number,
  { min, max }: Range,
  color: string,
  isSmall: boolean,
): ScatterSeriesOption {
  return {
    id: `beyond ${id}`,
    type: 'scatter',
    silent: true,
    symbol: 'triangle',
    symbolSize: isSmall ? 6 : 9,
    z: 5,
    itemStyle: { color },
    data: marks.map(({ components, value }) => {
      const isBelow = value < min;
      return { value: [components + shift, isBelow ? min : max], symbolRotate: isBelow ? 180 : 0 };
    }),
  };
}

/** What the marks beyond the axis are, once for each K and end: those of several models would hide each other. */
export function beyondValues(
  { lines }: GridView,
  { min, max }: Range,
  theme: ChartTheme,
): ScatterSeriesOption[] {
  const texts = new Map<string, { place: GridPlace; values: Set<string> }>();
  for (const { components, value } of lines.flatMap(({ marks }) => marks)) {
    if (value >= min && value <= max) continue;
    const place: GridPlace = [components + besideMarks, value < min ? min : max];
    const own = texts.get(place.join()) ?? { place, values: new Set() };
    own.values.add(formatNumber(value));
    texts.set(place.join(), own);
  }
  if (texts.size === 0) return [];
  return [
    {
      id: 'beyond values',
      type: 'scatter',
      silent: true,
      symbolSize: 1,
      itemStyle: { color: 'transparent' },
      z: 5,
      data: Array.from(texts.values(), ({ place, values }) => ({
        value: place,
        label: {
          show: true,
          formatter: [...values].join(', '),
          position: 'right',
          verticalAlign: 'bottom',
          ...textOverMarks(theme, theme.muted),
        },
      })),
    },
  ];
}
