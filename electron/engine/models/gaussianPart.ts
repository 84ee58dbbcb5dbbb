import { diagonalMatrices } from '../../../shared/diagonalMatrices';
import { failed, ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { Params, Stats } from '../model';
import { shortLived } from '../numeric/shortLived';
import { type CovarianceRule, roundsOfFullStep } from './covarianceRule';
import { dispersionName } from './dispersion';
import { addRidge, firstSingular } from './gaussianCovariance';
import { densityAt, type GaussianDensity } from './gaussianDensity';
import { createFactors, type GaussianFactors } from './gaussianFactors';
import { gaussianFromFree, gaussianToFree } from './gaussianFree';
import { overallOf, spreadUnseen, withinComponents } from './gaussianMoments';
import { addAtMeans } from './missingNumbers';
import type { MixturePart, PartAt } from './mixturePart';
import { addPooled, pooledLength } from './pooledMoments';
import { addPriorScatter, logNormalPrior, type NormalPseudoData } from './normalPrior';

export interface GaussianPartOptions {
  readonly rule: CovarianceRule;
  /** Added to every variance in every M-step. */
  readonly ridge: number;
  readonly prior: NormalPseudoData | null;
}

/**
 * Number columns with any covariance structure: one E-step and one set of statistics for all of them.
 *
 * Statistics are taken about the means of the E-step's own parameters, not about zero: S = sum r (x - m)(x - m)'.
 * The M-step then corrects by the shift of the mean, which vanishes as the fit converges, so a narrow component
 * far from the centre loses no digits (Chan, Golub and LeVeque, 1983, on shifted sums). Of rows with missing cells they
 * are expected ones (`missingNumbers.ts`); `unseen` counts those that had to do without an expectation.
 *
 * Source: Bishop (2006), eq. 9.23 to 9.28; with a prior Fraley and Raftery (2007), section 3.
 */
export function gaussianPart(
  { rule, ridge, prior }: GaussianPartOptions,
  k: number,
  d: number,
  kernels: Kernels,
): MixturePart {
  const isDiagonal = rule.kind === 'diagonal';
  const moments = isDiagonal ? k * d : k * d * d;
  const dispersion = dispersionName(rule);
  const knownFactors = createFactors(rule, k, d);
  const factorsOf = (params: Params): GaussianFactors => knownFactors(params[dispersion]);
  // A start by labels has no covariances to go on from.
  const factorsIn = (params: Params): GaussianFactors | null =>
    dispersion in params ? factorsOf(params) : null;

  return {
    name: 'gaussian',
    d,
    shape: {
      mean: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
      ],
      [dispersion]: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
        ...(isDiagonal ? [] : [{ of: 'feature', length: d } as const]),
      ],
    },
    // A covariance of all, or one that a prior holds, needs no rows of its own.
    emptyShare: rule.shared || !rule.estimated || prior !== null ? 0 : 1e-12,
    explores: rule.explores,
    partialMStep: rule.iterates,
    conditionalSteps: rule.estimated ? [['mean'], [dispersion]] : [],

    emptyStats: (params = {}) => ({
      sum: shortLived(k * d),
      // What is pooled is not gathered apart.
      moment: shortLived(factorsIn(params)?.pools === true ? 0 : moments),
      unseen: shortLived(k * d),
      pooled: shortLived(pooledLength(rule, k, d)),
    }),

    at: (params) => gaussianAt(params, factorsIn(params), rule, k, d, kernels),

    maximise(stats, weight, previous, step) {
      const moves = (name: string): boolean => typeof step === 'string' || step.includes(name);
      const mean = moves('mean') ? meansOf(stats, weight, previous.mean) : previous.mean;
      if (!moves(dispersion)) return ok({ mean, [dispersion]: previous[dispersion] });
      const within = withinComponents(stats, weight, mean, previous.mean, rule, k, d);
      if (stats.unseen.some((value) => value > 0)) {
        const shift = mean.map((value, i) => value - previous.mean[i]);
        spreadUnseen(within, weight, stats.unseen, shift, k, d);
      }
      const overall = overallOf(weight, mean, within, k, d);
      if (prior !== null) addPriorScatter(prior, mean, within, d);
      const scatter = {
        moments: within,
        weight: prior === null ? weight : weight.map((n) => n + prior.weight),
        k,
        d,
      };
      addRidge(scatter, ridge);
      const most = step === 'partial' ? 1 : roundsOfFullStep;
      const before = dispersion in previous ? previous[dispersion] : null;
      const isExploring = step === 'exploring';
      const estimate = rule.estimate(scatter, { most, previous: before, isExploring });
      const failure = rule.estimated ? firstSingular(estimate, rule, weight, overall, d) : null;
      return failure === null ? ok({ mean, [dispersion]: estimate }) : failed(failure);
    },

    logPrior: (params) => (prior === null ? 0 : logNormalPrior(prior, params.mean, factorsOf(params), k, d)),

    expectedLogDensity(params, stats, weight, origin) {
      const within = withinComponents(stats, weight, params.mean, origin.mean, rule, k, d);
      const factors = factorsOf(params);
      const logDeterminant = factors.logDeterminant();
      let sum = 0;
      for (let j = 0; j < k; j++) {
        const logVolume = d * Math.log(2 * Math.PI) + logDeterminant[j];
        sum -= 0.5 * (weight[j] * logVolume + factors.distance(within, j));
      }
      return sum;
    },

    recentre(stats, weight, from, to) {
      const sum = stats.sum.map(
        (value, i) => value + weight[Math.floor(i / d)] * (from.mean[i] - to.mean[i]),
      );
      const moment = withinComponents(stats, weight, to.mean, from.mean, rule, k, d);
      const { unseen } = stats;
      if (stats.pooled.every((value) => value === 0)) return { sum, moment, unseen, pooled: stats.pooled };
      const pooled = new Float64Array(stats.pooled.length);
      addPooled(moment, pooled, rule, d);
      return { sum, moment: new Float64Array(moment.length), unseen, pooled };
    },

    parameterCount: () => k * d + rule.count(k, d),

    moments: (params, j) => ({
      mean: params.mean.slice(j * d, (j + 1) * d),
      covariance: isDiagonal
        ? diagonalMatrices(params.variance.subarray(j * d, (j + 1) * d), d)
        : params.covariance.slice(j * d * d, (j + 1) * d * d),
    }),

    sample(params, j, random, out, offset) {
      const z = Float64Array.from({ length: d }, () => random.normal());
      const factors = factorsOf(params);
      const factor = factors.kind === 'full' ? factors.factor() : null;
      const first = factor === null ? 0 : (j * d * d) % factor.length;
      for (let a = 0; a < d; a++) {
        let value = params.mean[j * d + a];
        if (factor === null) value += Math.sqrt(params.variance[j * d + a]) * z[a];
        else for (let b = 0; b <= a; b++) value += factor[first + a * d + b] * z[b];
        out[offset + a] = value;
      }
    },

    toFree: (params, free) => gaussianToFree(params, rule, k, d, free),

    fromFree: (free, offset, like) => gaussianFromFree(free, offset, like, rule, k, d),
  };

  /** With a prior, its mean counts as `shrinkage` rows. A component that saw nothing of a feature keeps its mean. */
  function meansOf(stats: Stats, weight: Float64Array, previous: Float64Array): Float64Array {
    const pseudoRows = prior === null ? 0 : prior.shrinkage;
    const { sum, unseen } = stats;
    const mean = new Float64Array(k * d);
    for (let i = 0; i < mean.length; i++) {
      const seen = weight[Math.floor(i / d)] - unseen[i] + pseudoRows;
      const pull = prior === null ? 0 : pseudoRows * (prior.mean[i % d] - previous[i]);
      mean[i] = seen > 0 ? previous[i] + (sum[i] + pull) / seen : previous[i];
    }
    return mean;
  }
}

