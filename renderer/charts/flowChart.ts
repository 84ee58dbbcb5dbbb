import type { EChartsOption, SankeySeriesOption } from 'echarts';
import { clusterColour } from '../../shared/colour';
import { textOverMarks, type ChartTheme } from './chartTheme';

/** One end of a flow. */
export interface FlowNode {
  readonly name: string;
  /** Of a cluster; null: a group that no cluster goes with, drawn grey. */
  readonly identity: number | null;
}

/** How rows go from groups on the left to clusters on the right. */
export interface FlowView {
  readonly left: readonly FlowNode[];
  readonly right: readonly FlowNode[];
  /** Places at either side, and the weight of the rows between them, > 0. */
  readonly flows: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
}

/** A flow diagram: bands as wide as they hold rows, in the colour of the cluster they lead to. */
export function flowChart(view: FlowView, theme: ChartTheme): EChartsOption {
  const left = view.left.map((node, at) => ({ ...node, key: keyOf(node.name, 2 * at) }));
  const right = view.right.map((node, at) => ({ ...node, key: keyOf(node.name, 2 * at + 1) }));
  const series: SankeySeriesOption = {
    id: 'flow',
    type: 'sankey',
    left: 4,
    right: 4,
    top: 8,
    bottom: 8,
    nodeWidth: 12,
    nodeGap: 10,
    // In the order given: both sides are in the order of the clusters.
    layoutIterations: 0,
    draggable: false,
    emphasis: { focus: 'adjacency' },
    data: [...left.map((node) => nodeOf(node, 0, theme)), ...right.map((node) => nodeOf(node, 1, theme))],
    links: view.flows.flatMap(({ from, to, rows }) => {
      const [source, target] = [left[from], right[to]];
      if (!source || !target) return [];
      return [
        {
          source: source.key,
          target: target.key,
          value: rows,
          lineStyle: { color: colourOf(target, theme), opacity: 0.35, curveness: 0.5 },
        },
      ];
    }),
  };
  return { animation: false, series: [series] };
}

function nodeOf(node: FlowNode & { readonly key: string }, depth: 0 | 1, theme: ChartTheme) {
  return {
    name: node.key,
    depth,
    itemStyle: { color: colourOf(node, theme), borderWidth: 0 },
    label: {
      position: depth === 0 ? ('right' as const) : ('left' as const),
      ...textOverMarks(theme),
      width: 160,
      overflow: 'truncate' as const,
    },
  };
}

const colourOf = ({ identity }: FlowNode, theme: ChartTheme): string =>
  identity === null ? theme.mark : clusterColour(identity);

/** ECharts knows nodes by the text it writes: characters without width tell equal ones apart. */
const keyOf = (name: string, place: number): string => name + '\u200b'.repeat(place);
