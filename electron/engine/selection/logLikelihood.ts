import type { LatentModel, Params, Rows } from '../model';

/** Rows whose memberships are held at once. By taste: they stay in the cache. */
const blockRows = 1024;

/**
 * sum_i weight_i log p(x_i | params), whatever the run maximised: no prior, memberships soft. -Infinity where a row of
 * positive weight is impossible; one that weighs nothing says nothing. Known labels of the rows count as observed.
 *
 * logUnit  IN  n, the log of the unit of each row's cells, so that the density is in other units; null: in their own
 */
export function logLikelihood(
  model: LatentModel,
  params: Params,
  rows: Rows,
  logUnit: Float64Array | null = null,
): number {
  const memberships = new Float64Array(Math.min(blockRows, rows.n) * model.components);
  const logDensity = new Float64Array(Math.min(blockRows, rows.n));
  let sum = 0;
  for (let from = 0; from < rows.n; from += blockRows) {
    const to = Math.min(rows.n, from + blockRows);
    model.posterior(params, rows, from, to, memberships, logDensity);
    for (let i = from; i < to; i++) {
      const weight = rows.weight?.[i] ?? 1;
      if (weight > 0) sum += weight * (logDensity[i - from] - (logUnit?.[i] ?? 0));
    }
  }
  return sum;
}
