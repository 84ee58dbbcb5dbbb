/**
 * Colours of clusters. The first eight are Okabe and Ito's colour-blind-safe sequence (2008), without black and
 * with yellow darkened so that it stands out on white; always shown together with a shape and a number.
 */
const sequence = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#8a7a00', '#6a51a3'];

/** Shapes as ECharts names them, in the order of the colours. */
const shapes = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow', 'roundRect', 'emptyCircle'] as const;
export type ClusterShape = (typeof shapes)[number];

/** The colour of cluster `index`, counted from 0. Past the sequence it repeats, with another shape. */
export function clusterColour(index: number): string {
  return sequence[index % sequence.length];
}

/** The shape of cluster `index`: shifts by one each time the colours repeat, so that no pair comes twice soon. */
export function clusterShape(index: number): ClusterShape {
  const round = Math.floor(index / sequence.length);
  return shapes[(index + round) % shapes.length];
}