function gaussianAt(
  params: Params,
  factors: GaussianFactors | null,
  rule: CovarianceRule,
  k: number,
  d: number,
  kernels: Kernels,
): PartAt {
  const { mean } = params;
  const pools = factors?.pools === true;
  /** Kernels count the memberships too; the mixture has counted them already. */
  const counted = new Float64Array(k);
  let known: GaussianDensity | null = null;
  const density = (): GaussianDensity => {
    if (factors === null) throw new Error('there are no covariances to have a density with');
    return (known ??= densityAt(params, factors, rule, k, d, kernels));
  };
  const addComplete = rule.kind === 'diagonal' ? kernels.weightedSquares : kernels.weightedScatter;
  const addWhole = rule.kind === 'diagonal' ? kernels.labelledSquares : kernels.labelledScatter;

  /** Has `add` gather moments apart for each component and feature or pair, pooled afterwards where that is wanted. */
  function gather(stats: Stats, add: (stats: Stats) => void): void {
    if (!pools) return add(stats);
    const moment = new Float64Array(rule.kind === 'diagonal' ? k * d : k * d * d);
    add({ ...stats, moment });
    addPooled(moment, stats.pooled, rule, d);
  }

  /** Adds the statistics of rows, moments apart for each component and feature or pair. */
  function addApart(
    x: Float64Array,
    from: number,
    to: number,
    membership: Float64Array,
    stats: Stats,
    isComplete: boolean,
  ): void {
    const { sum, moment } = stats;
    if (isComplete) addComplete(x, from, to, d, membership, mean, k, counted, sum, moment);
    else if (factors === null) addAtMeans(x, from, to, d, membership, mean, k, stats);
    else density().addIncomplete(x, from, to, membership, counted, sum, moment);
  }

  return {
    softStep: (...rows) => density().softStep(...rows),

    posteriors: (x, from, to, base, out, logDensity) =>
      density().posteriors(x, from, to, base, out, logDensity),

    logDensities: (...rows) => density().logDensities(...rows),

    addStats(x, from, to, membership, stats, isComplete) {
      gather(stats, (own) => addApart(x, from, to, membership, own, isComplete));
    },

    addLabelled(x, from, to, label, rowWeight, weight, stats) {
      gather(stats, ({ sum, moment }) =>
        addWhole(x, from, to, d, label, rowWeight, mean, k, weight, sum, moment),
      );
    },

    conditional: (x, row, column, component) => ({
      kind: 'value',
      ...density().conditional(x, row, column, component),
    }),
  };
}
