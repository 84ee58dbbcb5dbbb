import { fitFailureText } from '../../../shared/failureText';
import { stopText } from '../../../shared/fitText';
import { formatNumber, formatObjective } from '../../../shared/format';
import {
  gapValue,
  gridValue,
  isProvisional,
  splitsDone,
  type GridCriterion,
  type GridValue,
} from '../../../shared/gridCriteria';
import type { GridCell, GridPoint } from '../../../shared/selection';
import type { GridState } from '../../charts/gridView';

/** A grid point as it is called: `K = 3, VVV`. */
export function pointName({ names }: Pick<GridState, 'names'>, { model, components }: GridPoint): string {
  return `K = ${components}, ${names[model] ?? 'k-means'}`;
}

/** A value as it is shown, without its error. */
export function valueText(value: number): string {
  return Math.abs(value) >= 1 ? formatObjective(value) : formatNumber(value, 3);
}

/** A value with its standard error where it has one: `-1.595 ± 0.118`. */
export function estimateText({ value, standardError }: GridValue): string {
  const text = valueText(value);
  if (standardError === null || Number.isNaN(standardError)) return text;
  const decimals = /\.(\d+)$/.exec(text)?.[1].length ?? 0;
  return `${text} ± ${standardError.toFixed(decimals)}`;
}

/** The cell of a point, once anything is known of it. */
export function cellAt(cells: readonly GridCell[], { model, components }: GridPoint): GridCell | null {
  return cells.find((cell) => cell.model === model && cell.components === components) ?? null;
}

/** The value of a criterion at a point; the gap is that of k-means. */
export function valueAt(state: GridState, criterion: GridCriterion, point: GridPoint): GridValue | null {
  const { criterion: name } = criterion;
  if (name === 'gap')
    return state.kMeans < 0 || point.model === state.kMeans ? gapValue(state.gap, point.components) : null;
  const cell = cellAt(state.cells, point);
  return cell && gridValue(name, cell);
}

/**
 * What is to be said of a point beside its values: why it is not ranked, or what makes it doubtful; empty: nothing.
 * `features`: names, for failures.
 */
export function standingText(cell: GridCell | null, features: readonly string[]): string {
  const outcome = cell?.fit?.outcome;
  if (!cell || !outcome) return 'not fitted yet';
  if (outcome.kind === 'failed') return `failed: ${fitFailureText(outcome.failure, features)}`;
  const parts = outcome.stopped === 'converged' ? [] : [stopText(outcome.stopped, outcome.iterations)];
  const { heldOut } = cell;
  if (heldOut && isProvisional(cell))
    parts.push(`${splitsDone(heldOut)} of ${heldOut.weight.length} splits scored`);
  if (heldOut && heldOut.failed > 0) parts.push(`${heldOut.failed} of ${heldOut.mean.length} splits failed`);
  if (heldOut && heldOut.notConverged > 0)
    parts.push(`${heldOut.notConverged} of ${heldOut.mean.length} splits not converged`);
  if (heldOut?.score.value === -Infinity) parts.push('a row that was put aside is impossible under it');
  return parts.join(', ');
}

/** A point in one line, for whoever points at it or walks there: `K = 3, VVV: BIC 580.839 (lower is better)`. */
export function pointText(
  state: GridState,
  criterion: GridCriterion,
  point: GridPoint,
  features: readonly string[],
): string {
  const found = valueAt(state, criterion, point);
  const value = found ? `${criterion.name} ${estimateText(found)}` : `no ${criterion.name}`;
  const standing = standingText(cellAt(state.cells, point), features);
  return [`${pointName(state, point)}: ${value}`, standing].filter((part) => part !== '').join(' · ');
}
