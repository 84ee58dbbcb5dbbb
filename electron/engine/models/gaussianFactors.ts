import { doubledPrecision, triangularInverse } from '../../kernels/triangularInverse';
import { cholesky, logDeterminant } from '../numeric/linearAlgebra';
import type { CovarianceRule } from './covarianceRule';
import { poolsAt } from './pooledMoments';

/** What follows from covariances alone: computed when it is first asked for, and once for one array of them. */
export type GaussianFactors = DiagonalFactors | FullFactors;

interface FactorsOfAnyKind {
  /** Whether rows pool their second moments there (`pooledMoments.ts`). */
  readonly pools: boolean;
  /** k, of the covariances */
  logDeterminant(): Float64Array;
  /** tr(S_j^-1 W_j) for moments W of all components, of the rule's own kind. */
  distance(moments: Float64Array, component: number): number;
}

export interface DiagonalFactors extends FactorsOfAnyKind {
  readonly kind: 'diagonal';
}

export interface FullFactors extends FactorsOfAnyKind {
  readonly kind: 'full';
  /** Lower Cholesky factors: k x d x d, or d x d where all components pool their products. */
  factor(): Float64Array;
}

/** Finds the factors of arrays of k covariances (or k x d variances, `dispersion.ts`), which must not change. */
export function createFactors(
  rule: CovarianceRule,
  k: number,
  d: number,
): (dispersion: Float64Array) => GaussianFactors {
  const known = new WeakMap<Float64Array, GaussianFactors>();
  return (dispersion) => {
    let factors = known.get(dispersion);
    if (!factors) {
      const pools = poolsAt(dispersion, rule, k, d);
      factors =
        rule.kind === 'diagonal'
          ? diagonalFactors(dispersion, pools, k, d)
          : fullFactors(dispersion, pools, k, d);
      known.set(dispersion, factors);
    }
    return factors;
  };
}

function diagonalFactors(variance: Float64Array, pools: boolean, k: number, d: number): DiagonalFactors {
  return {
    kind: 'diagonal',
    pools,
    logDeterminant: once(() => {
      const sums = new Float64Array(k);
      for (let i = 0; i < k * d; i++) sums[Math.floor(i / d)] += Math.log(variance[i]);
      return sums;
    }),
    distance(squares, j) {
      let sum = 0;
      for (let i = j * d; i < (j + 1) * d; i++) sum += squares[i] / variance[i];
      return sum;
    },
  };
}

function fullFactors(covariance: Float64Array, pools: boolean, k: number, d: number): FullFactors {
  const different = pools ? 1 : k;
  const factor = once(() => {
    const factors = new Float64Array(different * d * d);
    for (let j = 0; j < different; j++) factorise(covariance, j, d, factors);
    return factors;
  });
  const precision = once(() => {
    const precisions = new Float64Array(different * d * d);
    for (let j = 0; j < different; j++)
      doubledPrecision(triangularInverse(factor(), j * d * d, d), d, precisions, j * d * d);
    return precisions;
  });
  return {
    kind: 'full',
    pools,
    factor,
    logDeterminant: once(() =>
      Float64Array.from({ length: k }, (_, j) => logDeterminant(factor(), (j % different) * d * d, d)),
    ),
    distance(scatters, j) {
      const doubled = precision();
      const from = j * d * d;
      const own = (j % different) * d * d;
      let sum = 0;
      for (let a = 0; a < d; a++)
        for (let b = 0; b <= a; b++) sum += doubled[own + a * d + b] * scatters[from + a * d + b];
      return sum;
    },
  };
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
