import type { Rows } from '../model';
import { clusterRows } from './clusteredRows';

/**
 * Dunn's (1974) index: the smallest distance between two clusters over the largest within one, Euclidean, of rows of
 * numbers; larger is better. Missing cells as in `silhouette`; pairs that share no cell are passed over. Null: fewer
 * than two clusters with rows, or none with two different rows. Work is n^2 d / 2, in one go.
 */
export function dunnIndex(rows: Rows, label: Int32Array, k: number): number | null {
  const { x, d, first } = clusterRows(rows, label, k);
  let between = Infinity;
  let within = 0;
  for (let c = 0; c < k; c++)
    for (let i = first[c]; i < first[c + 1]; i++)
      for (let j = i + 1; j < first[k]; j++) {
        const squares = squaredDistance(x, i * d, j * d, d);
        if (Number.isNaN(squares)) continue;
        if (j < first[c + 1]) within = Math.max(within, squares);
        else between = Math.min(between, squares);
      }
  return within > 0 && between < Infinity ? Math.sqrt(between / within) : null;
}

/** Over the cells both have, scaled up to all columns; NaN where there are none. */
function squaredDistance(x: Float64Array, one: number, other: number, d: number): number {
  let sum = 0;
  let shared = 0;
  for (let a = 0; a < d; a++) {
    const difference = x[one + a] - x[other + a];
    if (Number.isNaN(difference)) continue;
    sum += difference ** 2;
    shared++;
  }
  return (sum * d) / shared;
}
