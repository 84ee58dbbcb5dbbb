import { completeRows } from './completeRows';

/** Columns of numbers that tell nothing new, as indices. */
export interface Dependencies {
  /** Columns that are the same up to scale and offset, each group in order. */
  readonly duplicates: readonly (readonly number[])[];
  /** Columns that follow from the others before them, duplicates aside. */
  readonly collinear: readonly number[];
}

/** A first look is at so many rows: columns that are independent there are independent. */
const firstLook = 20_000;

/** With fewer complete rows among them, all are looked at. By eye. */
const fewestLookedAt = 5_000;

/** What is left of a column's variance, given the others, when it follows from them: as in the engine's check. */
const nothingLeft = 1e-10;

/** A correlation as near to 1 is one but for rounding. */
const sameCorrelation = 1 - 1e-12;

const none: Dependencies = { duplicates: [], collinear: [] };

/**
 * Finds columns that depend on others linearly, in the rows where all are there. Constant columns are passed over. The
 * dependence is looked for in evenly spread rows first and confirmed in all of them.
 *
 * Source: Gram-Schmidt on the correlation matrix, that is its Cholesky factor with dependent columns left out (Golub and
 * Van Loan, 2013, section 4.2).
 */
export function findDependencies(columns: readonly Float64Array[], rows: Int32Array): Dependencies {
  if (columns.length < 2) return none;
  if (rows.length > firstLook) {
    const step = rows.length / firstLook;
    const sample = completeRows(
      columns,
      Int32Array.from({ length: firstLook }, (_, i) => rows[Math.floor(i * step)]),
    );
    const suspected = sample.length < fewestLookedAt ? null : lookAt(columns, sample);
    if (suspected?.duplicates.length === 0 && suspected.collinear.length === 0) return none;
  }
  const complete = completeRows(columns, rows);
  return complete.length <= columns.length ? none : lookAt(columns, complete);
}

function lookAt(columns: readonly Float64Array[], rows: Int32Array): Dependencies {
  const centred = columns.map((values) => standardised(values, rows));
  const groups = new Map<number, number[]>();
  const basis: number[] = [];
  const factor: number[][] = [];
  const collinear: number[] = [];
  for (const [a, own] of centred.entries()) {
    if (own === null) continue;
    const correlation = basis.map((b) => product(own, centred[b]));
    const same = correlation.findIndex((value) => Math.abs(value) >= sameCorrelation);
    if (same >= 0) {
      groups.set(basis[same], [...(groups.get(basis[same]) ?? [basis[same]]), a]);
      continue;
    }
    const row: number[] = [];
    for (const [i, value] of correlation.entries()) {
      const known = row.reduce((sum, element, j) => sum + element * factor[i][j], 0);
      row.push((value - known) / factor[i][i]);
    }
    const left = 1 - row.reduce((sum, element) => sum + element * element, 0);
    if (left < nothingLeft) {
      collinear.push(a);
      continue;
    }
    basis.push(a);
    factor.push([...row, Math.sqrt(left)]);
  }
  return { duplicates: [...groups.values()], collinear };
}

/** The cells of a column in these rows, centred, of length one; null when they are all the same. */
function standardised(values: Float64Array, rows: Int32Array): Float64Array | null {
  const n = rows.length;
  const first = values[rows[0]];
  const own = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += own[i] = values[rows[i]] - first;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (own[i] -= mean) * own[i];
  const length = Math.sqrt(squares);
  if (!(length > 1e-15 * Math.abs(first) * Math.sqrt(n)) || length === 0) return null;
  for (let i = 0; i < n; i++) own[i] /= length;
  return own;
}

function product(a: Float64Array, b: Float64Array | null): number {
  if (b === null) throw new Error('a constant column is in the basis');
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
