import { matchByMemberships } from '../engine/identity';
import type { Fit } from './fits';

/** More rows than that say nothing new about which cluster is which. By taste. */
const mostRows = 20_000;

/**
 * Which component of an earlier fit of the same table each component of a later one is: the pairing with the most
 * rows in common, of the rows used by both. -1: none, because the earlier fit has fewer, or because the pair shares
 * less than half of the smaller one, which would be another cluster under an old name.
 */
export function matchFits(earlier: Fit, later: Fit): Int32Array {
  const [p, q] = [componentsOf(earlier), componentsOf(later)];
  if (earlier.summary.table !== later.summary.table) return new Int32Array(q).fill(-1);
  const rows = sharedRows(earlier, later);
  const before = membershipsOf(earlier, rows);
  const after = membershipsOf(later, rows);
  const matched = matchByMemberships(
    { memberships: before, components: p },
    { memberships: after, components: q },
    null,
  );
  return matched.map((a, b) => (a >= 0 && isSameCluster(before, a, p, after, b, q) ? a : -1));
}

const componentsOf = ({ summary }: Fit): number => summary.specification.model.components;

/** Rows of the table that both fits used, evenly thinned. */
function sharedRows(earlier: Fit, later: Fit): number[] {
  const rows: number[] = [];
  earlier.position.forEach((position, row) => {
    if (position >= 0 && later.position[row] >= 0) rows.push(row);
  });
  const every = Math.ceil(rows.length / mostRows);
  return every > 1 ? rows.filter((_, at) => at % every === 0) : rows;
}

function membershipsOf(fit: Fit, rows: readonly number[]): Float64Array {
  const k = componentsOf(fit);
  const memberships = new Float64Array(rows.length * k);
  rows.forEach((row, at) => {
    const from = fit.position[row] * k;
    memberships.set(fit.memberships.subarray(from, from + k), at * k);
  });
  return memberships;
}

function isSameCluster(
  before: Float64Array,
  a: number,
  p: number,
  after: Float64Array,
  b: number,
  q: number,
): boolean {
  let inCommon = 0;
  let sizeBefore = 0;
  let sizeAfter = 0;
  for (let i = 0; i < after.length / q; i++) {
    const one = before[i * p + a];
    const other = after[i * q + b];
    inCommon += one * other;
    sizeBefore += one;
    sizeAfter += other;
  }
  return inCommon > 0 && inCommon >= 0.5 * Math.min(sizeBefore, sizeAfter);
}
