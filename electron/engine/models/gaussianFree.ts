import type { Params } from '../model';
import { cholesky } from '../numeric/linearAlgebra';
import { type CovarianceRule, roundsOfFullStep } from './covarianceRule';
import { dispersionName } from './dispersion';
import { factorise } from './gaussianFactors';

/**
 * Means, and covariances as log-Cholesky factors (Pinheiro and Bates, 1996): L L' with log L_aa free, appended to
 * `free`; of variances the diagonal alone. Given covariances are left out.
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
  if (rule.kind === 'diagonal') {
    for (const variance of params.variance) free.push(Math.log(Math.sqrt(variance)));
    return;
  }
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    factorise(params.covariance, j, d, factor);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < a; b++) free.push(factor[(j * d + a) * d + b]);
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
  const name = dispersionName(rule);
  const from = offset + k * d;
  if (!rule.estimated) return { params: { mean, [name]: like[name] }, offset: from };
  const isDiagonal = rule.kind === 'diagonal';
  const to = from + (isDiagonal ? k * d : (k * d * (d + 1)) / 2);
  const factors = free.subarray(from, to);
  const moments = isDiagonal
    ? factors.map((value, i) => like.weight[Math.floor(i / d)] * Math.exp(value) ** 2)
    : products(factors, like.weight, k, d);
  if (!moments.every(Number.isFinite)) return null;
  const estimate = rule.estimate(
    { moments, weight: like.weight, k, d },
    { most: roundsOfFullStep, previous: like[name] },
  );
  const isRegular = isDiagonal
    ? estimate.every((value) => value > 0 && value < Infinity)
    : arePositiveDefinite(estimate, k, d);
  return isRegular ? { params: { mean, [name]: estimate }, offset: to } : null;
}

/** Scatters k x d x d: weight L L' of the factors L that log-Cholesky parameters are, one after the other. */
function products(factors: Float64Array, weight: Float64Array, k: number, d: number): Float64Array {
  const scatter = new Float64Array(k * d * d);
  const factor = new Float64Array(d * d);
  let at = 0;
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < a; b++) factor[a * d + b] = factors[at++];
      factor[a * d + a] = Math.exp(factors[at++]);
    }
    addProduct(factor, weight[j], scatter, j * d * d, d);
  }
  return scatter;
}

function arePositiveDefinite(covariance: Float64Array, k: number, d: number): boolean {
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) if (cholesky(covariance, j * d * d, d, null, factor) !== -1) return false;
  return true;
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
