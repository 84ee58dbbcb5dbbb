import type { FeatureSpace } from '../featureSpace';
import type { Rows } from '../model';

/** How different a row is from d cells of `point` at an offset; 0: alike. */
export type Dissimilarity = (row: number, point: Float64Array, offset: number) => number;

/**
 * For columns of any kinds: squared distance for numbers, 1 for a yes/no or a category that differs, summed over the
 * cells both rows have and scaled up to all columns (Gower, 1971, on missing cells). Rows that share no cell are one
 * apart in every column. `standardised`: numbers are divided by twice the variance of their column, so that two rows
 * are one apart on average; otherwise they are taken as they are.
 */
export function dissimilarityOf(rows: Rows, space: FeatureSpace, standardised: boolean): Dissimilarity {
  const { x, d } = rows;
  const scale = space.map((feature, a) => {
    if (feature.kind !== 'number' || !standardised) return 1;
    const variance = varianceOf(rows, a);
    return variance > 0 ? 1 / (2 * variance) : 0;
  });
  const isNumber = space.map((feature) => feature.kind === 'number');
  return (row, point, offset) => {
    let sum = 0;
    let shared = 0;
    for (let a = 0; a < d; a++) {
      const difference = x[row * d + a] - point[offset + a];
      if (Number.isNaN(difference)) continue;
      shared++;
      if (isNumber[a]) sum += scale[a] * difference * difference;
      else if (difference !== 0) sum += 1;
    }
    if (shared === d) return sum;
    return shared === 0 ? d : (sum * d) / shared;
  };
}

/** Weighted variance of the observed cells of a column; 0 where there are none. */
function varianceOf({ x, n, d, weight }: Rows, column: number): number {
  let total = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = x[i * d + column];
    const w = weight?.[i] ?? 1;
    if (Number.isNaN(value) || w === 0) continue;
    // West (1979): the mean so far, and squares about it.
    total += w;
    const difference = value - mean;
    mean += (w / total) * difference;
    squares += w * difference * (value - mean);
  }
  return total > 0 ? squares / total : 0;
}

/** Whether a row says anything: it has weight and a cell. */
export function isInformative({ x, d, weight }: Rows, row: number): boolean {
  if (weight?.[row] === 0) return false;
  for (let a = 0; a < d; a++) if (!Number.isNaN(x[row * d + a])) return true;
  return false;
}
