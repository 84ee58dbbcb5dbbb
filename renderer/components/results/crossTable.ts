import { formatCount, formatNumber, formatShare } from '../../../shared/format';
import type { Comparison } from '../../../shared/results';
import type { ClusterSign } from '../../charts/clusterSign';
import { orderedGroups } from '../../charts/flowView';

/** One cluster and one group. */
export interface CrossCell {
  readonly group: number;
  readonly text: string;
  /** Share of the group that is in the cluster; null: nothing is. */
  readonly share: string | null;
  /** That share, from 0 to 1, for the colour. */
  readonly heat: number;
  /** The group goes with the cluster. */
  readonly isMatch: boolean;
}

export interface CrossTable {
  readonly groups: readonly {
    readonly group: number;
    readonly name: string;
    readonly identity: number | null;
    readonly total: string;
  }[];
  readonly clusters: readonly {
    readonly sign: ClusterSign;
    readonly cells: readonly CrossCell[];
    readonly total: string;
  }[];
}

/** The contingency table of a comparison, groups in the order of the clusters that go with them. */
export function crossTable(
  comparison: Comparison,
  signs: readonly ClusterSign[],
  others: readonly ClusterSign[] | null,
): CrossTable {
  const groups = orderedGroups(comparison, signs, others);
  const width = comparison.groups.length;
  const count = (cluster: number, group: number): number => comparison.counts[cluster * width + group] ?? 0;
  const groupTotal = (group: number): number =>
    signs.reduce((sum, _, cluster) => sum + count(cluster, group), 0);
  return {
    groups: groups.map(({ group, name, identity }) => ({
      group,
      name,
      identity,
      total: countText(groupTotal(group)),
    })),
    clusters: signs.map((sign, cluster) => ({
      sign,
      total: countText(groups.reduce((sum, { group }) => sum + count(cluster, group), 0)),
      cells: groups.map(({ group, match }) => {
        const rows = count(cluster, group);
        const total = groupTotal(group);
        const share = total > 0 ? rows / total : 0;
        return {
          group,
          text: countText(rows),
          share: rows > 0 ? formatShare(share) : null,
          heat: share,
          isMatch: match === cluster,
        };
      }),
    })),
  };
}

/** Rows; of weighted rows their weight, which need not be whole. */
const countText = (rows: number): string => (Number.isInteger(rows) ? formatCount(rows) : formatNumber(rows));
