import type { Start } from '../../shared/fit';
import type { LatentModel, Params, Rows } from '../engine/model';
import { chunkCount, chunkRange } from '../engine/rows';

/** The membership of row i in component j that a start gives, before anything is known of the rows. */
export type GivenMemberships = (row: number, component: number) => number;

/** The memberships of a start that has any; null for the others. In rows of the fit. */
export function givenMemberships(start: Start): GivenMemberships | null {
  if ('labels' in start) return (row, component) => (start.labels[row] === component ? 1 : 0);
  if (!('responsibilities' in start) || start.responsibilities === undefined) return null;
  const { responsibilities } = start;
  return (row, component) => responsibilities[row][component];
}

/**
 * The evidence lower bound of given memberships q at parameters, prior included:
 * sum_i w_i sum_j q_ij (log p(x_i, z_i = j) - log q_ij) + log p(params) (Bishop, 2006, eq. 9.71). The joint densities
 * are asked for as those of rows known to belong to j, so that none is lost where posteriors vanish.
 */
export function boundOf(model: LatentModel, params: Params, rows: Rows, given: GivenMemberships): number {
  const k = model.components;
  const size = chunkRange(rows.n, 0).to;
  const posterior = new Float64Array(size * k);
  const logJoint = new Float64Array(size);
  const label = new Int32Array(rows.n);
  let sum = 0;
  for (let j = 0; j < k; j++) {
    label.fill(j);
    const known: Rows = { ...rows, label };
    for (let chunk = 0; chunk < chunkCount(rows.n); chunk++) {
      const { from, to } = chunkRange(rows.n, chunk);
      model.posterior(params, known, from, to, posterior, logJoint);
      for (let i = from; i < to; i++) {
        const own = rows.label?.[i] ?? -1;
        const q = own < 0 ? given(i, j) : own === j ? 1 : 0;
        if (q > 0) sum += (rows.weight?.[i] ?? 1) * q * (logJoint[i - from] - Math.log(q));
      }
    }
  }
  return sum + model.logPrior(params);
}
