import type { ClusterProfile } from '../../shared/fit';
import type { PreparedRows } from './prepareRows';

/** The most probable component of each row; ties go to the lowest. `memberships`: n x K. */
export function mostProbable(memberships: Float64Array, n: number, components: number): Int32Array {
  const label = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let k = 1; k < components; k++)
      if (memberships[i * components + k] > memberships[i * components + best]) best = k;
    label[i] = best;
  }
  return label;
}

/** Moves column `order[c]` of an n x K matrix to column c, in place. */
export function reorderColumns(matrix: Float64Array, n: number, order: Int32Array): void {
  const k = order.length;
  const row = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) row[c] = matrix[i * k + order[c]];
    matrix.set(row, i * k);
  }
}

/** Sum of memberships times row weight of each component. `memberships`: n x K. */
export function clusterSizes(
  memberships: Float64Array,
  n: number,
  components: number,
  weight: Float64Array | undefined,
): Float64Array {
  const size = new Float64Array(components);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < components; k++) size[k] += memberships[i * components + k] * (weight?.[i] ?? 1);
  return size;
}

/**
 * Size, share, mean and standard deviation of every cluster in units of the file. Rows count by membership times
 * row weight; `rows` counts those whose most probable cluster it is. `memberships`: n x K.
 */
export function clusterProfiles(
  prepared: PreparedRows,
  memberships: Float64Array,
  label: Int32Array,
  components: number,
): ClusterProfile[] {
  const { x, n, d, weight } = prepared.rows;
  const { scaling, totalWeight } = prepared;
  const rows = new Int32Array(components);
  const mass = new Float64Array(components);
  const mean = new Float64Array(components * d);
  const squares = new Float64Array(components * d);
  for (let i = 0; i < n; i++) {
    rows[label[i]]++;
    for (let k = 0; k < components; k++) {
      const share = memberships[i * components + k] * (weight ? weight[i] : 1);
      if (share === 0) continue;
      mass[k] += share;
      // West (1979): weighted updates of mean and sum of squares, which do not cancel.
      for (let j = 0; j < d; j++) {
        const delta = x[i * d + j] - mean[k * d + j];
        mean[k * d + j] += (share / mass[k]) * delta;
        squares[k * d + j] += share * delta * (x[i * d + j] - mean[k * d + j]);
      }
    }
  }
  return Array.from({ length: components }, (_, k) => ({
    rows: rows[k],
    share: mass[k] / totalWeight,
    mean: Float64Array.from({ length: d }, (_, j) => scaling.mean[j] + scaling.sd[j] * mean[k * d + j]),
    sd: Float64Array.from({ length: d }, (_, j) =>
      mass[k] > 0 ? scaling.sd[j] * Math.sqrt(squares[k * d + j] / mass[k]) : 0,
    ),
  }));
}
