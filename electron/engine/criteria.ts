import { chunkCount, chunkRange } from './rows';
import type { LatentModel, Params, Rows } from './model';

/** Information criteria of a fitted likelihood model. Lower is better in all three. */
export interface Criteria {
  /** -2 l + p ln n (Schwarz, 1978). mclust shows the same with the opposite sign. */
  readonly bic: number;
  /** -2 l + 2 p (Akaike, 1974). */
  readonly aic: number;
  /** BIC - 2 sum_i ln max_j r_ij: the hard version of Biernacki, Celeux and Govaert (2000), as in mclust. */
  readonly icl: number;
  /** -sum_ij r_ij ln r_ij: 0 when every row clearly belongs. BIC + 2 entropy is the soft version of ICL. */
  readonly entropy: number;
}

/** -2 l + p ln n. */
export function bic(logLikelihood: number, parameters: number, n: number): number {
  return -2 * logLikelihood + parameters * Math.log(n);
}

/** -2 l + 2 p. */
export function aic(logLikelihood: number, parameters: number): number {
  return -2 * logLikelihood + 2 * parameters;
}

/** BIC - 2 sum of log largest memberships; that sum is at most 0. */
export function icl(bic: number, logLargestMemberships: number): number {
  return bic - 2 * logLargestMemberships;
}

/**
 * The criteria of a fit, with one pass over the rows. With row weights n is their sum and every row counts by its
 * weight. null for a model without a likelihood.
 */
export function criteriaOf(
  model: LatentModel,
  params: Params,
  rows: Rows,
  logLikelihood: number,
): Criteria | null {
  if (model.capabilities.objective !== 'logLikelihood') return null;
  const k = model.components;
  const memberships = new Float64Array(chunkRange(rows.n, 0).to * k);
  const logDensity = new Float64Array(chunkRange(rows.n, 0).to);
  let n = 0;
  let entropy = 0;
  let logLargest = 0;
  for (let chunk = 0; chunk < chunkCount(rows.n); chunk++) {
    const { from, to } = chunkRange(rows.n, chunk);
    model.posterior(params, rows, from, to, memberships, logDensity);
    for (let i = from; i < to; i++) {
      const weight = rows.weight?.[i] ?? 1;
      let largest = 0;
      for (let j = 0; j < k; j++) {
        const share = memberships[(i - from) * k + j];
        // The limit of r ln r at 0 is 0.
        if (share > 0) entropy -= weight * share * Math.log(share);
        if (share > largest) largest = share;
      }
      logLargest += weight * Math.log(largest);
      n += weight;
    }
  }
  const value = bic(logLikelihood, model.parameterCount(), n);
  return {
    bic: value,
    aic: aic(logLikelihood, model.parameterCount()),
    icl: icl(value, logLargest),
    entropy,
  };
}
