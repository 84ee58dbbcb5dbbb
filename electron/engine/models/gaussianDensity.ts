import type { Kernels } from '../../kernels/kernels';
import type { Params } from '../model';
import { cholesky, logDeterminant } from '../numeric/linearAlgebra';
import type { CovarianceRule } from './covarianceRule';
import type { PartAt } from './mixturePart';

/**
 * Factors covariance j into block j of `factor`. Throws when it is not positive definite: `maximise` and the check
 * of a given start let none through.
 */
export function factorise(covariance: Float64Array, j: number, d: number, factor: Float64Array): void {
  if (cholesky(covariance, j * d * d, d, null, factor) !== -1)
    throw new Error(`covariance ${j} is not positive definite`);
}

export interface GaussianDensity {
  logDensities(x: Float64Array, from: number, to: number, base: Float64Array, out: Float64Array): void;
  readonly softStep: NonNullable<PartAt['softStep']>;
}

/** Densities base_j + log N(x | mean_j, covariance_j) of rows and the step made of them, the covariances factored once. */
export function densityAt(
  params: Params,
  rule: CovarianceRule,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity {
  const { mean, covariance } = params;
  const logVolume = new Float64Array(k).fill(-0.5 * d * Math.log(2 * Math.PI));
  const scaled = (base: Float64Array): Float64Array => base.map((value, j) => value + logVolume[j]);
  if (rule.kind === 'diagonal') {
    const inverseDeviation = new Float64Array(k * d);
    for (let j = 0; j < k; j++) {
      for (let a = 0; a < d; a++) {
        const variance = covariance[(j * d + a) * d + a];
        inverseDeviation[j * d + a] = 1 / Math.sqrt(variance);
        logVolume[j] -= 0.5 * Math.log(variance);
      }
    }
    return {
      logDensities: (x, from, to, base, out) =>
        kernels.diagonalLogDensities(x, from, to, d, mean, inverseDeviation, scaled(base), k, out),
      softStep: (x, from, to, rowWeight, base, weight, { sum, moment }) =>
        kernels.diagonalStep(
          x,
          from,
          to,
          d,
          rowWeight,
          mean,
          inverseDeviation,
          scaled(base),
          k,
          weight,
          sum,
          moment,
        ),
    };
  }
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    factorise(covariance, j, d, factor);
    logVolume[j] -= 0.5 * logDeterminant(factor, j * d * d, d);
  }
  return {
    logDensities: (x, from, to, base, out) =>
      kernels.gaussianLogDensities(x, from, to, d, mean, factor, scaled(base), k, out),
    softStep: (x, from, to, rowWeight, base, weight, { sum, moment }) =>
      kernels.gaussianStep(x, from, to, d, rowWeight, mean, factor, scaled(base), k, weight, sum, moment),
  };
}
