import type { ScatterSeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { Range } from '../../shared/range';
import { textOverMarks, type ChartTheme } from './chartTheme';
import type { GridPlace } from './gridSigns';
import type { GridLine, GridView } from './gridView';
import { spreadApart } from './spreadApart';

const lineGap = 15; // px between names: a line of text
const plotHeight = 240; // px, of the large chart; another height only moves names a little farther or less

interface NamedEnd {
  readonly line: GridLine;
  readonly x: number;
  readonly value: number;
  /** Below its value, px. */
  readonly moved: number;
}

/**
 * The names of the lines, each behind a dash in its colour. Lines that end at one K have their names in one column,
 * right of the marks of all of them and moved apart where they would touch: at the marks themselves they hide them.
 */
export function nameSeries(
  view: GridView,
  shift: (at: number) => number,
  range: Range,
  theme: ChartTheme,
): ScatterSeriesOption {
  return {
    id: 'names',
    type: 'scatter',
    silent: true,
    symbolSize: 1,
    itemStyle: { color: 'transparent' },
    z: 6,
    data: endsOf(view, shift, range).map(({ line, x, value, moved }) => ({
      value: [x, value] satisfies GridPlace,
      label: {
        show: true,
        formatter: `{dash|\u2014} ${line.name}`,
        position: 'right',
        distance: 10,
        offset: [0, moved],
        ...textOverMarks(theme),
        fontWeight: line.model !== null && line.model === view.chosen?.model ? 'bold' : 'normal',
        rich: { dash: { color: clusterColour(line.identity), fontWeight: 'bold' } },
      },
    })),
  };
}

function endsOf({ lines }: GridView, shift: (at: number) => number, { min, max }: Range): NamedEnd[] {
  const ends = lines.flatMap((line, at) => {
    const last = line.marks.at(-1);
    if (!last) return [];
    const value = Math.min(max, Math.max(min, last.value));
    const below = ((max - value) / (max - min)) * plotHeight;
    return [{ line, components: last.components, x: last.components + shift(at), value, below }];
  });
  return [...new Set(ends.map(({ components }) => components))].flatMap((components) => {
    const column = ends.filter((end) => end.components === components).sort((a, b) => a.below - b.below);
    const places = spreadApart(
      column.map(({ below }) => below),
      lineGap,
    );
    const x = Math.max(...column.map((end) => end.x));
    return column.map(({ line, value, below }, at) => ({ line, value, x, moved: places[at] - below }));
  });
}
