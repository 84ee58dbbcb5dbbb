import type { Comparison } from '../../shared/results';
import type { ClusterSign } from './clusterSign';
import type { FlowNode, FlowView } from './flowChart';

/**
 * The groups of a comparison in the order of the clusters that go with them, those without one last; each with its
 * name and, for its colour, the identity of the cluster it is or goes with.
 *
 * signs   of the clusters of the fit
 * others  of the groups, where they are clusters of another fit; null: they are values of a column
 */
export function orderedGroups(
  comparison: Comparison,
  signs: readonly ClusterSign[],
  others: readonly ClusterSign[] | null,
): (FlowNode & { readonly group: number; readonly match: number })[] {
  return comparison.groups
    .map((text, group) => {
      const match = comparison.match[group] ?? -1;
      const other = others?.[group];
      return {
        group,
        match,
        name: other?.name ?? text,
        identity: other?.identity ?? signs[match]?.identity ?? null,
      };
    })
    .sort((a, b) => placeOf(a.match) - placeOf(b.match) || a.group - b.group);
}

const placeOf = (match: number): number => (match < 0 ? Infinity : match);

/** Rows from the groups of a comparison into the clusters of the fit. */
export function flowView(
  comparison: Comparison,
  signs: readonly ClusterSign[],
  others: readonly ClusterSign[] | null,
): FlowView {
  const groups = orderedGroups(comparison, signs, others);
  return {
    left: groups,
    right: signs,
    flows: groups.flatMap(({ group }, from) =>
      signs.flatMap((_, to) => {
        const rows = comparison.counts[to * comparison.groups.length + group] ?? 0;
        return rows > 0 ? [{ from, to, rows }] : [];
      }),
    ),
  };
}
