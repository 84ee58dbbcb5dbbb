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
