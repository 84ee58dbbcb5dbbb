import type { FitFailure } from '../../../shared/fitFailure';
import type { ModelSpecification } from '../../../shared/model';
import { failed, ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { LatentModel, Params, Rows, Stats } from '../model';
import { cholesky, logDeterminant } from '../numeric/linearAlgebra';
import { covarianceRules, type CovarianceRule } from './covarianceStructures';
import { findSingularity, type Overall } from './singularity';

/** Rows worked at once, so that their log densities stay in the cache. By measurement: 128 to 1024 are alike. */
const blockRows = 256;

/** A component with less than this share of all rows has lost them: its mean would be rounding. */
const emptyShare = 1e-12;

/**
 * Mixtures of Gaussians with any covariance structure: one E-step and one set of statistics for all of them.
 *
 * Statistics are taken about the means of the E-step's own parameters, not about zero: S = sum r (x - m)(x - m)'.
 * The M-step then corrects by the shift of the mean, which vanishes as the fit converges, so a narrow component
 * far from the centre loses no digits (Chan, Golub and LeVeque, 1983, on shifted sums).
 *
 * Source: Bishop (2006), eq. 9.23 to 9.28.
 */
export function gaussianMixture(
  specification: Extract<ModelSpecification, { family: 'gaussian' }>,
  d: number,
  kernels: Kernels,
): LatentModel {
  const k = specification.components;
  const { ridge } = specification;
  const rule: CovarianceRule = covarianceRules[specification.covariance];
  const moments = rule.kind === 'diagonal' ? k * d : k * d * d;
  const joint = new Float64Array(blockRows * k);

  function addMoments(rows: Rows, from: number, to: number, mean: Float64Array, stats: Stats): void {
    if (rule.kind === 'diagonal') {
      kernels.weightedSquares(rows.x, from, to, d, joint, mean, k, stats.weight, stats.sum, stats.moment);
    } else {
      kernels.weightedScatter(rows.x, from, to, d, joint, mean, k, stats.weight, stats.sum, stats.moment);
    }
  }

  return {
    name: `gaussian-${specification.covariance}`,
    specification,
    components: k,
    features: d,
    capabilities: {
      policies: ['soft', 'hard'],
      objective: 'logLikelihood',
      emptyComponents: 'fail',
      exchangesRows: false,
    },
    shape: {
      weight: ['component'],
      mean: ['component', 'feature'],
      covariance: ['component', 'feature', 'feature'],
    },

    emptyStats: () => ({
      weight: new Float64Array(k),
      sum: new Float64Array(k * d),
      moment: new Float64Array(moments),
    }),

    accumulate(params, rows, from, to, policy, stats) {
      const logJoint = logJointOf(params, rule, k, d, kernels);
      const hard = policy.kind === 'hard';
      let logLikelihood = 0;
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        logJoint(rows, start, end, joint);
        logLikelihood += kernels.memberships(joint, end - start, k, rows.weight ?? null, start, hard, null);
        addMoments(rows, start, end, params.mean, stats);
      }
      return logLikelihood;
    },

    accumulateGiven(memberships, rows, from, to, origin, stats) {
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        for (let i = start; i < end; i++) {
          const weight = rows.weight?.[i] ?? 1;
          for (let j = 0; j < k; j++) joint[(i - start) * k + j] = weight * memberships[(i - from) * k + j];
        }
        addMoments(rows, start, end, origin.mean, stats);
      }
    },

    objective: (_params, _stats, rowObjective) => rowObjective,

    maximise(stats, previous) {
      const rows = stats.weight.reduce((sum, value) => sum + value, 0);
      const empty = stats.weight.findIndex((value) => !(value > emptyShare * rows));
      if (empty !== -1) return failed({ kind: 'emptyComponent', component: empty });
      const mean = stats.sum.map((value, i) => previous.mean[i] + value / stats.weight[Math.floor(i / d)]);
      const within = withinComponents(stats, rule.kind, k, d);
      const overall = overallOf(stats.weight, mean, within, k, d);
      addRidge(within, stats.weight, ridge, d);
      const covariance = covarianceOf(rule, within, stats.weight, k, d);
      const failure = firstSingular(covariance, rule, stats.weight, overall, d);
      if (failure !== null) return failed(failure);
      return ok({ weight: stats.weight.map((value) => value / rows), mean, covariance });
    },

    parameterCount: () => k - 1 + k * d + rule.count(k, d),

    posterior(params, rows, from, to, out, logDensity) {
      const logJoint = logJointOf(params, rule, k, d, kernels);
      logJoint(rows, from, to, out);
      kernels.memberships(out, to - from, k, null, from, false, logDensity);
    },
  };
}

