import { cholesky, logDeterminant, symmetricEigen, traceOfSolution } from '../numeric/linearAlgebra';

/**
 * A covariance structure is a pure function of the scatter of each component about its mean. Names are mclust's:
 * volume, shape and orientation; E equal, V varying, I identity.
 *
 * Source of all M-steps and counts: Celeux and Govaert (1995), "Gaussian parsimonious clustering models".
 */
export type CovarianceRule = DiagonalRule | FullRule;

interface RuleOfAnyKind {
  /** One covariance for all components. */
  readonly shared: boolean;
  /** One variance for all features. */
  readonly spherical: boolean;
  /** Each component has its own axes and shares volume or shape along them: written from eigenvalues. */
  readonly ownAxes: boolean;
  /** Free parameters of the covariances of k components of d features (Celeux and Govaert, table 1). */
  count(k: number, d: number): number;
}

/** Covariances along the axes: the statistics need no products of different features. */
export interface DiagonalRule extends RuleOfAnyKind {
  readonly kind: 'diagonal';
  /** square: k x d, within-component sums of squares; weight: k. Returns variances, k x d. */
  estimate(square: Float64Array, weight: Float64Array, k: number, d: number): Float64Array;
}

export interface FullRule extends RuleOfAnyKind {
  readonly kind: 'full';
  /** scatter: k x d x d, within-component sums of products, symmetric; weight: k. Returns covariances, k x d x d. */
  estimate(scatter: Float64Array, weight: Float64Array, k: number, d: number): Float64Array;
}

/** Rounds of an M-step that has no closed form. Each raises the likelihood; they stop when nothing moves. */
const innerRounds = 200;
const innerTolerance = 1e-13; // relative change of a volume: near the rounding of d divisions

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Sum over components of blocks of `size` numbers. */
function pooled(blocks: Float64Array, k: number, size: number): Float64Array {
  const sum = new Float64Array(size);
  for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) sum[i] += blocks[j * size + i];
  return sum;
}

/** `block` repeated for each of k components. */
function repeated(block: Float64Array, k: number): Float64Array {
  const all = new Float64Array(k * block.length);
  for (let j = 0; j < k; j++) all.set(block, j * block.length);
  return all;
}

/** Geometric mean of d positive numbers at offset; 0 when one is not positive. */
function geometricMean(values: Float64Array, offset: number, d: number): number {
  let sum = 0;
  for (let a = 0; a < d; a++) {
    if (!(values[offset + a] > 0)) return 0;
    sum += Math.log(values[offset + a]);
  }
  return Math.exp(sum / d);
}

const EII: DiagonalRule = {
  kind: 'diagonal',
  shared: true,
  spherical: true,
  ownAxes: false,
  count: () => 1,
  estimate: (square, weight, k, d) => new Float64Array(k * d).fill(total(square) / (d * total(weight))),
};

const VII: DiagonalRule = {
  kind: 'diagonal',
  shared: false,
  spherical: true,
  ownAxes: false,
  count: (k) => k,
  estimate(square, weight, k, d) {
    const variance = new Float64Array(k * d);
    for (let j = 0; j < k; j++) {
      const block = square.subarray(j * d, (j + 1) * d);
      variance.fill(total(block) / (d * weight[j]), j * d, (j + 1) * d);
    }
    return variance;
  },
};

const EEI: DiagonalRule = {
  kind: 'diagonal',
  shared: true,
  spherical: false,
  ownAxes: false,
  count: (_k, d) => d,
  estimate: (square, weight, k, d) =>
    repeated(
      pooled(square, k, d).map((value) => value / total(weight)),
      k,
    ),
};

const VEI: DiagonalRule = {
  kind: 'diagonal',
  shared: false,
  spherical: false,
  ownAxes: false,
  count: (k, d) => k + d - 1,
  estimate(square, weight, k, d) {
    const shape = new Float64Array(d).fill(1);
    const volume = new Float64Array(k);
    for (let round = 0; round < innerRounds; round++) {
      let change = 0;
      for (let j = 0; j < k; j++) {
        let s = 0;
        for (let a = 0; a < d; a++) s += square[j * d + a] / shape[a];
        const next = s / (d * weight[j]);
        change = Math.max(change, Math.abs(next - volume[j]) / next);
        volume[j] = next;
      }
      shape.fill(0);
      for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) shape[a] += square[j * d + a] / volume[j];
      const size = geometricMean(shape, 0, d);
      for (let a = 0; a < d; a++) shape[a] /= size;
      if (change <= innerTolerance) break;
    }
    const variance = new Float64Array(k * d);
    for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) variance[j * d + a] = volume[j] * shape[a];
    return variance;
  },
};

