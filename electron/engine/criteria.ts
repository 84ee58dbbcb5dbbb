/**
 * Bayesian information criterion (Schwarz, 1978): -2 l + p ln n, lower is better. mclust shows the same number with
 * the opposite sign. `n` is the number of rows, or the sum of their weights.
 */
export function bic(logLikelihood: number, parameters: number, n: number): number {
  return -2 * logLikelihood + parameters * Math.log(n);
}

/** Akaike information criterion (Akaike, 1974): -2 l + 2 p, lower is better. */
export function aic(logLikelihood: number, parameters: number): number {
  return -2 * logLikelihood + 2 * parameters;
}

/**
 * Integrated completed likelihood, the hard version (Biernacki, Celeux and Govaert, 2000; as in mclust, with the
 * opposite sign): BIC - 2 sum_i ln max_j r_ij, lower is better. `logLargestMemberships` is that sum, at most 0.
 */
export function icl(bic: number, logLargestMemberships: number): number {
  return bic - 2 * logLargestMemberships;
}

/**
 * AIC corrected for few rows (Hurvich and Tsai, 1989): AIC + 2 p (p + 1) / (n - p - 1), lower is better. Null where
 * n <= p + 1, when it has no meaning.
 */
export function aicc(logLikelihood: number, parameters: number, n: number): number | null {
  const left = n - parameters - 1;
  return left > 0 ? aic(logLikelihood, parameters) + (2 * parameters * (parameters + 1)) / left : null;
}

/**
 * How far from undecided memberships are: 1 - sum_i w_i sum_j -r_ij ln r_ij / (sum_i w_i ln K), 1 where each row clearly
 * belongs, 0 where all are shared evenly. Null for one component, where there is nothing to decide.
 *
 * memberships  IN  n x K, each row summing to one
 * weight       IN  n, >= 0; null: all ones
 *
 * Source: Ramaswamy, DeSarbo, Reibstein and Robinson (1993).
 */
export function relativeEntropy(
  memberships: Float64Array,
  components: number,
  weight: Float64Array | null,
): number | null {
  let entropy = 0;
  let total = 0;
  for (let i = 0; i < memberships.length / components; i++) {
    const w = weight?.[i] ?? 1;
    total += w;
    for (let j = i * components; j < (i + 1) * components; j++)
      if (memberships[j] > 0) entropy -= w * memberships[j] * Math.log(memberships[j]);
  }
  return components > 1 && total > 0 ? 1 - entropy / (total * Math.log(components)) : null;
}
