import type { Rows } from '../model';
import type { Random } from '../numeric/random';
import { principalAxes } from '../principalAxes';

/** A box about rows of numbers: what they would fill if they had no clusters. */
export interface ReferenceBox {
  /** d x d, a unit vector in each row. */
  readonly axes: Float64Array;
  /** d, the point the coordinates along the axes are counted from. */
  readonly origin: Float64Array;
  /** d, by axis. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** The rows: how much they weigh, and which of their cells are missing. */
  readonly rows: Rows;
  readonly totalWeight: number;
}

/**
 * The smallest box about rows along their principal axes, or along the columns. A missing cell counts as its column's
 * mean. Rows without weight are not in it.
 *
 * Source: Tibshirani, Walther and Hastie (2001), section 3, references (b) and (a).
 */
export function referenceBox(rows: Rows, box: 'principal' | 'columns'): ReferenceBox {
  const { x, n, d, weight } = rows;
  const { axes, mean } = principalAxes(rows, d);
  const along = box === 'principal' ? axes : identity(d);
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  let totalWeight = 0;
  for (let i = 0; i < n; i++) {
    const w = weight?.[i] ?? 1;
    totalWeight += w;
    if (w === 0) continue;
    for (let p = 0; p < d; p++) {
      let s = 0;
      for (let a = 0; a < d; a++) {
        const value = x[i * d + a];
        if (!Number.isNaN(value)) s += along[p * d + a] * (value - mean[a]);
      }
      least[p] = Math.min(least[p], s);
      most[p] = Math.max(most[p], s);
    }
  }
  return { axes: along, origin: mean, least, most, rows, totalWeight };
}

/** More rows than that are not drawn for weights alone. By taste. */
const mostCopies = 100_000;

/**
 * How many rows a reference for these has: as many as they stand for where every weight is a whole number (a row of
 * weight w is w rows), else as many as they are.
 */
export function referenceSize({ n, weight }: Rows): number {
  if (weight === undefined || !weight.every(Number.isInteger)) return n;
  const copies = weight.reduce((sum, value) => sum + value, 0);
  return copies <= Math.max(n, mostCopies) ? copies : n;
}

/**
 * n rows drawn evenly from a box, which together weigh as much as the rows the box is about; row i lacks the cells that
 * row i of these lacks (from the first again where there are more).
 */
export function drawReference(box: ReferenceBox, n: number, random: Random): Rows {
  const { axes, origin, least, most, rows, totalWeight } = box;
  const d = origin.length;
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const own = x.subarray(i * d, (i + 1) * d);
    own.set(origin);
    for (let p = 0; p < d; p++) {
      const along = least[p] + random.uniform() * (most[p] - least[p]);
      for (let a = 0; a < d; a++) own[a] += along * axes[p * d + a];
    }
    if (rows.hasMissing !== true) continue;
    const like = (i % rows.n) * d;
    for (let a = 0; a < d; a++) if (Number.isNaN(rows.x[like + a])) own[a] = NaN;
  }
  const weight = totalWeight === n ? undefined : new Float64Array(n).fill(totalWeight / n);
  return { x, n, d, weight, hasMissing: rows.hasMissing };
}

function identity(d: number): Float64Array {
  const matrix = new Float64Array(d * d);
  for (let a = 0; a < d; a++) matrix[a * d + a] = 1;
  return matrix;
}
