import type { ScatterSeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { Range } from '../../shared/range';
import type { ChartTheme } from './chartTheme';
import type { GridPlace } from './gridSigns';
import type { GridView } from './gridView';

/**
 * The names of the lines, each behind a dash in its colour. Lines that end at one K have their names in one column,
 * right of the marks of all of them, moved apart where they would touch: names at the marks themselves hide them.
 */
export function nameSeries(
  view: GridView,
  shift: (at: number) => number,
  range: Range,
  theme: ChartTheme,
): ScatterSeriesOption {
  const ends = view.lines.flatMap((line, at) => {
    const last = line.marks.at(-1);
    return last ? [{ line, last, x: last.components + shift(at) }] : [];
  });
  const column = (components: number): number =>
    Math.max(...ends.filter(({ last }) => last.components === components).map(({ x }) => x));
  return {
    id: 'names',
    type: 'scatter',
    silent: true,
    symbolSize: 1,
    itemStyle: { color: 'transparent' },
    z: 6,
    labelLayout: { moveOverlap: 'shiftY' },
    data: ends.map(({ line, last }) => ({
      value: [
        column(last.components),
        Math.min(range.max, Math.max(range.min, last.value)),
      ] satisfies GridPlace,
      label: {
        show: true,
        formatter: `{dash|\u2014} ${line.name}`,
        position: 'right',
        distance: 10,
        color: theme.text,
        fontFamily: theme.font,
        fontSize: theme.fontSize,
        fontWeight: line.model !== null && line.model === view.chosen?.model ? 'bold' : 'normal',
        textBorderColor: theme.surface,
        textBorderWidth: 3,
        rich: { dash: { color: clusterColour(line.identity), fontWeight: 'bold' } },
      },
    })),
  };
}
