import { ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { Params } from '../model';
import { toLog } from '../numeric/logit';
import { missingLevel, type MissingLevel } from './missingLevel';
import type { MixturePart, PartAt } from './mixturePart';

export interface CategoricalPartOptions {
  /** Number of levels of each column. */
  readonly levels: readonly number[];
  /** Added to the count of every level of every component: a Dirichlet prior of concentration 1 + this. */
  readonly pseudoCount: number;
}

/**
 * Categorical columns, independent given the component (latent class analysis). A cell is the index of its level, or
 * NaN for missing, which drops out. Arrays over levels hold those of all columns, one column after the other.
 *
 * Source: McLachlan and Peel (2000), section 5.11, with one trial; Bishop (2006), eq. 2.26 to 2.33, prior eq. 2.38.
 */
export function categoricalPart(
  { levels, pseudoCount }: CategoricalPartOptions,
  k: number,
  kernels: Kernels,
): MixturePart {
  const d = levels.length;
  const starts = levels.map((_, a) => levels.slice(0, a).reduce((sum, count) => sum + count, 0));
  const size = levels.reduce((sum, count) => sum + count, 0);
  const missing = missingLevel(levels);

  /** A function of the levels of one column and component, for all of them. */
  const byColumn = (
    values: Float64Array,
    each: (block: Float64Array, at: number) => Float64Array,
  ): Float64Array => {
    const out = new Float64Array(k * size);
    for (let j = 0; j < k; j++) {
      for (let a = 0; a < d; a++) {
        const at = j * size + starts[a];
        out.set(each(values.subarray(at, at + levels[a]), at), at);
      }
    }
    return out;
  };

  return {
    name: 'categorical',
    d,
    shape: {
      category: [
        { of: 'component', length: k },
        { of: 'level', length: size },
      ],
    },
    emptyShare: 0,
    explores: false,
    partialMStep: false,
    conditionalSteps: [],

    emptyStats: () => ({ level: new Float64Array(k * size) }),

    at: (params) => categoricalAt(params, starts, levels, missing, k, kernels),

    maximise({ level }, _weight, previous, step) {
      const before = previous.category as Float64Array | undefined;
      if (before && typeof step !== 'string' && !step.includes('category')) return ok({ category: before });
      const category = byColumn(level, (counts, at) => {
        const total = counts.reduce((sum, count) => sum + count + pseudoCount, 0);
        if (total > 0) return counts.map((count) => (count + pseudoCount) / total);
        // Nothing was seen of this component: what there was is as likely as anything.
        return before
          ? before.slice(at, at + counts.length)
          : overallShares(level, at % size, counts.length, size);
      });
      return ok({ category });
    },

    logPrior: ({ category }) => category.reduce((sum, p) => sum + times(pseudoCount, p), 0),

    expectedLogDensity: ({ category }, { level }) =>
      level.reduce((sum, count, i) => sum + times(count, category[i]), 0),

    recentre: ({ level }) => ({ level }),

    parameterCount: () => k * (size - d),

    moments({ category }, j) {
      const mean = category.slice(j * size, (j + 1) * size);
      const covariance = new Float64Array(size * size);
      for (let a = 0; a < d; a++) {
        for (let p = starts[a]; p < starts[a] + levels[a]; p++) {
          for (let q = starts[a]; q < starts[a] + levels[a]; q++)
            covariance[p * size + q] = (p === q ? mean[p] : 0) - mean[p] * mean[q];
        }
      }
      return { mean, covariance };
    },

    sample({ category }, j, random, out, offset) {
      for (let a = 0; a < d; a++) {
        let target = random.uniform();
        let level = 0;
        const at = j * size + starts[a];
        while (level < levels[a] - 1 && target >= category[at + level]) target -= category[at + level++];
        out[offset + a] = level;
      }
    },

    toFree({ category }, free) {
      for (const p of category) free.push(toLog(p));
    },

    fromFree(free, offset, like) {
      const category = byColumn(like.category, (before, at) => {
        const logs = before.map((p, c) => (p === 0 ? -Infinity : free[offset + at + c]));
        const most = Math.max(...logs);
        const raw = logs.map((log) => Math.exp(log - most));
        const total = raw.reduce((sum, value) => sum + value, 0);
        return raw.map((value) => value / total);
      });
      return category.every(Number.isFinite) ? { params: { category }, offset: offset + k * size } : null;
    },
  };
}

/** n log p, which is 0 for n = 0 whatever p. */
const times = (n: number, p: number): number => (n === 0 ? 0 : n * Math.log(p));

/** Shares of the levels of a column over all components; equal where nothing was seen at all. */
function overallShares(level: Float64Array, at: number, count: number, size: number): Float64Array {
  const sums = new Float64Array(count);
  for (let block = at; block < level.length; block += size)
    for (let c = 0; c < count; c++) sums[c] += level[block + c];
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => (total > 0 ? value / total : 1 / count));
}

function categoricalAt(
  { category }: Params,
  starts: readonly number[],
  levels: readonly number[],
  missing: MissingLevel,
  k: number,
  kernels: Kernels,
): PartAt {
  const d = starts.length;
  const size = levels.reduce((sum, count) => sum + count, 0);
  let logs: Float64Array | null = null;
  let longLogs: Float64Array | null = null;
  const logsAt = (isComplete: boolean): Float64Array => {
    logs ??= category.map(Math.log);
    return isComplete ? logs : (longLogs ??= missing.extend(logs));
  };
  return {
    softStep(x, from, to, rowWeight, base, weight, stats, isComplete) {
      const own = isComplete ? levels : missing.levels;
      const count = new Float64Array(k);
      const sums = new Float64Array(logsAt(isComplete).length);
      const rest = [logsAt(isComplete), base, k, count, sums] as const;
      const logLikelihood = kernels.categoricalStep(x, from, to, own, rowWeight, ...rest);
      if (![logLikelihood, ...count].every(Number.isFinite)) return null;
      const level = isComplete ? sums : missing.shorten(sums);
      for (let j = 0; j < k; j++) weight[j] += count[j];
      for (let i = 0; i < k * size; i++) stats.level[i] += level[i];
      return logLikelihood;
    },
    posteriors: (x, from, to, base, out, logDensity) =>
      kernels.categoricalPosteriors(x, from, to, levels, logsAt(true), base, k, out, logDensity),
    logDensities(x, from, to, base, out, isComplete) {
      const own = isComplete ? levels : missing.levels;
      kernels.categoricalLogDensities(x, from, to, own, logsAt(isComplete), base, k, out);
    },
    addStats(x, from, to, membership, stats) {
      for (let i = from; i < to; i++) {
        for (let j = 0; j < k; j++) {
          const share = membership[(i - from) * k + j];
          if (share === 0) continue;
          for (let a = 0; a < d; a++) {
            const level = x[i * d + a];
            if (!Number.isNaN(level)) stats.level[j * size + starts[a] + level] += share;
          }
        }
      }
    },
    conditional(_x, _row, column, component) {
      const at = component * size + starts[column];
      return { kind: 'levels', share: category.slice(at, at + levels[column]) };
    },
  };
}
