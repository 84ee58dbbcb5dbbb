import {
  bestPoint,
  gapValue,
  gridValue,
  isOfLikelihood,
  standingOf,
  type GridCriterion,
  type GridValue,
} from '../../shared/gridCriteria';
import type { GapCurve, GridCell, GridPoint } from '../../shared/selection';

/** A value of a criterion at one K of one model. */
export interface GridMark extends GridValue {
  readonly components: number;
}

/** A point that is drawn apart, because it is not ranked: the value it has, if any. */
export interface ApartMark {
  readonly components: number;
  readonly value: number | null;
  /** `impossible`: a row that was put aside cannot come from the model. */
  readonly because: 'failed' | 'notConverged' | 'impossible';
}

/** One model: its ranked values by K, and the points apart. */
export interface GridLine {
  /** Index of the model in the grid; null: the gap of k-means where k-means is not in the grid. */
  readonly model: number | null;
  readonly name: string;
  /** Chooses colour and shape. */
  readonly identity: number;
  readonly marks: readonly GridMark[];
  readonly apart: readonly ApartMark[];
}

/** A criterion over the grid, as it is drawn. */
export interface GridView {
  readonly criterion: GridCriterion;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly GridLine[];
  readonly best: GridPoint | null;
  readonly chosen: GridPoint | null;
  /** The point looked at. */
  readonly pointed: GridPoint | null;
}

/** What a comparison found, as the charts need it. */
export interface GridState {
  /** Short names of the models of the grid. */
  readonly names: readonly string[];
  /** Index of k-means among them, to which the gap belongs; -1: none. */
  readonly kMeans: number;
  readonly from: number;
  readonly to: number;
  readonly cells: readonly GridCell[];
  readonly gap: GapCurve | null;
  readonly chosen: GridPoint | null;
  /** By model: the first one that takes the columns as it does. */
  readonly columnsAs: readonly number[];
}

/** The best ranked point of a criterion; of a likelihood, among models that take the columns as the chosen one does. */
export function bestOf(state: GridState, criterion: GridCriterion): GridPoint | null {
  const { cells, chosen, columnsAs, gap, kMeans } = state;
  if (criterion.criterion === 'gap') return gap && { model: Math.max(0, kMeans), components: gap.chosen };
  if (!isOfLikelihood(criterion)) return bestPoint(criterion, cells);
  const alike = columnsAs[chosen?.model ?? 0];
  return bestPoint(
    criterion,
    cells.filter(({ model }) => columnsAs[model] === alike),
  );
}

/** Arranges one criterion: a line for each model that has it, in the order of the grid. */
export function gridView(state: GridState, criterion: GridCriterion, pointed: GridPoint | null): GridView {
  const { names, from, to, chosen } = state;
  const isGap = criterion.criterion === 'gap';
  const lines = isGap ? [gapLine(state)] : names.map((_, model) => modelLine(state, criterion, model));
  return {
    criterion,
    from,
    to,
    lines: lines.filter(({ marks, apart }) => marks.length + apart.length > 0),
    best: bestOf(state, criterion),
    chosen: chosen && lines.some((line) => markAt(line, chosen) !== null) ? chosen : null,
    pointed,
  };
}

function modelLine(state: GridState, criterion: GridCriterion, model: number): GridLine {
  const own = state.cells.filter((cell) => cell.model === model).sort((a, b) => a.components - b.components);
  const marks: GridMark[] = [];
  const apart: ApartMark[] = [];
  for (const cell of own) {
    const { components } = cell;
    const standing = standingOf(cell);
    if (standing === 'waiting') continue;
    const found = criterion.criterion === 'gap' ? null : gridValue(criterion.criterion, cell);
    if (standing === 'failed') apart.push({ components, value: null, because: 'failed' });
    else if (!found) continue;
    else if (standing === 'notConverged')
      apart.push({ components, value: finite(found.value), because: 'notConverged' });
    else if (!Number.isFinite(found.value))
      apart.push({
        components,
        value: null,
        because: found.value === -Infinity ? 'impossible' : 'failed',
      });
    else marks.push({ components, ...found });
  }
  // A model that never has the criterion is not drawn for its failures alone.
  const hasIt = marks.length > 0 || apart.some(({ value }) => value !== null);
  return { model, name: state.names[model], identity: model, marks, apart: hasIt ? apart : [] };
}

/** The gap belongs to k-means; where that is not in the grid it has a line of its own, which opens no fit. */
function gapLine({ names, kMeans, gap }: GridState): GridLine {
  return {
    model: kMeans < 0 ? null : kMeans,
    name: 'k-means',
    identity: kMeans < 0 ? names.length : kMeans,
    marks: (gap?.points ?? []).flatMap(({ components }) => {
      const found = gapValue(gap, components);
      return found && Number.isFinite(found.value) ? [{ components, ...found }] : [];
    }),
    apart: [],
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The mark of a point on a line; null: it is on another, or not drawn. */
export function markAt(line: GridLine, point: GridPoint): GridMark | null {
  if (line.model !== null && line.model !== point.model) return null;
  return line.marks.find(({ components }) => components === point.components) ?? null;
}

/**
 * The grid point nearest to a place of the chart: of its K, the one whose value is nearest; null where no model has
 * anything at that K. Points without a value stand at `floor`.
 */
export function pointNear(view: GridView, x: number, y: number, floor: number): GridPoint | null {
  const components = Math.min(view.to, Math.max(view.from, Math.round(x)));
  let near: { model: number; distance: number } | null = null;
  for (const { model, marks, apart } of view.lines) {
    if (model === null) continue;
    for (const mark of [...marks, ...apart]) {
      if (mark.components !== components) continue;
      const distance = Math.abs((mark.value ?? floor) - y);
      if (near === null || distance < near.distance) near = { model, distance };
    }
  }
  return near && { model: near.model, components };
}

/** The point one step along the K axis or to the next model that has anything there. Stays where there is none. */
export function pointBeside(
  view: GridView,
  from: GridPoint | null,
  step: 'left' | 'right' | 'up' | 'down',
): GridPoint | null {
  const start = from ?? view.chosen ?? view.best;
  const points = view.lines.flatMap(({ model, marks, apart }) =>
    model === null ? [] : [...marks, ...apart].map(({ components }) => ({ model, components })),
  );
  if (!from || !start) return start ?? points[0] ?? null;
  const candidates =
    step === 'left' || step === 'right'
      ? points
          .filter(({ model }) => model === start.model)
          .filter(({ components }) =>
            step === 'left' ? components < start.components : components > start.components,
          )
          .sort((a, b) => (step === 'left' ? b.components - a.components : a.components - b.components))
      : points
          .filter(({ components }) => components === start.components)
          .filter(({ model }) => (step === 'up' ? model < start.model : model > start.model))
          .sort((a, b) => (step === 'up' ? b.model - a.model : a.model - b.model));
  return candidates[0] ?? start;
}
