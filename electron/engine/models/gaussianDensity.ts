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

/** Densities base_j + log N(x | mean_j, covariance_j) of rows and the step made of them, the covariances factored once; it pools moments or not. */
export function densityAt(
  params: Params,
  rule: CovarianceRule,
  pools: boolean,
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
    const softStep: PartAt['softStep'] = (x, from, to, rowWeight, base, weight, { sum, moment }) => {
      const shape = [mean, inverseDeviation, scaled(base), k, weight, sum, moment] as const;
      return kernels.diagonalStep(x, from, to, d, rowWeight, ...shape);
    };
    return {
      logDensities: (x, from, to, base, out) =>
        kernels.diagonalLogDensities(x, from, to, d, mean, inverseDeviation, scaled(base), k, out),
      softStep: pools ? sphericalStep(params, scaled, k, d, kernels) : softStep,
    };
  }
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    factorise(covariance, j, d, factor);
    logVolume[j] -= 0.5 * logDeterminant(factor, j * d * d, d);
  }
  const common = pools ? factor.slice(0, d * d) : null;
  return {
    logDensities: (x, from, to, base, out) =>
      kernels.gaussianLogDensities(x, from, to, d, mean, factor, scaled(base), k, out),
    softStep: (x, from, to, rowWeight, base, weight, { sum, moment, pooled }) => {
      const rest = [scaled(base), k, weight, sum] as const;
      return common === null
        ? kernels.gaussianStep(x, from, to, d, rowWeight, mean, factor, ...rest, moment)
        : kernels.tiedStep(x, from, to, d, rowWeight, mean, common, ...rest, pooled);
    },
  };
}

/** The step of spherical components. */
function sphericalStep(
  { mean, covariance }: Params,
  scaled: (base: Float64Array) => Float64Array,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity['softStep'] {
  const inverseVariance = Float64Array.from({ length: k }, (_, j) => 1 / covariance[j * d * d]);
  return (x, from, to, rowWeight, base, weight, { sum, pooled }) => {
    const shape = [mean, inverseVariance, scaled(base), k, weight, sum, pooled] as const;
    return kernels.sphericalStep(x, from, to, d, rowWeight, ...shape);
  };
}
