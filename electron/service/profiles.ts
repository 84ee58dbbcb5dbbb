import type { ClusterProfile } from '../../shared/fit';
import type { PreparedRows } from './preparation/prepareRows';
import { ProfileSums } from './profileSums';

/** Moves column `order[c]` of an n x K matrix to column c, in place. */
export function reorderColumns(matrix: Float64Array, n: number, order: Int32Array): void {
  const k = order.length;
  const row = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) row[c] = matrix[i * k + order[c]];
    matrix.set(row, i * k);
  }
}

/** All rows as one cluster. */
export function overallProfile(prepared: PreparedRows): ClusterProfile {
  const { n } = prepared.rows;
  const [overall] = clusterProfiles(prepared, new Float64Array(n).fill(1), new Int32Array(n), 1);
  return overall;
}

/**
 * What every cluster is like in units of the file; `rows` counts those whose most probable cluster it is.
 * `memberships`: n x K.
 */
export function clusterProfiles(
  prepared: PreparedRows,
  memberships: Float64Array,
  label: Int32Array,
  components: number,
): ClusterProfile[] {
  const sums = new ProfileSums(prepared, components);
  sums.add(prepared.rows, memberships, label);
  return sums.profiles();
}
