import { featuresByKind } from '../../../shared/features';
import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';
import { givenShare, type GivenMemberships } from '../givenMemberships';
import type { LatentModel, Params, Rows } from '../model';
import { chunkCount, chunkRange } from '../rows';
import type { RunOptions } from './em';
import type { FirstStatistics } from './online';
import type { RunFailure } from './run';

/** What a label leaves to other components where probabilities of 0 and 1 could never change again. By eye. */
const smoothing = 0.1;

/** What a run begins with: parameters, and the statistics they are the M-step of, where there are any. */
export interface Begun {
  readonly params: Params;
  readonly statistics: FirstStatistics | null;
}
export type Started = Result<Begun, RunFailure>;

/** Writes the memberships of rows [from, to) into out, (to - from) x K. */
export type FillMemberships = (from: number, to: number, out: Float64Array) => void;

/** Memberships, or the component that each row belongs to whole; -1: none has it. */
export type StartingMemberships = FillMemberships | Int32Array;

/**
 * M-step first: the parameters that given memberships lead to. Rows whose component is known belong to it, whatever is
 * given. Two passes, the means of the observed numbers and then the statistics about them, so that narrow components
 * far from the centre of the data lose no digits.
 */
export function fromMemberships(
  model: LatentModel,
  rows: Rows,
  shouldStop: RunOptions['shouldStop'],
  given: StartingMemberships,
): Started {
  const k = model.components;
  const means = observedMeans(model, rows);
  const stats = model.emptyStats();
  const chunk = chunkOf(rows, k, given);

  function pass(each: (from: number, to: number) => void): boolean {
    for (let chunk = 0; chunk < chunkCount(rows.n); chunk++) {
      if (shouldStop() !== null) return false;
      const { from, to } = chunkRange(rows.n, chunk);
      each(from, to);
    }
    return true;
  }
  const stopped = (): Started => failed({ kind: 'interrupted', reason: shouldStop() ?? 'cancelled' });

  if (!pass((from, to) => means.add(from, to, chunk(from, to)))) return stopped();
  const origin = means.origin();
  if (!origin.ok) return origin;
  const addStats = (from: number, to: number): void =>
    model.accumulateGiven(chunk(from, to), rows, from, to, origin.value, stats);
  if (!pass(addStats)) return stopped();
  const params = model.maximise(stats, origin.value);
  return params.ok ? ok({ params: params.value, statistics: { stats, origin: origin.value } }) : params;
}

/** What is given of the rows of a chunk, with what is known of them. */
function chunkOf(
  rows: Rows,
  k: number,
  given: StartingMemberships,
): (from: number, to: number) => GivenMemberships {
  if (given instanceof Int32Array) {
    const labels = withKnown(rows, given);
    return (from, to) => labels.subarray(from, to);
  }
  const memberships = new Float64Array(chunkRange(rows.n, 0).to * k);
  return (from, to) => {
    given(from, to, memberships);
    giveKnown(rows, k, from, to, memberships);
    return memberships;
  };
}

/** Labels, where those that are known come before those that are given. */
function withKnown({ label }: Rows, given: Int32Array): Int32Array {
  return label === undefined ? given : given.map((own, i) => (label[i] < 0 ? own : label[i]));
}

function byWholeRows(labels: Int32Array, k: number): FillMemberships {
  return (from, to, out) => {
    out.fill(0, 0, (to - from) * k);
    for (let i = from; i < to; i++) if (labels[i] >= 0) out[(i - from) * k + labels[i]] = 1;
  };
}

/** Memberships of rows whose component is known: all in it. */
function giveKnown({ label }: Rows, k: number, from: number, to: number, memberships: Float64Array): void {
  if (label === undefined) return;
  for (let i = from; i < to; i++) {
    if (label[i] < 0) continue;
    const own = memberships.subarray((i - from) * k, (i - from + 1) * k);
    own.fill(0);
    own[label[i]] = 1;
  }
}

/**
 * Means of the number columns by component, over the cells that are there; where a component has none, of all rows.
 * They are what statistics are taken about, not parameters of a model.
 */
function observedMeans(model: LatentModel, rows: Rows) {
  const k = model.components;
  const columns = featuresByKind(model.space).number;
  const d = columns.length;
  const weights = new Float64Array(k);
  const seen = new Float64Array(k * d);
  const sums = new Float64Array(k * d);
  const isWhole = d === rows.d && rows.hasMissing !== true;
  return {
    add(from: number, to: number, given: GivenMemberships): void {
      if (given instanceof Int32Array && isWhole) {
        model.kernels.labelledSums(rows.x, from, to, d, given, rows.weight ?? null, weights, sums);
        return;
      }
      for (let i = from; i < to; i++) {
        const weight = rows.weight?.[i] ?? 1;
        for (let j = 0; j < k; j++) addShare(i, j, weight * givenShare(given, i - from, j, k));
      }
    },
    origin(): Result<Params, FitFailure> {
      const empty = weights.findIndex((weight) => !(weight > 0));
      if (empty !== -1) return failed({ kind: 'emptyComponent', component: empty });
      if (rows.hasMissing !== true) for (let j = 0; j < k; j++) seen.fill(weights[j], j * d, (j + 1) * d);
      const mean = sums.map((sum, at) => (seen[at] > 0 ? sum / seen[at] : overall(at % d)));
      return ok({ mean, weight: new Float64Array(k).fill(1 / k) });
    },
  };

  function addShare(i: number, j: number, share: number): void {
    if (share === 0) return;
    weights[j] += share;
    if (rows.hasMissing === true) addSeen(i, j, share);
    else for (let a = 0; a < d; a++) sums[j * d + a] += share * rows.x[i * rows.d + columns[a]];
  }

  function addSeen(i: number, j: number, share: number): void {
    for (let a = 0; a < d; a++) {
      const value = rows.x[i * rows.d + columns[a]];
      if (Number.isNaN(value)) continue;
      seen[j * d + a] += share;
      sums[j * d + a] += share * value;
    }
  }

  function overall(a: number): number {
    let sum = 0;
    let count = 0;
    for (let j = 0; j < k; j++) {
      sum += sums[j * d + a];
      count += seen[j * d + a];
    }
    return count > 0 ? sum / count : 0;
  }
}

/** Memberships of labels; where some columns are not numbers a little of each row is left to all components. */
export function byLabels({ components: k, space }: LatentModel, labels: Int32Array): StartingMemberships {
  if (space.every(({ kind }) => kind === 'number')) return labels;
  const whole = byWholeRows(labels, k);
  return (from, to, out) => {
    whole(from, to, out);
    for (let i = 0; i < (to - from) * k; i++) out[i] = smoothing / k + (1 - smoothing) * out[i];
  };
}

/** Memberships that a model at its parameters gives. */
export function byPosterior(model: LatentModel, rows: Rows, params: Params): FillMemberships {
  const logDensity = new Float64Array(chunkRange(rows.n, 0).to);
  return (from, to, out) => model.posterior(params, rows, from, to, out, logDensity);
}
