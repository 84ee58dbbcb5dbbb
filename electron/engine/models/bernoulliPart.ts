import { ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { Params } from '../model';
import { fromLogit, toLogit } from '../numeric/logit';
import { shortLived } from '../numeric/shortLived';
import { missingLevel, type MissingLevel } from './missingLevel';
import type { MixturePart, PartAt } from './mixturePart';

export interface BernoulliPartOptions {
  /** One probability of "yes" for all columns of a component: a binomial mixture. */
  readonly isShared: boolean;
  /** Probabilities are kept this far from 0 and 1; 0: they may reach them. */
  readonly smallest: number;
  /** Beta(a, b) on every probability, both >= 1. */
  readonly prior: { readonly a: number; readonly b: number };
}

/**
 * Yes/no columns, independent given the component: cells 1, 0, or NaN for missing, which drops out.
 *
 * Sums of yes and of no are kept apart, and theta = yes / (yes + no): exactly 0 or 1 where all members agree, which a
 * sum divided by another sum of the same memberships is not. EM never leaves such a value, so its rounding would
 * decide where a run ends.
 *
 * Source: Bishop (2006), eq. 9.44 to 9.60; the prior eq. 2.13, its mode added to the M-step.
 */
export function bernoulliPart(
  { isShared, smallest, prior }: BernoulliPartOptions,
  k: number,
  d: number,
  kernels: Kernels,
): MixturePart {
  /** Probabilities of a component that are estimated. */
  const own = isShared ? 1 : d;
  /** Of each column: no and yes. */
  const levels = new Array<number>(d).fill(2);
  const missing = missingLevel(levels);

  /** Sums over the columns that share a probability: k x own. */
  const bySharing = (sums: Float64Array): Float64Array => {
    if (!isShared) return sums;
    return Float64Array.from({ length: k }, (_, j) =>
      sums.subarray(j * d, (j + 1) * d).reduce((sum, value) => sum + value, 0),
    );
  };
  const forEachColumn = (values: Float64Array): Float64Array =>
    isShared ? Float64Array.from({ length: k * d }, (_, i) => values[Math.floor(i / d)]) : values;
  const estimated = (probability: Float64Array): Float64Array =>
    isShared ? probability.filter((_, i) => i % d === 0) : probability;

  return {
    name: 'bernoulli',
    d,
    shape: {
      probability: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
      ],
    },
    emptyShare: 0,
    explores: false,
    partialMStep: false,
    conditionalSteps: [],

    emptyStats: () => ({ on: new Float64Array(k * d), off: new Float64Array(k * d) }),

    at: (params) => bernoulliAt(params, k, levels, missing, kernels),

    maximise(stats, _weight, previous, step) {
      const before = previous.probability as Float64Array | undefined;
      if (before && typeof step !== 'string' && !step.includes('probability'))
        return ok({ probability: before });
      const on = bySharing(stats.on);
      const off = bySharing(stats.off);
      const known = before && estimated(before);
      const probability = on.map((yes, i) => {
        const more = yes + prior.a - 1;
        const less = off[i] + prior.b - 1;
        // Nothing was seen of this component: what there was is as likely as anything.
        const rate = more + less > 0 ? more / (more + less) : (known?.[i] ?? overallRate(on, off, i, own));
        return Math.min(1 - smallest, Math.max(smallest, rate));
      });
      return ok({ probability: forEachColumn(probability) });
    },

    logPrior({ probability }) {
      let sum = 0;
      for (const p of estimated(probability)) sum += times(prior.a - 1, p) + timesOff(prior.b - 1, p);
      return sum;
    },

    expectedLogDensity({ probability }, { on, off }) {
      let sum = 0;
      for (let i = 0; i < k * d; i++) {
        // A probability that rounds to 0 or 1 is not to be blamed for the shares of rows that got lost in it.
        const lost = Number.EPSILON * (on[i] + off[i]);
        if (on[i] > lost) sum += times(on[i], probability[i]);
        if (off[i] > lost) sum += timesOff(off[i], probability[i]);
      }
      return sum;
    },

    recentre: ({ on, off }) => ({ on, off }),

    parameterCount: () => k * own,

    moments({ probability }, j) {
      const mean = probability.slice(j * d, (j + 1) * d);
      const covariance = new Float64Array(d * d);
      for (let a = 0; a < d; a++) covariance[a * d + a] = mean[a] * (1 - mean[a]);
      return { mean, covariance };
    },

    sample({ probability }, j, random, out, offset) {
      for (let a = 0; a < d; a++) out[offset + a] = random.uniform() < probability[j * d + a] ? 1 : 0;
    },

    toFree({ probability }, free) {
      for (const p of estimated(probability)) free.push(toLogit(p));
    },

    fromFree(free, offset, like) {
      const before = estimated(like.probability);
      const probability = before.map((p, i) => {
        const moved = fromLogit(free[offset + i], p);
        return Math.min(1 - smallest, Math.max(smallest, moved));
      });
      if (!probability.every(Number.isFinite)) return null;
      return { params: { probability: forEachColumn(probability) }, offset: offset + k * own };
    },
  };
}

