import type { Kernels } from '../../kernels/kernels';
import type { Params } from '../model';
import { repeated } from './covarianceRule';
import type { GaussianFactors } from './gaussianFactors';
import type { PartAt } from './mixturePart';

export interface GaussianDensity {
  logDensities(x: Float64Array, from: number, to: number, base: Float64Array, out: Float64Array): void;
  readonly softStep: NonNullable<PartAt['softStep']>;
  readonly posteriors: NonNullable<PartAt['posteriors']>;
}

/** Densities base_j + log N(x | mean_j, covariance_j) of rows, and the step made of them. `factors`: those at `params`. */
export function densityAt(
  params: Params,
  factors: GaussianFactors,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity {
  const { mean, variance } = params;
  const logDeterminant = factors.logDeterminant();
  const scaled = (base: Float64Array): Float64Array =>
    base.map((value, j) => value - 0.5 * (d * Math.log(2 * Math.PI) + logDeterminant[j]));
  if (factors.kind === 'diagonal') {
    const inverseDeviation = variance.map((value) => 1 / Math.sqrt(value));
    const softStep: PartAt['softStep'] = (x, from, to, rowWeight, base, weight, { sum, moment }) => {
      const shape = [mean, inverseDeviation, scaled(base), k, weight, sum, moment] as const;
      return kernels.diagonalStep(x, from, to, d, rowWeight, ...shape);
    };
    return {
      logDensities: (x, from, to, base, out) =>
        kernels.diagonalLogDensities(x, from, to, d, mean, inverseDeviation, scaled(base), k, out),
      posteriors: (x, from, to, base, out, logDensity) =>
        kernels.diagonalPosteriors(
          ...([x, from, to, d, mean, inverseDeviation, scaled(base), k, out, logDensity] as const),
        ),
      softStep: factors.pools ? sphericalStep(params, scaled, k, d, kernels) : softStep,
    };
  }
  const factor = factors.factor();
  let apart: Float64Array | null = null;
  return {
    logDensities(x, from, to, base, out) {
      apart ??= factors.pools ? repeated(factor, k) : factor;
      kernels.gaussianLogDensities(x, from, to, d, mean, apart, scaled(base), k, out);
    },
    posteriors(x, from, to, base, out, logDensity) {
      const rest = [mean, factor, scaled(base), k, out, logDensity] as const;
      if (factors.pools) kernels.tiedPosteriors(x, from, to, d, ...rest);
      else kernels.gaussianPosteriors(x, from, to, d, ...rest);
    },
    softStep: (x, from, to, rowWeight, base, weight, { sum, moment, pooled }) => {
      const rest = [scaled(base), k, weight, sum] as const;
      return factors.pools
        ? kernels.tiedStep(x, from, to, d, rowWeight, mean, factor, ...rest, pooled)
        : kernels.gaussianStep(x, from, to, d, rowWeight, mean, factor, ...rest, moment);
    },
  };
}

/** The step of spherical components. */
function sphericalStep(
  { mean, variance }: Params,
  scaled: (base: Float64Array) => Float64Array,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity['softStep'] {
  const inverseVariance = Float64Array.from({ length: k }, (_, j) => 1 / variance[j * d]);
  return (x, from, to, rowWeight, base, weight, { sum, pooled }) => {
    const shape = [mean, inverseVariance, scaled(base), k, weight, sum, pooled] as const;
    return kernels.sphericalStep(x, from, to, d, rowWeight, ...shape);
  };
}
