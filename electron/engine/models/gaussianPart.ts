import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { Params, Stats } from '../model';
import { cholesky, logDeterminant, traceOfSolution } from '../numeric/linearAlgebra';
import { type CovarianceRule, roundsOfFullStep, type Rounds, type Scatter } from './covarianceRule';
import type { MixturePart, PartAt } from './mixturePart';
import { findSingularity, type Overall } from './singularity';

export interface GaussianPartOptions {
  readonly rule: CovarianceRule;
  /** Added to every variance in every M-step. */
  readonly ridge: number;
}

/**
 * Number columns with any covariance structure: one E-step and one set of statistics for all of them.
 *
 * Statistics are taken about the means of the E-step's own parameters, not about zero: S = sum r (x - m)(x - m)'.
 * The M-step then corrects by the shift of the mean, which vanishes as the fit converges, so a narrow component
 * far from the centre loses no digits (Chan, Golub and LeVeque, 1983, on shifted sums).
 *
 * Source: Bishop (2006), eq. 9.23 to 9.28.
 */
export function gaussianPart(
  { rule, ridge }: GaussianPartOptions,
  k: number,
  d: number,
  kernels: Kernels,
): MixturePart {
  const isDiagonal = rule.kind === 'diagonal';
  const moments = isDiagonal ? k * d : k * d * d;
  /** Kernels count the memberships too; the mixture has counted them already. */
  const counted = new Float64Array(k);

  return {
    name: 'gaussian',
    d,
    shape: {
      mean: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
      ],
      covariance: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
        { of: 'feature', length: d },
      ],
    },
    partialMStep: rule.iterates,
    conditionalSteps: rule.estimated ? [['mean'], ['covariance']] : [],

    emptyStats: () => ({ sum: new Float64Array(k * d), moment: new Float64Array(moments) }),

    at: (params): PartAt => {
      const { mean } = params;
      let known: ReturnType<typeof densityAt> | null = null;
      const density = (): ReturnType<typeof densityAt> => (known ??= densityAt(params, rule, k, d, kernels));
      return {
        softStep(x, from, to, rowWeight, base, weight, stats) {
          return density().softStep(x, from, to, rowWeight, base, weight, stats);
        },
        logDensities(x, from, to, base, out) {
          density().logDensities(x, from, to, base, out);
        },
        addStats(x, from, to, membership, stats) {
          const add = isDiagonal ? kernels.weightedSquares : kernels.weightedScatter;
          add(x, from, to, d, membership, mean, k, counted, stats.sum, stats.moment);
        },
        conditional: () => {
          throw new Error('There are no missing cells.');
        },
      };
    },

    maximise(stats, weight, previous, step) {
      const moves = (name: string): boolean => typeof step === 'string' || step.includes(name);
      const mean = moves('mean')
        ? stats.sum.map((value, i) => previous.mean[i] + value / weight[Math.floor(i / d)])
        : previous.mean;
      if (!moves('covariance')) return ok({ mean, covariance: previous.covariance });
      const within = withinComponents(stats, weight, mean, previous.mean, rule.kind, k, d);
      const overall = overallOf(weight, mean, within, k, d);
      addRidge(within, weight, ridge, d);
      const most = step === 'partial' ? 1 : roundsOfFullStep;
      const before = previous.covariance as Float64Array | undefined;
      const covariance = covarianceOf(
        rule,
        { moments: within, weight, k, d },
        { most, previous: before ?? null },
      );
      const failure = rule.estimated ? firstSingular(covariance, rule, weight, overall, d) : null;
      return failure === null ? ok({ mean, covariance }) : failed(failure);
    },

    logPrior: () => 0,

    expectedLogDensity(params, stats, weight, origin) {
      const within = withinComponents(stats, weight, params.mean, origin.mean, rule.kind, k, d);
      const factor = new Float64Array(k * d * d);
      let sum = 0;
      for (let j = 0; j < k; j++) {
        factorise(params.covariance, j, d, factor);
        const logVolume = d * Math.log(2 * Math.PI) + logDeterminant(factor, j * d * d, d);
        const distance = isDiagonal
          ? scaledSquares(within, params.covariance, j, d)
          : traceOfSolution(factor.subarray(j * d * d, (j + 1) * d * d), within, j * d * d, d);
        sum -= 0.5 * (weight[j] * logVolume + distance);
      }
      return sum;
    },

    recentre: (stats, weight, from, to) => ({
      sum: stats.sum.map((value, i) => value + weight[Math.floor(i / d)] * (from.mean[i] - to.mean[i])),
      moment: withinComponents(stats, weight, to.mean, from.mean, rule.kind, k, d),
    }),

    parameterCount: () => k * d + rule.count(k, d),

    moments: (params, j) => ({
      mean: params.mean.slice(j * d, (j + 1) * d),
      covariance: params.covariance.slice(j * d * d, (j + 1) * d * d),
    }),

    sample(params, j, random, out, offset) {
      const factor = new Float64Array(k * d * d);
      factorise(params.covariance, j, d, factor);
      const z = Float64Array.from({ length: d }, () => random.normal());
      for (let a = 0; a < d; a++) {
        let value = params.mean[j * d + a];
        for (let b = 0; b <= a; b++) value += factor[(j * d + a) * d + b] * z[b];
        out[offset + a] = value;
      }
    },

    toFree(params, free) {
      free.push(...params.mean);
      const factor = new Float64Array(k * d * d);
      for (let j = 0; j < k; j++) {
        factorise(params.covariance, j, d, factor);
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < a; b++) if (!isDiagonal) free.push(factor[(j * d + a) * d + b]);
          free.push(Math.log(factor[(j * d + a) * d + a]));
        }
      }
    },

    fromFree(free, offset) {
      const mean = free.slice(offset, offset + k * d);
      let at = offset + k * d;
      const covariance = new Float64Array(k * d * d);
      const factor = new Float64Array(d * d);
      for (let j = 0; j < k; j++) {
        factor.fill(0);
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < a; b++) if (!isDiagonal) factor[a * d + b] = free[at++];
          factor[a * d + a] = Math.exp(free[at++]);
        }
        for (let a = 0; a < d; a++) {
          for (let b = 0; b <= a; b++) {
            let s = 0;
            for (let i = 0; i <= b; i++) s += factor[a * d + i] * factor[b * d + i];
            covariance[(j * d + a) * d + b] = s;
            covariance[(j * d + b) * d + a] = s;
          }
          if (!(covariance[(j * d + a) * d + a] > 0)) return null;
        }
      }
      const finite = mean.every(Number.isFinite) && covariance.every(Number.isFinite);
      return finite ? { params: { mean, covariance }, offset: at } : null;
    },
  };
}

