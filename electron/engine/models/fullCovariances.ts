import { cholesky, logDeterminant, symmetricEigen, traceOfSolution } from '../numeric/linearAlgebra';
import {
  type DiagonalRule,
  divided,
  type FullRule,
  pooledMean,
  repeated,
  roundTolerance,
} from './covarianceRule';
import { EEI, EVI, VEI } from './diagonalCovariances';

const full = {
  kind: 'full',
  shared: false,
  spherical: false,
  ownAxes: false,
  iterates: false,
  explores: false,
  estimated: true,
} as const;

export const EEE: FullRule = {
  ...full,
  shared: true,
  count: (_k, d) => (d * (d + 1)) / 2,
  estimate: ({ moments, weight, k, d }) => repeated(pooledMean(moments, weight, d * d), k),
};

/** Rounds as those of VEI, with a form (a covariance of determinant one) for the shape. The optimum is the only one. */
export const VEE: FullRule = {
  ...full,
  iterates: true,
  count: (k, d) => k + (d - 1) + (d * (d - 1)) / 2,
  estimate({ moments, weight, k, d }, { most, previous }) {
    const size = d * d;
    const form = previous === null ? identity(d) : previous.slice(0, size);
    const factor = new Float64Array(size);
    const volume = new Float64Array(k);
    // Volumes are found for a form of determinant one: what is left of the previous volume would be counted twice.
    if (cholesky(form, 0, d, null, factor) === -1) {
      const before = Math.exp(logDeterminant(factor, 0, d) / d);
      for (let i = 0; i < size; i++) form[i] /= before;
    }
    for (let round = 0; round < most; round++) {
      // A form that is singular stays so; the caller's check of the covariances finds and names it.
      if (cholesky(form, 0, d, null, factor) !== -1) break;
      let change = 0;
      for (let j = 0; j < k; j++) {
        const next = traceOfSolution(factor, moments, j * size, d) / (d * weight[j]);
        change = Math.max(change, Math.abs(next - volume[j]) / next);
        volume[j] = next;
      }
      form.fill(0);
      for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) form[i] += moments[j * size + i] / volume[j];
      if (cholesky(form, 0, d, null, factor) !== -1) break;
      const scale = Math.exp(logDeterminant(factor, 0, d) / d);
      for (let i = 0; i < size; i++) form[i] /= scale;
      if (change <= roundTolerance) break;
    }
    const covariance = new Float64Array(k * size);
    for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) covariance[j * size + i] = volume[j] * form[i];
    return covariance;
  },
};

export const VVV: FullRule = {
  ...full,
  count: (k, d) => (k * d * (d + 1)) / 2,
  estimate: ({ moments, weight, d }) => divided(moments, weight, d * d),
};

const turns = (k: number, d: number): number => (k * d * (d - 1)) / 2;

/** One volume and one shape for all, orientations of their own (mclust: EEV). */
export const EEV = alongOwnAxes(EEI, (k, d) => d + turns(k, d));
/** One shape for all, volumes and orientations of their own (mclust: VEV). */
export const VEV = alongOwnAxes(VEI, (k, d) => k + (d - 1) + turns(k, d));
/** One volume for all, shapes and orientations of their own (mclust: EVV). */
export const EVV = alongOwnAxes(EVI, (k, d) => 1 + k * (d - 1) + turns(k, d));

/**
 * The structure whose orientation varies, from the one along the axes: every component keeps the principal axes
 * of its own scatter, and the rule shares out volume and shape over the scatter's eigenvalues, largest first
 * (Celeux and Govaert, section 4.2: EEV from EEI, VEV from VEI, EVV from EVI).
 */
function alongOwnAxes(rule: DiagonalRule, count: FullRule['count']): FullRule {
  return {
    ...full,
    ownAxes: true,
    iterates: rule.iterates,
    count,
    estimate({ moments, weight, k, d }, { most, previous }) {
      const eigen = eigenOf(moments, k, d);
      const values = Float64Array.from(eigen.flatMap((own) => [...own.values]));
      const before =
        previous !== null && rule.iterates ? eigenOf(previous, 1, d)[0].values.map(aboveZero) : null;
      const variance = rule.estimate(
        // An eigenvalue of a singular scatter may round to a little below zero.
        { moments: values.map((value) => Math.max(0, value)), weight, k, d },
        { most, previous: before },
      );
      const covariance = new Float64Array(k * d * d);
      eigen.forEach(({ vectors }, j) => turned(variance, vectors, j, d, covariance));
      return covariance;
    },
  };
}

const aboveZero = (value: number): number => Math.max(value, Number.MIN_VALUE);

const eigenOf = (blocks: Float64Array, k: number, d: number): ReturnType<typeof symmetricEigen>[] =>
  Array.from({ length: k }, (_, j) => symmetricEigen(blocks, j * d * d, d));

/** Writes the covariance j of variances (k x d) along the rows of `axes` (d x d) into block j of `covariance`. */
export function turned(
  variance: Float64Array,
  axes: Float64Array,
  j: number,
  d: number,
  covariance: Float64Array,
): void {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let s = 0;
      for (let i = 0; i < d; i++) s += variance[j * d + i] * axes[i * d + a] * axes[i * d + b];
      covariance[(j * d + a) * d + b] = s;
      covariance[(j * d + b) * d + a] = s;
    }
  }
}

/** The unit matrix, d x d. */
export function identity(d: number): Float64Array {
  const matrix = new Float64Array(d * d);
  for (let a = 0; a < d; a++) matrix[a * d + a] = 1;
  return matrix;
}
