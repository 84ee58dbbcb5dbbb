import { createConditionals } from '../../kernels/conditionalNormal';
import type { Kernels } from '../../kernels/kernels';
import type { Params } from '../model';
import { type CovarianceRule, repeated } from './covarianceRule';
import type { FullFactors, GaussianFactors } from './gaussianFactors';
import type { PartAt } from './mixturePart';
import { addPooled } from './pooledMoments';

/** What rows are to Gaussians at given parameters. */
export interface GaussianDensity {
  readonly logDensities: PartAt['logDensities'];
  readonly softStep: NonNullable<PartAt['softStep']>;
  readonly posteriors: NonNullable<PartAt['posteriors']>;
  /** Adds expected moments of rows with missing cells, those of components and features or pairs apart. */
  addIncomplete(
    x: Float64Array,
    from: number,
    to: number,
    membership: Float64Array,
    count: Float64Array,
    sum: Float64Array,
    moment: Float64Array,
  ): void;
  /** Mean and variance of a missing cell of a row given its observed cells and the component. */
  conditional(
    x: Float64Array,
    row: number,
    column: number,
    component: number,
  ): { mean: number; variance: number };
}

/** Densities base_j + log N(x | mean_j, covariance_j) of rows, and the step made of them. `factors`: those at `params`. */
export function densityAt(
  params: Params,
  factors: GaussianFactors,
  rule: CovarianceRule,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity {
  const logDeterminant = factors.logDeterminant();
  const scaled: Scaled = (base) =>
    base.map((value, j) => value - 0.5 * (d * Math.log(2 * Math.PI) + logDeterminant[j]));
  const density =
    factors.kind === 'diagonal'
      ? alongFeatures(params, factors.pools, scaled, k, d, kernels)
      : withProducts(params, factors, scaled, k, d, kernels);
  if (!factors.pools) return density;
  return {
    ...density,
    softStep(x, from, to, rowWeight, base, weight, stats, isComplete) {
      const rest = [x, from, to, rowWeight, base, weight] as const;
      if (isComplete) return density.softStep(...rest, stats, isComplete);
      // Expected moments are gathered apart.
      const moment = new Float64Array(rule.kind === 'diagonal' ? k * d : k * d * d);
      const logLikelihood = density.softStep(...rest, { ...stats, moment }, isComplete);
      addPooled(moment, stats.pooled, rule, d);
      return logLikelihood;
    },
  };
}

/** Log weights and what logarithms of densities have besides squares. */
type Scaled = (base: Float64Array) => Float64Array;

function alongFeatures(
  params: Params,
  pools: boolean,
  scaled: Scaled,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity {
  const { mean, variance } = params;
  const { observed } = kernels;
  const inverseDeviation = variance.map((value) => 1 / Math.sqrt(value));
  const inverseVariance = Float64Array.from({ length: k }, (_, j) => 1 / variance[j * d]);
  return {
    logDensities(x, from, to, base, out, isComplete) {
      const { diagonalLogDensities } = isComplete ? kernels : observed;
      diagonalLogDensities(x, from, to, d, mean, inverseDeviation, scaled(base), k, out);
    },
    posteriors(x, from, to, base, out, logDensity) {
      const posteriors = pools ? kernels.sphericalPosteriors : kernels.diagonalPosteriors;
      const shape = pools ? inverseVariance : inverseDeviation;
      posteriors(x, from, to, d, mean, shape, scaled(base), k, out, logDensity);
    },
    softStep(x, from, to, rowWeight, base, weight, { sum, moment, pooled }, isComplete) {
      const rows = [x, from, to, d, rowWeight, mean] as const;
      const rest = [scaled(base), k, weight, sum] as const;
      if (pools && isComplete) return kernels.sphericalStep(...rows, inverseVariance, ...rest, pooled);
      const { diagonalStep } = isComplete ? kernels : observed;
      return diagonalStep(...rows, inverseDeviation, ...rest, moment);
    },
    addIncomplete: (x, from, to, membership, count, sum, moment) =>
      observed.weightedSquares(x, from, to, d, membership, mean, inverseDeviation, k, count, sum, moment),
    conditional: (_x, _row, a, j) => ({ mean: mean[j * d + a], variance: variance[j * d + a] }),
  };
}

function withProducts(
  { mean }: Params,
  factors: FullFactors,
  scaled: Scaled,
  k: number,
  d: number,
  kernels: Kernels,
): GaussianDensity {
  const { pools } = factors;
  const { observed } = kernels;
  const factor = factors.factor();
  let repeatedFactor: Float64Array | null = null;
  /** A factor for each component. */
  const apart = (): Float64Array => (repeatedFactor ??= pools ? repeated(factor, k) : factor);
  let conditionals: ReturnType<typeof createConditionals> | null = null;
  return {
    logDensities(x, from, to, base, out, isComplete) {
      const { gaussianLogDensities } = isComplete ? kernels : observed;
      gaussianLogDensities(x, from, to, d, mean, apart(), scaled(base), k, out);
    },
    posteriors(x, from, to, base, out, logDensity) {
      const posteriors = pools ? kernels.tiedPosteriors : kernels.gaussianPosteriors;
      posteriors(x, from, to, d, mean, factor, scaled(base), k, out, logDensity);
    },
    softStep(x, from, to, rowWeight, base, weight, { sum, moment, pooled }, isComplete) {
      const rows = [x, from, to, d, rowWeight, mean] as const;
      const rest = [scaled(base), k, weight, sum] as const;
      if (!isComplete) return observed.gaussianStep(...rows, apart(), ...rest, moment);
      return pools
        ? kernels.tiedStep(...rows, factor, ...rest, pooled)
        : kernels.gaussianStep(...rows, factor, ...rest, moment);
    },
    addIncomplete: (x, from, to, membership, count, sum, moment) =>
      observed.weightedScatter(x, from, to, d, membership, mean, apart(), k, count, sum, moment),
    conditional(x, row, column, j) {
      const { patternOf, given } = (conditionals ??= createConditionals(apart(), k, d));
      const pattern = patternOf(x, row);
      const { coefficient, covariance } = given(pattern, j);
      const { observed: columns, missing } = pattern;
      const m = missing.indexOf(column);
      let value = mean[j * d + column];
      for (let o = 0; o < columns.length; o++) {
        const a = columns[o];
        value += coefficient[m * columns.length + o] * (x[row * d + a] - mean[j * d + a]);
      }
      return { mean: value, variance: covariance[m * (missing.length + 1)] };
    },
  };
}
