import { doubledPrecision, triangularInverse } from '../../kernels/triangularInverse';
import { cholesky, logDeterminant } from '../numeric/linearAlgebra';
import type { CovarianceRule } from './covarianceRule';
import { poolsAt } from './pooledMoments';

/** What follows from covariances alone: computed when it is first asked for, and once for one array of them. */
export interface GaussianFactors {
  /** Whether rows pool their second moments there (`pooledMoments.ts`). */
  readonly pools: boolean;
  /** Lower Cholesky factors: k x d x d, or d x d where all components pool their products. */
  factor(): Float64Array;
  /** k */
  logDeterminant(): Float64Array;
  /** `doubledPrecision` of each factor. */
  precision(): Float64Array;
}

/** Finds the factors of arrays of k covariances, d x d, which must not change. */
export function createFactors(
  rule: CovarianceRule,
  k: number,
  d: number,
): (covariance: Float64Array) => GaussianFactors {
  const known = new WeakMap<Float64Array, GaussianFactors>();
  return (covariance) => {
    let factors = known.get(covariance);
    if (!factors) known.set(covariance, (factors = factorsOf(covariance, rule, k, d)));
    return factors;
  };
}

function factorsOf(covariance: Float64Array, rule: CovarianceRule, k: number, d: number): GaussianFactors {
  const pools = poolsAt(covariance, rule, k, d);
  const different = pools && rule.kind === 'full' ? 1 : k;
  const factor = once(() => {
    const factors = new Float64Array(different * d * d);
    for (let j = 0; j < different; j++) factorise(covariance, j, d, factors);
    return factors;
  });
  return {
    pools,
    factor,
    logDeterminant: once(() =>
      Float64Array.from({ length: k }, (_, j) =>
        rule.kind === 'diagonal'
          ? logOfVariances(covariance, j, d)
          : logDeterminant(factor(), (j % different) * d * d, d),
      ),
    ),
    precision: once(() => {
      const precision = new Float64Array(different * d * d);
      for (let j = 0; j < different; j++)
        doubledPrecision(triangularInverse(factor(), j * d * d, d), d, precision, j * d * d);
      return precision;
    }),
  };
}

function logOfVariances(covariance: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let a = j * d; a < (j + 1) * d; a++) sum += Math.log(covariance[a * d + (a % d)]);
  return sum;
}

function once<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/**
 * Factors covariance j into block j of `factor`. Throws when it is not positive definite: `maximise` and the check
 * of a given start let none through.
 */
export function factorise(covariance: Float64Array, j: number, d: number, factor: Float64Array): void {
  if (cholesky(covariance, j * d * d, d, null, factor) !== -1)
    throw new Error(`covariance ${j} is not positive definite`);
}
