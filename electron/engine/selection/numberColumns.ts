import type { FeatureSpace } from '../featureSpace';
import type { Rows } from '../model';

/**
 * The number columns of rows as rows of their own, weights kept: what has a distance in units of the fit. The rows
 * themselves where all columns are numbers, null where none is.
 */
export function numberColumns(rows: Rows, space: FeatureSpace): Rows | null {
  const columns = space.flatMap(({ kind }, a) => (kind === 'number' ? [a] : []));
  if (columns.length === 0) return null;
  const { n, weight } = rows;
  const d = columns.length;
  if (d === rows.d) return rows;
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) x[i * d + a] = rows.x[i * rows.d + columns[a]];
  return { x, n, d, weight, hasMissing: rows.hasMissing === true && x.some(Number.isNaN) };
}
