import type { Start } from '../../shared/fit';
import type { Rows } from '../engine/model';

/**
 * The memberships of a start that gives any, in rows of the fit (n x K); null for the others. Rows whose cluster is
 * known belong to it, whatever is given.
 */
export function startMemberships(start: Start, { n, label }: Rows, components: number): Float64Array | null {
  const given = membershipsOf(start);
  if (given === null) return null;
  const memberships = new Float64Array(n * components);
  for (let i = 0; i < n; i++) {
    const known = label?.[i] ?? -1;
    for (let j = 0; j < components; j++)
      memberships[i * components + j] = known < 0 ? given(i, j) : known === j ? 1 : 0;
  }
  return memberships;
}

function membershipsOf(start: Start): ((row: number, component: number) => number) | null {
  if ('labels' in start) return (row, component) => (start.labels[row] === component ? 1 : 0);
  if (!('responsibilities' in start) || start.responsibilities === undefined) return null;
  const { responsibilities } = start;
  return (row, component) => responsibilities[row][component] ?? NaN;
}
