import type { Params } from '../model';
import { cholesky } from '../numeric/linearAlgebra';
import { type CovarianceRule, roundsOfFullStep } from './covarianceRule';
import { covarianceOf } from './gaussianCovariance';
import { factorise } from './gaussianFactors';

/**
 * Means, and covariances as log-Cholesky factors (Pinheiro and Bates, 1996): L L' with log L_aa free, appended to
 * `free`. Given covariances are left out.
 */
export function gaussianToFree(
  params: Params,
  rule: CovarianceRule,
  k: number,
  d: number,
  free: number[],
): void {
  free.push(...params.mean);
  if (!rule.estimated) return;
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    factorise(params.covariance, j, d, factor);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < a; b++) if (rule.kind === 'full') free.push(factor[(j * d + a) * d + b]);
      free.push(Math.log(factor[(j * d + a) * d + a]));
    }
  }
}

/**
 * The way back from `free` at offset. A sum of factors need not be of the structure, so the covariances are the
 * structure's best for them, as for scatters.
 */
export function gaussianFromFree(
  free: Float64Array,
  offset: number,
  like: Params,
  rule: CovarianceRule,
  k: number,
  d: number,
): { params: Params; offset: number } | null {
  const mean = free.slice(offset, offset + k * d);
  if (!mean.every(Number.isFinite)) return null;
  let at = offset + k * d;
  if (!rule.estimated) return { params: { mean, covariance: like.covariance }, offset: at };
  const scatter = new Float64Array(k * d * d);
  const factor = new Float64Array(d * d);
  for (let j = 0; j < k; j++) {
    factor.fill(0);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < a; b++) if (rule.kind === 'full') factor[a * d + b] = free[at++];
      factor[a * d + a] = Math.exp(free[at++]);
    }
    addProduct(factor, like.weight[j], scatter, j * d * d, d);
  }
  const moments =
    rule.kind === 'full' ? scatter : Float64Array.from({ length: k * d }, (_, i) => scatter[i * d + (i % d)]);
  if (!moments.every(Number.isFinite)) return null;
  const covariance = covarianceOf(
    rule,
    { moments, weight: like.weight, k, d },
    { most: roundsOfFullStep, previous: like.covariance },
  );
  for (let j = 0; j < k; j++)
    if (cholesky(covariance, j * d * d, d, null, new Float64Array(k * d * d)) !== -1) return null;
  return { params: { mean, covariance }, offset: at };
}

/** Adds weight L L' to the d x d matrix at offset. */
function addProduct(
  factor: Float64Array,
  weight: number,
  into: Float64Array,
  offset: number,
  d: number,
): void {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let s = 0;
      for (let i = 0; i <= b; i++) s += factor[a * d + i] * factor[b * d + i];
      into[offset + a * d + b] += weight * s;
      if (a !== b) into[offset + b * d + a] += weight * s;
    }
  }
}