/** n log p, which is 0 for n = 0 whatever p. */
const times = (n: number, p: number): number => (n === 0 ? 0 : n * Math.log(p));
const timesOff = (n: number, p: number): number => (n === 0 ? 0 : n * Math.log1p(-p));

/** The rate of column i (mod d) over all components; 1/2 where nothing was seen at all. */
function overallRate(on: Float64Array, off: Float64Array, i: number, d: number): number {
  let yes = 0;
  let no = 0;
  for (let at = i % d; at < on.length; at += d) {
    yes += on[at];
    no += off[at];
  }
  return yes + no > 0 ? yes / (yes + no) : 0.5;
}

function bernoulliAt(
  { probability }: Params,
  k: number,
  levels: readonly number[],
  missing: MissingLevel,
  kernels: Kernels,
): PartAt {
  const d = levels.length;
  let logs: Float64Array | null = null;
  let longLogs: Float64Array | null = null;
  const logsAt = (isComplete: boolean): Float64Array => {
    logs ??= Float64Array.from({ length: 2 * k * d }, (_, i) => {
      const p = probability[i >> 1];
      return i % 2 === 0 ? Math.log1p(-p) : Math.log(p);
    });
    return isComplete ? logs : (longLogs ??= missing.extend(logs));
  };
  return {
    softStep(x, from, to, rowWeight, base, weight, { on, off }, isComplete) {
      const own = isComplete ? levels : missing.levels;
      const count = shortLived(k);
      const sums = shortLived(logsAt(isComplete).length);
      const rest = [logsAt(isComplete), base, k, count, sums] as const;
      const logLikelihood = kernels.categoricalStep(x, from, to, own, rowWeight, ...rest);
      if (!Number.isFinite(logLikelihood) || !count.every(Number.isFinite)) return null;
      const level = isComplete ? sums : missing.shorten(sums);
      for (let j = 0; j < k; j++) weight[j] += count[j];
      for (let i = 0; i < k * d; i++) {
        off[i] += level[2 * i];
        on[i] += level[2 * i + 1];
      }
      return logLikelihood;
    },
    posteriors: (x, from, to, base, out, logDensity) =>
      kernels.categoricalPosteriors(x, from, to, levels, logsAt(true), base, k, out, logDensity),
    logDensities(x, from, to, base, out, isComplete) {
      const own = isComplete ? levels : missing.levels;
      kernels.categoricalLogDensities(x, from, to, own, logsAt(isComplete), base, k, out);
    },
    addStats(x, from, to, membership, { on, off }) {
      for (let i = from; i < to; i++) {
        for (let j = 0; j < k; j++) {
          const share = membership[(i - from) * k + j];
          if (share === 0) continue;
          for (let a = 0; a < d; a++) {
            const value = x[i * d + a];
            if (value === 1) on[j * d + a] += share;
            else if (value === 0) off[j * d + a] += share;
          }
        }
      }
    },
    conditional(_x, _row, column, component) {
      const mean = probability[component * d + column];
      return { kind: 'value', mean, variance: mean * (1 - mean) };
    },
  };
}