/**
 * Log joint densities log(weight_j N(x | mean_j, covariance_j)) of rows, the covariances factored once.
 * Throws when a covariance is not positive definite: `maximise` and the check of a given start let none through.
 */
function logJointOf(
  params: Params,
  rule: CovarianceRule,
  k: number,
  d: number,
  kernels: Kernels,
): (rows: Rows, from: number, to: number, out: Float64Array) => void {
  const { weight, mean, covariance } = params;
  const constant = -0.5 * d * Math.log(2 * Math.PI);
  const logScale = weight.map((value) => Math.log(value) + constant);
  if (rule.kind === 'diagonal') {
    const inverseDeviation = new Float64Array(k * d);
    for (let j = 0; j < k; j++) {
      for (let a = 0; a < d; a++) {
        const variance = covariance[(j * d + a) * d + a];
        inverseDeviation[j * d + a] = 1 / Math.sqrt(variance);
        logScale[j] -= 0.5 * Math.log(variance);
      }
    }
    return (rows, from, to, out) =>
      kernels.diagonalLogDensities(rows.x, from, to, d, mean, inverseDeviation, logScale, k, out);
  }
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    if (cholesky(covariance, j * d * d, d, null, factor) !== -1) {
      throw new Error(`covariance ${j} is not positive definite`);
    }
    logScale[j] -= 0.5 * logDeterminant(factor, j * d * d, d);
  }
  return (rows, from, to, out) =>
    kernels.gaussianLogDensities(rows.x, from, to, d, mean, factor, logScale, k, out);
}

/** Moments about the old means, moved to the new ones: S - s s' / n. Squares are k x d, scatters symmetric k x d x d. */
function withinComponents(stats: Stats, kind: CovarianceRule['kind'], k: number, d: number): Float64Array {
  const { weight, sum, moment } = stats;
  if (kind === 'diagonal') {
    return moment.map((value, i) => Math.max(0, value - (sum[i] * sum[i]) / weight[Math.floor(i / d)]));
  }
  const within = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        const value = moment[(j * d + a) * d + b] - (sum[j * d + a] * sum[j * d + b]) / weight[j];
        within[(j * d + a) * d + b] = value;
        within[(j * d + b) * d + a] = value;
      }
    }
  }
  return within;
}

/**
 * Adds `ridge` to every variance by adding it, times the component's weight, to the scatter. For structures that
 * average scatters that is scikit-learn's addition to the finished covariance; those that compare shapes need it
 * before, because a shape with a zero in it has no volume.
 */
function addRidge(within: Float64Array, weight: Float64Array, ridge: number, d: number): void {
  const diagonal = within.length === weight.length * d;
  for (let i = 0; i < weight.length * d; i++) {
    within[diagonal ? i : i * d + (i % d)] += ridge * weight[Math.floor(i / d)];
  }
}

/** Covariances k x d x d by the rule, from sums of squares or products about the means. */
function covarianceOf(
  rule: CovarianceRule,
  within: Float64Array,
  weight: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const estimate = rule.estimate(within, weight, k, d);
  if (rule.kind === 'full') return estimate;
  const covariance = new Float64Array(k * d * d);
  for (let i = 0; i < k * d; i++) covariance[i * d + (i % d)] = estimate[i];
  return covariance;
}

/** Mean and variance of each feature over all rows, by the law of total variance. */
function overallOf(
  weight: Float64Array,
  mean: Float64Array,
  within: Float64Array,
  k: number,
  d: number,
): Overall {
  const rows = weight.reduce((sum, value) => sum + value, 0);
  const diagonal = within.length === k * d;
  const overall = { mean: new Float64Array(d), variance: new Float64Array(d) };
  for (let a = 0; a < d; a++) {
    for (let j = 0; j < k; j++) overall.mean[a] += (weight[j] * mean[j * d + a]) / rows;
    for (let j = 0; j < k; j++) {
      const shift = mean[j * d + a] - overall.mean[a];
      const square = within[diagonal ? j * d + a : (j * d + a) * d + a];
      overall.variance[a] += (square + weight[j] * shift * shift) / rows;
    }
  }
  return overall;
}

/** The first component whose covariance is singular, and why; null when all are regular. */
function firstSingular(
  covariance: Float64Array,
  rule: CovarianceRule,
  weight: Float64Array,
  overall: Overall,
  d: number,
): FitFailure | null {
  const rows = weight.reduce((sum, value) => sum + value, 0);
  const groups = rule.shared ? [rows] : [...weight];
  for (const [j, size] of groups.entries()) {
    const found = findSingularity(covariance, j * d * d, d, rule, size, overall);
    if (found === null) continue;
    return { kind: 'singularCovariance', component: rule.shared ? null : j, ...found };
  }
  return null;
}
