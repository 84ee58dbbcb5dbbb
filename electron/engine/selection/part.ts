import type { Start } from '../../../shared/fit';
import type { Rows } from '../rows';

/** What rows have besides their cells. */
export interface RowContents {
  readonly hasWeight: boolean;
  readonly hasLabel: boolean;
  /** Whether any cell is NaN. */
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

/** The rows of these indices, in their order, with what belongs to each. */
export function takeRows(rows: Rows, index: Int32Array, place: PlaceRows = placePlainly): Rows {
  const { d, weight, label } = rows;
  const part = place(index.length, d, {
    hasWeight: weight !== undefined,
    hasLabel: label !== undefined,
    hasMissing: rows.hasMissing === true && index.some((row) => isIncomplete(rows, row)),
  });
  for (const [i, row] of index.entries()) {
    for (let a = 0; a < d; a++) part.x[i * d + a] = rows.x[row * d + a];
    if (weight && part.weight) part.weight[i] = weight[row];
    if (label && part.label) part.label[i] = label[row];
  }
  return part;
}

function isIncomplete({ x, d }: Rows, row: number): boolean {
  for (let a = 0; a < d; a++) if (Number.isNaN(x[row * d + a])) return true;
  return false;
}

/** A copy of all rows. */
export const copyRows = (rows: Rows, place: PlaceRows): Rows =>
  takeRows(
    rows,
    Int32Array.from({ length: rows.n }, (_, row) => row),
    place,
  );

/** The start of a fit to those rows alone: labels and responsibilities are of rows, and a part takes its own. */
export function startOfPart(start: Start, index: Int32Array): Start {
  const rowsOf = <T>(values: readonly T[]): T[] => Array.from(index, (row) => values[row]);
  if ('labels' in start) return { labels: rowsOf(start.labels) };
  if ('parameters' in start)
    return start.responsibilities
      ? { parameters: start.parameters, responsibilities: rowsOf(start.responsibilities) }
      : start;
  if ('responsibilities' in start) return { responsibilities: rowsOf(start.responsibilities) };
  return start;
}
