import type { LatentModel, Params, RowObjective, Rows } from './model';

/**
 * The evidence lower bound of any memberships q, sum_i E_q[log p(x_i, z_i)] + H(q_i), beside the log-likelihood, which
 * is more by KL(q || p) >= 0 (Bishop, 2006, eq. 9.70). Prior not included.
 *
 * memberships  IN  n x K, each row summing to one
 */
export function boundOf(
  model: LatentModel,
  params: Params,
  rows: Rows,
  memberships: Float64Array,
): RowObjective {
  return model.accumulate(params, rows, 0, rows.n, { kind: 'given', memberships }, model.emptyStats());
}
