import { failed, ok } from '../../../shared/result';
import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import type { FeatureSpace } from '../featureSpace';
import { givenShare } from '../givenMemberships';
import type { LatentModel, Params, RowObjective, Rows, Stats } from '../model';
import { applyPolicy, type PosteriorPolicy } from '../posteriorPolicy';
import { imputeCells } from './imputation';
import { mixtureLikelihood } from './mixtureLikelihood';
import type { MixturePart, PartAt } from './mixturePart';

/** Rows worked at once, so that their log densities stay in the cache. By measurement: 128 to 1024 are alike. */
const blockRows = 256;

/** The same where memberships are given and only copied. By eye. */
const givenRows = 1024;

/** A part and the columns of the rows it is the density of; null: all of them, in their order. */
export interface PlacedPart {
  readonly part: MixturePart;
  readonly columns: readonly number[] | null;
}

/**
 * Any finite mixture, glued from parts: p(x) = sum_j weight_j prod_parts p_part(x | j). Mixing weights, memberships,
 * known labels and the gathering of columns are here and nowhere else.
 *
 * Source: Bishop (2006), section 9.3; McLachlan and Peel (2000), section 2.8; prior on the weights eq. 10.39, known
 * labels: McLachlan and Peel, section 2.19.
 */
export function mixture(
  name: string,
  specification: Exclude<ModelSpecification, { family: 'kmeans' }>,
  space: FeatureSpace,
  placed: readonly PlacedPart[],
  kernels: Kernels,
): LatentModel {
  const k = specification.components;
  const d = space.length;
  const isFree = specification.weights === 'free';
  const pseudoCount = specification.prior.weights - 1;
  const joint = new Float64Array(blockRows * k);
  const added = new Float64Array(blockRows * k);
  const zero = new Float64Array(k);
  const emptyShare = Math.max(...placed.map(({ part }) => part.emptyShare));
  const mayBeEmpty = emptyShare === 0;
  const gathered = placed.map(({ part, columns }) =>
    columns === null ? null : new Float64Array(blockRows * part.d),
  );
  const prepared = new WeakMap<Params, readonly PartAt[]>();

  function partsAt(params: Params): readonly PartAt[] {
    const known = prepared.get(params);
    if (known) return known;
    const parts = placed.map(({ part }) => part.at(params));
    prepared.set(params, parts);
    return parts;
  }

  /** Whether rows are without known labels, and all their columns are of one part. */
  const isOfOne = (rows: Rows): boolean => !rows.label && placed.length === 1 && placed[0].columns === null;

  /** Whether they are complete besides. */
  const isPlain = (rows: Rows): boolean => isOfOne(rows) && !rows.hasMissing;

  /** The columns of part p of rows [from, to): where they are, and at which row they begin. */
  function columnsOf(p: number, rows: Rows, from: number, to: number): { x: Float64Array; first: number } {
    const { columns } = placed[p];
    const out = gathered[p];
    if (columns === null || out === null) return { x: rows.x, first: from };
    const width = columns.length;
    for (let i = from; i < to; i++)
      for (let a = 0; a < width; a++) out[(i - from) * width + a] = rows.x[i * d + columns[a]];
    return { x: out, first: 0 };
  }

  /** Log joint densities of rows [from, to), at most a block of them. A known label leaves only its component. */
  function logJoint(
    parts: readonly PartAt[],
    logWeight: Float64Array,
    rows: Rows,
    from: number,
    to: number,
    out: Float64Array,
  ): void {
    for (let p = 0; p < parts.length; p++) {
      const { x, first } = columnsOf(p, rows, from, to);
      const target = p === 0 ? out : added;
      parts[p].logDensities(
        x,
        first,
        first + to - from,
        p === 0 ? logWeight : zero,
        target,
        !rows.hasMissing,
      );
      if (p > 0) for (let i = 0; i < (to - from) * k; i++) out[i] += added[i];
    }
    if (!rows.label) return;
    for (let i = from; i < to; i++) {
      const label = rows.label[i];
      if (label < 0) continue;
      for (let j = 0; j < k; j++) if (j !== label) out[(i - from) * k + j] = -Infinity;
    }
  }

  /**
   * A row that no component can have (all log joint densities are -Infinity) tells nothing of its component: gives it
   * the weights, so that its memberships are numbers. Returns such rows of the block.
   */
  function settleImpossible(
    out: Float64Array,
    logWeight: Float64Array,
    rows: Rows,
    from: number,
    to: number,
  ): readonly number[] {
    let impossible: number[] | null = null;
    for (let i = from; i < to; i++) {
      if (out[(i - from) * k] !== -Infinity) continue;
      const own = out.subarray((i - from) * k, (i - from + 1) * k);
      if (own.some((value) => value !== -Infinity)) continue;
      (impossible ??= []).push(i);
      const label = rows.label?.[i] ?? -1;
      if (label < 0) own.set(logWeight);
      else own[label] = 0;
    }
    return impossible ?? [];
  }

  function addTotals(membership: Float64Array, count: number, weight: Float64Array): void {
    for (let i = 0; i < count * k; i += k) for (let j = 0; j < k; j++) weight[j] += membership[i + j];
  }

  function addBlock(parts: readonly PartAt[], rows: Rows, from: number, to: number, stats: Stats): void {
    addTotals(joint, to - from, stats.weight);
    for (let p = 0; p < parts.length; p++) {
      const { x, first } = columnsOf(p, rows, from, to);
      parts[p].addStats(x, first, first + to - from, joint, stats, !rows.hasMissing);
    }
  }

  function memberships(policy: PosteriorPolicy, count: number, rows: Rows, from: number): RowObjective {
    const weight = rows.weight ?? null;
    if (policy.kind !== 'soft') return applyPolicy(policy, joint, count, k, weight, from);
    const logLikelihood = kernels.memberships(joint, count, k, weight, from, false, null);
    return { logLikelihood, bound: logLikelihood, objective: logLikelihood };
  }

  const parts = placed.map(({ part }) => part);
  const model: LatentModel = {
    name,
    specification,
    space,
    components: k,
    features: d,
    capabilities: {
      policies: ['soft', 'hard', 'tempered', 'sampled'],
      objective: 'logLikelihood',
      emptyComponents: mayBeEmpty ? 'stay' : 'fail',
      exchangesRows: false,
      online: 'averaged',
      explores: parts.some((part) => part.explores),
      partialMStep: parts.some((part) => part.partialMStep),
      conditionalSteps: conditionalSteps(parts),
    },
    shape: Object.assign({ weight: [{ of: 'component', length: k }] }, ...parts.map((part) => part.shape)),

    emptyStats: (params) =>
      Object.assign(
        { weight: new Float64Array(k) },
        ...parts.map((part) => part.emptyStats(params)),
      ) as Stats,

    accumulate(params, rows, from, to, policy, stats) {
      const at = partsAt(params);
      const logWeight = params.weight.map(Math.log);
      if (policy.kind === 'soft' && isOfOne(rows) && at[0].softStep) {
        const { x, weight = null } = rows;
        const rest = [weight, logWeight, stats.weight, stats, !rows.hasMissing] as const;
        const logLikelihood = at[0].softStep(x, from, to, ...rest);
        if (logLikelihood !== null) return { logLikelihood, bound: logLikelihood, objective: logLikelihood };
      }
      const total: RowObjective = { logLikelihood: 0, bound: 0, objective: 0 };
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        logJoint(at, logWeight, rows, start, end, joint);
        const impossible = settleImpossible(joint, logWeight, rows, start, end);
        const block = memberships(policy, end - start, rows, start);
        if (impossible.some((row) => rows.weight?.[row] !== 0))
          block.logLikelihood = block.bound = block.objective = -Infinity;
        total.logLikelihood += block.logLikelihood;
        total.bound += block.bound;
        total.objective += block.objective;
        addBlock(at, rows, start, end, stats);
      }
      return total;
    },

    accumulateGiven(given, rows, from, to, origin, stats) {
      const at = partsAt(origin);
      const isLabelled = given instanceof Int32Array;
      if (isLabelled && isPlain(rows) && at[0].addLabelled) {
        at[0].addLabelled(rows.x, from, to, given, rows.weight ?? null, stats.weight, stats);
        return;
      }
      if (!isLabelled && isPlain(rows) && !rows.weight) {
        for (let start = from; start < to; start += givenRows) {
          const end = Math.min(to, start + givenRows);
          const own = given.subarray((start - from) * k, (end - from) * k);
          addTotals(own, end - start, stats.weight);
          at[0].addStats(rows.x, start, end, own, stats, true);
        }
        return;
      }
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        for (let i = start; i < end; i++) {
          const weight = rows.weight?.[i] ?? 1;
          for (let j = 0; j < k; j++) joint[(i - start) * k + j] = weight * givenShare(given, i - from, j, k);
        }
        addBlock(at, rows, start, end, stats);
      }
    },

    logPrior(params) {
      let sum = 0;
      if (pseudoCount > 0) for (const weight of params.weight) sum += pseudoCount * Math.log(weight);
      for (const part of parts) sum += part.logPrior(params);
      return sum;
    },

    expectedLogJoint(params, stats, origin) {
      let sum = 0;
      for (let j = 0; j < k; j++)
        if (stats.weight[j] !== 0) sum += stats.weight[j] * Math.log(params.weight[j]);
      for (const part of parts) sum += part.expectedLogDensity(params, stats, stats.weight, origin);
      return sum;
    },

    maximise(stats, previous, step = 'full') {
      const { weight } = stats;
      const rows = weight.reduce((sum, value) => sum + value, 0);
      const empty = weight.findIndex((value) => !(value > emptyShare * rows || (mayBeEmpty && value === 0)));
      if (empty !== -1) return failed({ kind: 'emptyComponent', component: empty });
      const moves = (name: string): boolean => typeof step === 'string' || step.includes(name);
      const total = rows + k * pseudoCount;
      const next: Params = {
        ...previous,
        weight: isFree && moves('weight') ? weight.map((n) => (n + pseudoCount) / total) : previous.weight,
      };
      for (const part of parts) {
        const own = part.maximise(stats, weight, previous, step);
        if (!own.ok) return own;
        Object.assign(next, own.value);
      }
      return ok(next);
    },

    recentre: (stats, from, to) =>
      Object.assign(
        { weight: stats.weight },
        ...parts.map((part) => part.recentre(stats, stats.weight, from, to)),
      ) as Stats,

    parameterCount: () => (isFree ? k - 1 : 0) + parts.reduce((sum, part) => sum + part.parameterCount(), 0),

    posterior(params, rows, from, to, out, logDensity) {
      const at = partsAt(params);
      const logWeight = params.weight.map(Math.log);
      if (isPlain(rows) && at[0].posteriors) {
        at[0].posteriors(rows.x, from, to, logWeight, out, logDensity);
        // A row that is impossible takes more care.
        if (areFinite(logDensity, to - from)) return;
      }
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        const block = out.subarray((start - from) * k, (end - from) * k);
        logJoint(at, logWeight, rows, start, end, block);
        const impossible = settleImpossible(block, logWeight, rows, start, end);
        const density = logDensity.subarray(start - from, end - from);
        kernels.memberships(block, end - start, k, null, start, false, density);
        for (const row of impossible) density[row - start] = -Infinity;
      }
    },

    impute: (params, rows, from, to) => imputeCells(model, placed, partsAt(params), params, rows, from, to),

    kernels,

    likelihood: mixtureLikelihood(space, k, isFree, placed),
  };
  return model;
}

/** Parameters that take turns: weights with the first turn of every part, then what is left. */
function conditionalSteps(parts: readonly MixturePart[]): string[][] {
  const turns = Math.max(...parts.map((part) => part.conditionalSteps.length));
  if (turns < 2) return [];
  return Array.from({ length: turns }, (_, turn) => [
    ...(turn === 0 ? ['weight'] : []),
    ...parts.flatMap((part) =>
      part.conditionalSteps.length === 0 && turn === 0
        ? Object.keys(part.shape)
        : (part.conditionalSteps[turn] ?? []),
    ),
  ]);
}

/** Whether the first `n` numbers are finite; a loop, because a call for each row would cost as much as its exponentials. */
function areFinite(values: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
