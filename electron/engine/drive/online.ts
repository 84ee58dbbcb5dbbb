import type { Algorithm } from '../../../shared/algorithm';
import type { LatentModel, Params, PosteriorPolicy, RowObjective, Rows, Stats } from '../model';
import type { Random } from '../numeric/random';
import { addStats, copyStats, scaleStats } from '../statistics';
import type { EStep, EStepResult } from './eStep';
import type { Begun } from './membershipStart';

type Online = Extract<Algorithm, { name: 'online' }>;

/** What running statistics begin with: those of `origin`, of rows that weigh `weight` together. */
export interface FirstStatistics {
  readonly stats: Stats;
  readonly origin: Params;
}

/**
 * Running statistics over batches of rows, which may come from memory or from a stream that is never held whole.
 *
 * Averaged: S <- (1 - g_t) S + g_t s_t with g_t = (1 + t + offset)^-decay, t = 1, 2, ..., where s_t are the mean
 * statistics of batch t at the parameters so far (Cappe and Moulines, 2009, eq. 15). Counted, for k-means: S <- S + s_t
 * from S = 0, so that the first rows replace the starting centres (Sculley, 2010; scikit-learn's `partial_fit`).
 */
export class OnlineStatistics {
  private running: FirstStatistics | null;
  private batches = 0;

  /**
   * `first`: statistics of weight `total` to begin with; null: those of the first batch. `total`: what all rows weigh
   * together, which the statistics are scaled to, so that a prior has its due weight.
   */
  constructor(
    private readonly model: LatentModel,
    first: FirstStatistics | null,
    private readonly total: number,
    private readonly step: Pick<Online, 'decay' | 'offset'>,
  ) {
    this.running = model.capabilities.online === 'counted' ? null : first;
  }

  /**
   * The E-step of a batch at `params`, blended in. Gives statistics as if they had all been taken at `params`, ready
   * for the M-step, and the batch's objective scaled to all rows: an estimate. A batch without weight changes nothing.
   */
  add(params: Params, batch: Rows, policy: PosteriorPolicy): EStepResult {
    const { model, running } = this;
    const own = model.emptyStats();
    const rowObjective = model.accumulate(params, batch, 0, batch.n, policy, own);
    const weight = totalWeight(batch);
    const scale = weight > 0 ? this.total / weight : 0;
    this.batches++;
    const stats =
      running === null
        ? model.emptyStats()
        : copyStats(model.recentre(running.stats, running.origin, params));
    if (model.capabilities.online === 'counted') addStats(stats, own);
    else if (weight > 0) {
      const share = running === null ? 1 : (1 + this.batches + this.step.offset) ** -this.step.decay;
      scaleStats(stats, 1 - share);
      addStats(stats, scaleStats(own, share * scale));
    }
    this.running = { stats, origin: params };
    return { stats, rowObjective: scaled(rowObjective, scale) };
  }
}

const scaled = ({ logLikelihood, bound, objective }: RowObjective, scale: number): RowObjective => ({
  logLikelihood: scale * logLikelihood,
  bound: scale * bound,
  objective: scale * objective,
});

/** What rows weigh together. */
export function totalWeight({ n, weight }: Rows): number {
  return weight === undefined ? n : weight.reduce((sum, value) => sum + value, 0);
}

/** Where online EM of a run begins: statistics of its start, or one pass over all rows. */
export interface OnlineContext {
  readonly rows: Rows;
  readonly begun: Begun;
  readonly measure: EStep;
}

/** An E-step that takes the next batch each time it is asked. */
export function onlineEStep(
  model: LatentModel,
  batches: Iterator<Rows>,
  step: Pick<Online, 'decay' | 'offset'>,
  { rows, begun, measure }: OnlineContext,
): EStep {
  let online: OnlineStatistics | null = null;
  return (params, policy) => {
    online ??= new OnlineStatistics(
      model,
      begun.statistics ?? measured(params, policy),
      totalWeight(rows),
      step,
    );
    const batch = batches.next();
    if (batch.done === true) throw new Error('there are no more batches');
    return online.add(params, batch.value, policy);
  };

  function measured(params: Params, policy: PosteriorPolicy): FirstStatistics | null {
    if (model.capabilities.online === 'counted') return null;
    const whole = measure(params, policy);
    return whole && { stats: whole.stats, origin: params };
  }
}

/**
 * Batches of rows, epoch after epoch without end: in the order given, or shuffled anew in each epoch. The last batch of
 * an epoch is shorter where they do not come out even.
 */
export function* batchesOf(
  rows: Rows,
  { batchSize, order }: Pick<Online, 'batchSize' | 'order'>,
  randomOf: (epoch: number) => Random,
): Generator<Rows, never> {
  for (let epoch = 0; ; epoch++) {
    const sequence = order ?? shuffled(rows.n, randomOf(epoch));
    for (let from = 0; from < sequence.length; from += batchSize)
      yield selectRows(rows, sequence.slice(from, from + batchSize));
  }
}

/** 0 to n - 1 in random order (Fisher and Yates; Durstenfeld, 1964). */
function shuffled(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function selectRows(rows: Rows, chosen: ArrayLike<number>): Rows {
  const { d } = rows;
  const n = chosen.length;
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) x.set(rows.x.subarray(chosen[i] * d, (chosen[i] + 1) * d), i * d);
  const { weight, label } = rows;
  return {
    x,
    n,
    d,
    weight: weight && Float64Array.from({ length: n }, (_, i) => weight[chosen[i]]),
    label: label && Int32Array.from({ length: n }, (_, i) => label[chosen[i]]),
    hasMissing: rows.hasMissing,
  };
}
