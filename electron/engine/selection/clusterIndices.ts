import type { Rows } from '../model';
import { clusterRows, clusterWeights } from './clusteredRows';
import { distancesWithin } from './distanceSums';

/**
 * Calinski and Harabasz's (1974) variance ratio: between over within, each over its degrees of freedom, of rows of
 * numbers; larger is better. A row of weight w is w rows; a missing cell takes part in nothing. Null: fewer than two
 * clusters with rows, not more rows than clusters, or nothing within them.
 *
 * label  IN  n, below k; below 0: the row takes no part
 */
export function calinskiHarabasz(rows: Rows, label: Int32Array, k: number): number | null {
  const { weight, centre, observed, within } = clusterSums(rows, label, k);
  const { d } = rows;
  let between = 0;
  for (let a = 0; a < d; a++) {
    let sum = 0;
    let total = 0;
    for (let c = 0; c < k; c++) {
      sum += observed[c * d + a] * centre[c * d + a];
      total += observed[c * d + a];
    }
    for (let c = 0; c < k; c++)
      between += observed[c * d + a] * (centre[c * d + a] - sum / (total || 1)) ** 2;
  }
  const clusters = weight.filter((value) => value > 0).length;
  const freedom = weight.reduce((sum, value) => sum + value, 0) - clusters;
  if (clusters < 2 || freedom <= 0 || !(within > 0)) return null;
  return between / (clusters - 1) / (within / freedom);
}

/**
 * Davies and Bouldin's (1979) index: the mean over clusters of the worst ratio of their scatters to the distance of
 * their centres; scatter is the mean Euclidean distance of rows to their centre. Smaller is better. Weights and missing
 * cells as in `silhouette`. Null: fewer than two clusters with rows, or two of them have one centre.
 */
export function daviesBouldin(rows: Rows, label: Int32Array, k: number): number | null {
  const { weight, centre, scatter } = clusterSums(rows, label, k);
  const { d } = rows;
  const used = [...weight.keys()].filter((c) => weight[c] > 0);
  if (used.length < 2) return null;
  let sum = 0;
  for (const c of used) {
    let worst = 0;
    for (const other of used) {
      if (other === c) continue;
      let squares = 0;
      for (let a = 0; a < d; a++) squares += (centre[c * d + a] - centre[other * d + a]) ** 2;
      if (squares === 0) return null;
      worst = Math.max(worst, (scatter[c] + scatter[other]) / Math.sqrt(squares));
    }
    sum += worst;
  }
  return sum / used.length;
}

/**
 * log W, W = sum_c 1 / (2 n_c) sum_{i, j in c} |x_i - x_j|^power, of rows of numbers, each row w times by its weight.
 * Power 2, the paper's, is the sum of squares about the centres; missing cells take part in nothing there, and as in
 * `silhouette` with power 1. -Infinity where all rows are on their centres. `cluster::clusGap` has half of this W.
 *
 * Source: Tibshirani, Walther and Hastie (2001), eq. 2.
 */
export function logWithin(rows: Rows, label: Int32Array, k: number, power: 1 | 2): number {
  if (power === 2) return Math.log(clusterSums(rows, label, k).within);
  const clustered = clusterRows(rows, label, k);
  const { first, weight } = clustered;
  const sums = distancesWithin(clustered);
  const within = clusterWeights(clustered).reduce((total, size, c) => {
    let sum = 0;
    for (let i = first[c]; i < first[c + 1]; i++) sum += weight[i] * sums[i];
    return size > 0 ? total + sum / (2 * size) : total;
  }, 0);
  return Math.log(within);
}

/** What the rows of each cluster add up to. */
interface ClusterSums {
  /** k */
  readonly weight: Float64Array;
  /** k x d, means of the observed cells; 0 where there are none, and their weights. */
  readonly centre: Float64Array;
  readonly observed: Float64Array;
  /** Sum of weighted squared distances to the centres, over observed cells. */
  readonly within: number;
  /** k, mean distance to the centre. */
  readonly scatter: Float64Array;
}

/** Squares about the centres below this share of those about zero are what rounding leaves of equal rows. */
const roundingShare = 1e-28;

function clusterSums({ x, n, d, weight }: Rows, label: Int32Array, k: number): ClusterSums {
  const total = new Float64Array(k);
  const centre = new Float64Array(k * d);
  const observed = new Float64Array(k * d);
  let size = 0;
  for (let i = 0; i < n; i++) {
    const c = label[i];
    const w = weight?.[i] ?? 1;
    if (c < 0 || w === 0) continue;
    let seen = 0;
    for (let a = 0; a < d; a++) {
      const value = x[i * d + a];
      if (Number.isNaN(value)) continue;
      observed[c * d + a] += w;
      centre[c * d + a] += w * value;
      size += w * value ** 2;
      seen++;
    }
    if (seen > 0) total[c] += w;
  }
  for (let at = 0; at < centre.length; at++) centre[at] /= observed[at] || 1;

  const scatter = new Float64Array(k);
  let within = 0;
  for (let i = 0; i < n; i++) {
    const c = label[i];
    const w = weight?.[i] ?? 1;
    if (c < 0 || w === 0) continue;
    let squares = 0;
    let seen = 0;
    for (let a = 0; a < d; a++) {
      const difference = x[i * d + a] - centre[c * d + a];
      if (Number.isNaN(difference)) continue;
      squares += difference ** 2;
      seen++;
    }
    if (seen === 0) continue;
    within += w * squares;
    scatter[c] += w * Math.sqrt((squares * d) / seen);
  }
  for (let c = 0; c < k; c++) scatter[c] /= total[c] || 1;
  return { weight: total, centre, observed, within: within > roundingShare * size ? within : 0, scatter };
}