/**
 * Factors covariance j into block j of `factor`. Throws when it is not positive definite: `maximise` and the check
 * of a given start let none through.
 */
function factorise(covariance: Float64Array, j: number, d: number, factor: Float64Array): void {
  if (cholesky(covariance, j * d * d, d, null, factor) !== -1)
    throw new Error(`covariance ${j} is not positive definite`);
}

/** Densities base_j + log N(x | mean_j, covariance_j) of rows and the step made of them, the covariances factored once. */
function densityAt(
  params: Params,
  rule: CovarianceRule,
  k: number,
  d: number,
  kernels: Kernels,
): Required<Pick<PartAt, 'logDensities' | 'softStep'>> {
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

/** sum_a within_ja / variance_ja. */
function scaledSquares(within: Float64Array, covariance: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let a = 0; a < d; a++) sum += within[j * d + a] / covariance[(j * d + a) * d + a];
  return sum;
}

/**
 * Moments about `origin` moved to `mean`: S - s e' - e s' + n e e' with e = mean - origin; squares are k x d, scatters
 * symmetric k x d x d.
 */
function withinComponents(
  { sum, moment }: Stats,
  weight: Float64Array,
  mean: Float64Array,
  origin: Float64Array,
  kind: CovarianceRule['kind'],
  k: number,
  d: number,
): Float64Array {
  const shift = mean.map((value, i) => value - origin[i]);
  if (kind === 'diagonal') {
    return moment.map((value, i) => {
      const n = weight[Math.floor(i / d)];
      return Math.max(0, value - shift[i] * (2 * sum[i] - n * shift[i]));
    });
  }
  const within = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++) {
      const p = j * d + a;
      for (let b = 0; b <= a; b++) {
        const q = j * d + b;
        const value =
          moment[p * d + b] - (sum[p] * shift[q] + shift[p] * sum[q]) + weight[j] * shift[p] * shift[q];
        within[p * d + b] = value;
        within[q * d + a] = value;
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

/** Covariances k x d x d by the rule. */
function covarianceOf(rule: CovarianceRule, scatter: Scatter, { most, previous }: Rounds): Float64Array {
  if (rule.kind === 'full') return rule.estimate(scatter, { most, previous });
  const { k, d } = scatter;
  const before = previous && Float64Array.from({ length: k * d }, (_, i) => previous[i * d + (i % d)]);
  const variance = rule.estimate(scatter, { most, previous: before });
  const covariance = new Float64Array(k * d * d);
  for (let i = 0; i < k * d; i++) covariance[i * d + (i % d)] = variance[i];
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
