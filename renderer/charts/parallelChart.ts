import type { EChartsOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import type { FitFeature } from '../../shared/features';
import { roundRange } from '../../shared/range';
import type { RowSample } from '../../shared/resultCharts';
import type { ChartTheme } from './chartTheme';
import type { ClusterSign } from './clusterSign';
import { levelNames } from './histogramChart';

/** Rows as lines over their features, and the middle of each cluster over them. */
export interface ParallelView {
  readonly features: readonly FitFeature[];
  readonly sample: RowSample;
  readonly signs: readonly ClusterSign[];
  /** Middle of each cluster, clusters x features: mean of a number, share of yes; NaN for a category. */
  readonly middles: readonly Float64Array[];
  /** 1 for each row of the sample that is selected; null: none is. */
  readonly isSelected: Uint8Array | null;
}

/**
 * Parallel coordinates: an axis a feature, a line a row in the colour of its cluster, thick lines through the middles.
 * Dragging along an axis chooses a part of it.
 */
export function parallelChart(view: ParallelView, theme: ChartTheme): EChartsOption {
  const { features, sample, signs, middles, isSelected } = view;
  const text = { color: theme.muted, fontFamily: theme.font, fontSize: theme.fontSize };
  const opacity = Math.min(0.5, Math.max(0.06, 40 / sample.row.length));
  return {
    animation: false,
    parallel: {
      left: 40,
      right: 64,
      top: 28,
      bottom: 12,
      parallelAxisDefault: {
        nameTextStyle: { ...text, color: theme.text },
        nameLocation: 'end',
        nameGap: 10,
        axisLine: { lineStyle: { color: theme.hairline } },
        axisTick: { show: false },
        axisLabel: { ...text, textBorderColor: theme.surface, textBorderWidth: 2 },
        areaSelectStyle: { width: 18, color: theme.accent, borderColor: theme.accent, opacity: 0.25 },
      },
    },
    // Ends of all rows, so that axes stand still while rows are selected.
    parallelAxis: features.map((feature, dim) =>
      feature.kind === 'number'
        ? {
            id: String(dim),
            dim,
            name: feature.name,
            type: 'value',
            ...roundRange(sample.values.filter((_, at) => at % features.length === dim)),
          }
        : { id: String(dim), dim, name: feature.name, type: 'category', data: [...levelNames(feature)] },
    ),
    series: [
      ...signs.map(({ identity, name }, cluster) => ({
        id: `rows ${identity}`,
        name,
        type: 'parallel' as const,
        silent: true,
        progressive: 0,
        data: linesOf(sample, features.length, cluster, isSelected),
        lineStyle: { color: clusterColour(identity), width: 1, opacity: isSelected === null ? opacity : 0.8 },
        inactiveOpacity: opacity / 3,
        activeOpacity: 0.8,
      })),
      ...signs.map(({ identity, name }, cluster) => ({
        id: `middle ${identity}`,
        name,
        type: 'parallel' as const,
        silent: true,
        data: [Array.from(middles[cluster], (value) => (Number.isNaN(value) ? '-' : value))],
        lineStyle: { color: clusterColour(identity), width: 3, opacity: 1 },
        inactiveOpacity: 1,
        z: 3,
      })),
    ],
  };
}

/** Lines of the rows of a cluster, of the selected ones where there are some; a missing cell leaves a gap. */
function linesOf(
  { cluster, values }: RowSample,
  d: number,
  wanted: number,
  isSelected: Uint8Array | null,
): (number | string)[][] {
  const lines: (number | string)[][] = [];
  cluster.forEach((own, at) => {
    if (own !== wanted || (isSelected !== null && isSelected[at] === 0)) return;
    const cells = values.subarray(at * d, (at + 1) * d);
    lines.push(Array.from(cells, (value) => (Number.isNaN(value) ? '-' : value)));
  });
  return lines;
}
