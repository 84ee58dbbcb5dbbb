import type { Start } from '../../../shared/fit';
import type { Rows } from '../model';

/** What rows have besides their cells. */
export interface RowContents {
  readonly hasWeight: boolean;
  readonly hasLabel: boolean;
  readonly hasMissing: boolean;
}

/** Gives room for rows, to be filled. */
export type PlaceRows = (n: number, d: number, contents: RowContents) => Rows;

/** Room in arrays of their own. */
export const placePlainly: PlaceRows = (n, d, { hasWeight, hasLabel, hasMissing }) => ({
  x: new Float64Array(n * d),
  n,
  d,
  hasMissing,
  weight: hasWeight ? new Float64Array(n) : undefined,
  label: hasLabel ? new Int32Array(n) : undefined,
});

/** A copy of some rows, in the order of `which`. */
export function takeRows(rows: Rows, which: Int32Array, place: PlaceRows): Rows {
  const { x, d, weight, label } = rows;
  const hasMissing = rows.hasMissing === true && which.some((row) => isIncomplete(rows, row));
  const part = place(which.length, d, {
    hasWeight: weight !== undefined,
    hasLabel: label !== undefined,
    hasMissing,
  });
  for (const [i, row] of which.entries()) {
    for (let a = 0; a < d; a++) part.x[i * d + a] = x[row * d + a];
    if (weight && part.weight) part.weight[i] = weight[row];
    if (label && part.label) part.label[i] = label[row];
  }
  return part;
}

function isIncomplete({ x, d }: Rows, row: number): boolean {
  for (let a = 0; a < d; a++) if (Number.isNaN(x[row * d + a])) return true;
  return false;
}

/** What of a start is about rows, of those rows. */
export function startOfPart(start: Start, which: Int32Array): Start {
  if ('labels' in start) return { labels: Array.from(which, (row) => start.labels[row]) };
  if ('responsibilities' in start && start.responsibilities !== undefined) {
    const { responsibilities } = start;
    return { ...start, responsibilities: Array.from(which, (row) => responsibilities[row]) };
  }
  return start;
}
