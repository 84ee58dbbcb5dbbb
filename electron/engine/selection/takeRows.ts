import type { Start } from '../../../shared/fit';
import type { Rows } from '../rows';

/** The rows of these indices, in their order, with what belongs to each. */
export function takeRows(rows: Rows, index: Int32Array): Rows {
  const { d } = rows;
  const x = new Float64Array(index.length * d);
  for (const [i, row] of index.entries()) x.set(rows.x.subarray(row * d, (row + 1) * d), i * d);
  return {
    x,
    n: index.length,
    d,
    weight: rows.weight && Float64Array.from(index, (row) => rows.weight?.[row] ?? 1),
    label: rows.label && Int32Array.from(index, (row) => rows.label?.[row] ?? -1),
    hasMissing: rows.hasMissing,
  };
}

/** The start of a fit to those rows alone: labels and responsibilities are of rows, and a part takes its own. */
export function startOfRows(start: Start, index: Int32Array): Start {
  const rowsOf = <T>(values: readonly T[]): T[] => Array.from(index, (row) => values[row]);
  if ('labels' in start) return { labels: rowsOf(start.labels) };
  if ('parameters' in start)
    return start.responsibilities
      ? { parameters: start.parameters, responsibilities: rowsOf(start.responsibilities) }
      : start;
  if ('responsibilities' in start) return { responsibilities: rowsOf(start.responsibilities) };
  return start;
}