const EVI: DiagonalRule = {
  kind: 'diagonal',
  shared: false,
  spherical: false,
  ownAxes: false,
  count: (k, d) => 1 + k * (d - 1),
  estimate(square, weight, k, d) {
    const size = Float64Array.from({ length: k }, (_, j) => geometricMean(square, j * d, d));
    const volume = total(size) / total(weight);
    const variance = new Float64Array(k * d);
    for (let j = 0; j < k; j++) {
      for (let a = 0; a < d; a++) variance[j * d + a] = (volume * square[j * d + a]) / size[j];
    }
    return variance;
  },
};

const VVI: DiagonalRule = {
  kind: 'diagonal',
  shared: false,
  spherical: false,
  ownAxes: false,
  count: (k, d) => k * d,
  estimate: (square, weight, _k, d) => square.map((value, i) => value / weight[Math.floor(i / d)]),
};

const EEE: FullRule = {
  kind: 'full',
  shared: true,
  spherical: false,
  ownAxes: false,
  count: (_k, d) => (d * (d + 1)) / 2,
  estimate: (scatter, weight, k, d) =>
    repeated(
      pooled(scatter, k, d * d).map((value) => value / total(weight)),
      k,
    ),
};

const VEE: FullRule = {
  kind: 'full',
  shared: false,
  spherical: false,
  ownAxes: false,
  count: (k, d) => k + (d - 1) + (d * (d - 1)) / 2,
  estimate(scatter, weight, k, d) {
    const size = d * d;
    const form = new Float64Array(size);
    for (let a = 0; a < d; a++) form[a * d + a] = 1;
    const factor = new Float64Array(size);
    const volume = new Float64Array(k);
    for (let round = 0; round < innerRounds; round++) {
      // A form that is singular stays so; the caller's check of the covariances finds and names it.
      if (cholesky(form, 0, d, null, factor) !== -1) break;
      let change = 0;
      for (let j = 0; j < k; j++) {
        const next = traceOfSolution(factor, scatter, j * size, d) / (d * weight[j]);
        change = Math.max(change, Math.abs(next - volume[j]) / next);
        volume[j] = next;
      }
      form.fill(0);
      for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) form[i] += scatter[j * size + i] / volume[j];
      if (cholesky(form, 0, d, null, factor) !== -1) break;
      const scale = Math.exp(logDeterminant(factor, 0, d) / d);
      for (let i = 0; i < size; i++) form[i] /= scale;
      if (change <= innerTolerance) break;
    }
    const covariance = new Float64Array(k * size);
    for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) covariance[j * size + i] = volume[j] * form[i];
    return covariance;
  },
};

const VVV: FullRule = {
  kind: 'full',
  shared: false,
  spherical: false,
  ownAxes: false,
  count: (k, d) => (k * d * (d + 1)) / 2,
  estimate: (scatter, weight, _k, d) => scatter.map((value, i) => value / weight[Math.floor(i / (d * d))]),
};

/**
 * The structure whose orientation varies, from the one along the axes: every component keeps the principal axes
 * of its own scatter, and the rule shares out volume and shape over the scatter's eigenvalues, largest first
 * (Celeux and Govaert, section 4.2: EEV from EEI, VEV from VEI, EVV from EVI).
 */
function alongOwnAxes(rule: DiagonalRule, count: (k: number, d: number) => number): FullRule {
  return {
    kind: 'full',
    shared: false,
    spherical: false,
    ownAxes: true,
    count,
    estimate(scatter, weight, k, d) {
      const values = new Float64Array(k * d);
      const eigen = Array.from({ length: k }, (_, j) => symmetricEigen(scatter, j * d * d, d));
      // An eigenvalue of a singular scatter may round to a little below zero.
      eigen.forEach((own, j) =>
        values.set(
          own.values.map((value) => Math.max(0, value)),
          j * d,
        ),
      );
      const variance = rule.estimate(values, weight, k, d);
      const covariance = new Float64Array(k * d * d);
      eigen.forEach(({ vectors }, j) => {
        for (let a = 0; a < d; a++) {
          for (let b = 0; b <= a; b++) {
            let s = 0;
            for (let i = 0; i < d; i++) s += variance[j * d + i] * vectors[i * d + a] * vectors[i * d + b];
            covariance[(j * d + a) * d + b] = s;
            covariance[(j * d + b) * d + a] = s;
          }
        }
      });
      return covariance;
    },
  };
}

const turns = (k: number, d: number): number => (k * d * (d - 1)) / 2;

/** All structures there are, by name. EVE and VVE are still missing: they need a common orientation by iteration. */
export const covarianceRules = {
  EII,
  VII,
  EEI,
  VEI,
  EVI,
  VVI,
  EEE,
  VEE,
  EEV: alongOwnAxes(EEI, (k, d) => d + turns(k, d)),
  VEV: alongOwnAxes(VEI, (k, d) => k + (d - 1) + turns(k, d)),
  EVV: alongOwnAxes(EVI, (k, d) => 1 + k * (d - 1) + turns(k, d)),
  VVV,
} as const satisfies Record<string, CovarianceRule>;
