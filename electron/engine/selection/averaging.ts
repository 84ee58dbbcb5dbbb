/**
 * Weights of models under equal prior probabilities: proportional to exp(-BIC / 2), summing to one. A model whose BIC is
 * not finite weighs nothing; all weigh nothing when none is.
 *
 * Source: Raftery (1995), "Bayesian model selection in social research"; BIC with our sign, lower is better.
 */
export function modelWeights(bics: ArrayLike<number>): Float64Array {
  const finite = Array.from(bics).filter(Number.isFinite);
  const least = Math.min(...finite);
  const weights = Float64Array.from(bics, (bic) => (Number.isFinite(bic) ? Math.exp((least - bic) / 2) : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / (total || 1));
}

/** What one model says of some rows. */
export interface ModelView {
  /** Of the model, >= 0; all of them sum to one. */
  readonly weight: number;
  /** rows x components, each row summing to one. */
  readonly memberships: Float64Array;
  readonly components: number;
  /** Of each row, all models in the same units. */
  readonly logDensity: Float64Array;
}

/**
 * Log of the averaged density of each row, log sum_m weight_m p_m(x_i); -Infinity where every model that weighs
 * anything holds the row for impossible.
 *
 * Source: Hoeting, Madigan, Raftery and Volinsky (1999), eq. 1.
 */
export function averagedLogDensity(views: readonly Pick<ModelView, 'weight' | 'logDensity'>[]): Float64Array {
  const counted = views.filter(({ weight }) => weight > 0);
  const rows = views.at(0)?.logDensity.length ?? 0;
  return Float64Array.from({ length: rows }, (_, i) => {
    let most = -Infinity;
    for (const { weight, logDensity } of counted) most = Math.max(most, Math.log(weight) + logDensity[i]);
    if (most === -Infinity) return most;
    let sum = 0;
    for (const { weight, logDensity } of counted) sum += Math.exp(Math.log(weight) + logDensity[i] - most);
    return most + Math.log(sum);
  });
}

/**
 * Probability that two rows are of one cluster, rows x rows: sum_m weight_m sum_j r_mij r_mlj. It needs no labels to be
 * matched between models. On the diagonal stands the probability for a row and another one just like it, not 1.
 */
export function coMembership(
  views: readonly Pick<ModelView, 'weight' | 'memberships' | 'components'>[],
): Float64Array {
  const rows = views.length > 0 ? views[0].memberships.length / views[0].components : 0;
  const together = new Float64Array(rows * rows);
  for (const { weight, memberships, components: k } of views) {
    if (weight === 0) continue;
    for (let i = 0; i < rows; i++)
      for (let l = 0; l <= i; l++) {
        let shared = 0;
        for (let j = 0; j < k; j++) shared += memberships[i * k + j] * memberships[l * k + j];
        together[i * rows + l] += weight * shared;
      }
  }
  for (let i = 0; i < rows; i++) for (let l = 0; l < i; l++) together[l * rows + i] = together[i * rows + l];
  return together;
}
