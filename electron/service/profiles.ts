import type { ClusterProfile } from '../../shared/fit';
import type { PreparedRows } from './prepareRows';
import { featuresByKind } from '../../shared/features';

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

/** All rows as one cluster. */
export function overallProfile(prepared: PreparedRows): ClusterProfile {
  const { n } = prepared.rows;
  const [overall] = clusterProfiles(prepared, new Float64Array(n).fill(1), new Int32Array(n), 1);
  return overall;
}

/**
 * What every cluster is like in units of the file. Rows count by membership times row weight, cells where they are
 * there; `rows` counts those whose most probable cluster it is. `memberships`: n x K.
 */
export function clusterProfiles(
  prepared: PreparedRows,
  memberships: Float64Array,
  label: Int32Array,
  components: number,
): ClusterProfile[] {
  const { x, n, d, weight } = prepared.rows;
  const { features, scaling, space, totalWeight } = prepared;
  const { number, yesNo, category } = featuresByKind(features);
  const measured = [...number, ...yesNo];
  const rows = new Int32Array(components);
  const mass = new Float64Array(components);
  const seen = new Float64Array(components * d);
  const mean = new Float64Array(components * d);
  const squares = new Float64Array(components * d);
  const counts = Array.from({ length: components }, () =>
    space.map((feature) => new Float64Array(feature.kind === 'category' ? feature.levels : 0)),
  );
  for (let i = 0; i < n; i++) {
    rows[label[i]]++;
    for (let k = 0; k < components; k++) {
      const share = memberships[i * components + k] * (weight ? weight[i] : 1);
      if (share === 0) continue;
      mass[k] += share;
      // West (1979): weighted updates of mean and sum of squares, which do not cancel.
      for (const j of measured) {
        const value = x[i * d + j];
        if (Number.isNaN(value)) continue;
        const at = k * d + j;
        seen[at] += share;
        const delta = value - mean[at];
        mean[at] += (share / seen[at]) * delta;
        squares[at] += share * delta * (value - mean[at]);
      }
      for (const j of category) {
        const level = x[i * d + j];
        if (Number.isNaN(level)) continue;
        seen[k * d + j] += share;
        counts[k][j][level] += share;
      }
    }
  }

  const profile = (k: number): ClusterProfile => {
    const own: ClusterProfile = {
      rows: rows[k],
      share: mass[k] / totalWeight,
      mean: new Float64Array(d).fill(NaN),
      sd: new Float64Array(d).fill(NaN),
      levels: counts[k].map((count, j) =>
        features[j].kind === 'category' ? count.map((rowsOfLevel) => rowsOfLevel / seen[k * d + j]) : null,
      ),
    };
    for (const j of measured) {
      const at = k * d + j;
      const place = number.indexOf(j);
      const unit = place < 0 ? 1 : scaling.sd[place];
      own.mean[j] = (place < 0 ? 0 : scaling.mean[place]) + unit * mean[at];
      own.sd[j] = seen[at] > 0 ? unit * Math.sqrt(squares[at] / seen[at]) : 0;
    }
    return own;
  };
  return Array.from({ length: components }, (_, k) => profile(k));
}
