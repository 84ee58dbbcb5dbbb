import type { CallAnswer, CallBody } from '../../../shared/contract/messages';
import type { Comparison } from '../../../shared/results';
import { assign } from '../../engine/assignment';
import { normalisedInformation, pairAgreement, type Contingency } from '../../engine/selection/agreement';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import type { Groups } from './groups';

/** The clusters of a fit against groups of the rows of its table, rows counted by weight. */
export function compare(fit: Fit, prepared: PreparedRows, groups: Groups): Comparison {
  const k = fit.summary.specification.model.components;
  const l = groups.texts.length;
  const counts = new Float64Array(k * l);
  let rows = 0;
  forEachRow(fit, groups, (cluster, group, index) => {
    counts[cluster * l + group] += prepared.rows.weight ? prepared.rows.weight[index] : 1;
    rows++;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const match = matchGroups(counts, k, l);
  const agreeing = match.reduce(
    (sum, cluster, group) => (cluster < 0 ? sum : sum + counts[cluster * l + group]),
    0,
  );
  const table: Contingency = {
    first: Int32Array.from({ length: k }, (_, at) => at),
    second: Int32Array.from({ length: l }, (_, at) => at),
    count: counts,
    total,
  };
  return {
    groups: [...groups.texts],
    counts,
    rows,
    rowsWithout: fit.label.length - rows,
    match,
    agreement: total > 0 ? agreeing / total : 0,
    adjustedRandIndex: pairAgreement(table).adjustedRand,
    normalisedMutualInformation: normalisedInformation(table),
  };
}

/** A page of the rows in a cell of a comparison; null: of those whose cluster does not go with their group. */
export function comparedRows(
  fit: Fit,
  groups: Groups,
  match: Int32Array,
  { cell, first, count }: Pick<CallBody<'fit.comparedRows'>, 'cell' | 'first' | 'count'>,
): CallAnswer<'fit.comparedRows'> {
  const row: number[] = [];
  const clusters: number[] = [];
  const own: number[] = [];
  let total = 0;
  forEachRow(fit, groups, (cluster, group, _, tableRow) => {
    const isWanted =
      cell === null ? match[group] !== cluster : cell.cluster === cluster && cell.group === group;
    if (!isWanted) return;
    if (total >= first && row.length < count) {
      row.push(tableRow);
      clusters.push(cluster);
      own.push(group);
    }
    total++;
  });
  return {
    total,
    row: Int32Array.from(row),
    cluster: Int32Array.from(clusters),
    group: Int32Array.from(own),
  };
}

/** Every row that has a cluster and a group. `index`: among the rows used. */
function forEachRow(
  { position, label }: Fit,
  { code }: Groups,
  visit: (cluster: number, group: number, index: number, tableRow: number) => void,
): void {
  for (let row = 0; row < position.length; row++) {
    const index = position[row];
    if (index >= 0 && code[row] >= 0) visit(label[index], code[row], index, row);
  }
}

/**
 * The cluster that goes with each group: the pairing with the most rows in common, -1 where a group is left over or its
 * pair has none.
 */
function matchGroups(counts: Float64Array, k: number, l: number): Int32Array {
  const size = Math.max(k, l);
  const cost = new Float64Array(size * size);
  for (let group = 0; group < l; group++)
    for (let cluster = 0; cluster < k; cluster++) cost[group * size + cluster] = -counts[cluster * l + group];
  return assign(cost, size)
    .subarray(0, l)
    .map((cluster, group) => (cluster < k && counts[cluster * l + group] > 0 ? cluster : -1));
}
