import { accumulateChunk, mergeChunks, type EStep, type EStepResult } from '../engine/drive/eStep';
import type { Axis, LatentModel, Params, PosteriorPolicy, RowObjective, Rows, Stats } from '../engine/model';
import { chunkCount } from '../engine/rows';
import { awaitChange } from './awaitChange';
import { policyLength, readPolicy, writePolicy } from './policyNumbers';

/**
 * Threads that share one E-step. The lead publishes parameters and a generation number; every thread, the lead
 * too, claims chunks and writes their statistics into slots; the lead adds them in chunk order. So the sums, and
 * every bit of a fit, are those of the serial E-step whatever the number of threads.
 */
export interface TeamMemory {
  readonly control: SharedArrayBuffer;
  readonly params: SharedArrayBuffer;
  readonly policy: SharedArrayBuffer;
  readonly slots: SharedArrayBuffer;
  readonly slotCount: number;
  /** Numbers in a slot: the largest set of statistics, and the rows' objective (three). */
  readonly slotLength: number;
}

const word = { generation: 0, claim: 1, merged: 2, model: 3, ready: 4 } as const;
const finished = -1;

/** In the place of a model: what is to be done is a job of `sharedJobs`. */
const jobInstead = -1;

/** Slots hold at most this much, or one for each thread: enough to keep threads from waiting for the lead. */
const slotBudgetBytes = 64 * 2 ** 20;

/** How long a thread sleeps before it looks at the cancel flag again. */
const patienceMs = 20;

const lengthOf = (axes: readonly Axis[]): number => axes.reduce((length, axis) => length * axis.length, 1);

const paramsLength = (model: LatentModel): number =>
  Object.values(model.shape).reduce((sum, axes) => sum + lengthOf(axes), 0);

const statsLength = (model: LatentModel): number =>
  Object.values(model.emptyStats()).reduce((sum, array) => sum + array.length, 0);

/** Names and lengths of statistics, in the order they have in a slot. */
type Layout = readonly { readonly name: string; readonly length: number }[];

const layoutOf = (model: LatentModel, params: Params): Layout =>
  Object.entries(model.emptyStats(params)).map(([name, { length }]) => ({ name, length }));

/** Memory for a team of `threads` that runs any of `models` on `rows`. */
export function allocateTeam(models: readonly LatentModel[], rows: Rows, threads: number): TeamMemory {
  const slotLength = Math.max(...models.map(statsLength)) + 3;
  const slotBytes = slotLength * Float64Array.BYTES_PER_ELEMENT;
  const slotCount = Math.min(chunkCount(rows.n), Math.max(threads, Math.floor(slotBudgetBytes / slotBytes)));
  const numbers = Math.max(...models.map((model) => paramsLength(model)));
  return {
    control: new SharedArrayBuffer((word.ready + slotCount) * Int32Array.BYTES_PER_ELEMENT),
    params: new SharedArrayBuffer(numbers * Float64Array.BYTES_PER_ELEMENT),
    policy: new SharedArrayBuffer(policyLength * Float64Array.BYTES_PER_ELEMENT),
    slots: new SharedArrayBuffer(slotCount * slotBytes),
    slotCount,
    slotLength,
  };
}

/** A thread's view of the team, for the models it was allocated for, in the same order on every thread. */
export class Team {
  private readonly control: Int32Array;
  private readonly params: Float64Array;
  private readonly policy: Float64Array;
  private readonly slots: Float64Array;
  private readonly chunks: number;

  constructor(
    private readonly memory: TeamMemory,
    private readonly models: readonly LatentModel[],
    private readonly rows: Rows,
    private readonly isCancelled: () => boolean,
    private readonly help: () => void = () => undefined,
  ) {
    this.control = new Int32Array(memory.control);
    this.params = new Float64Array(memory.params);
    this.policy = new Float64Array(memory.policy);
    this.slots = new Float64Array(memory.slots);
    this.chunks = chunkCount(rows.n);
  }

  /** The E-step of `model` as the lead runs it; null when the run was cancelled meanwhile. */
  eStep(model: LatentModel): EStep {
    const specification = JSON.stringify(model.specification);
    const index = this.models.findIndex((known) => JSON.stringify(known.specification) === specification);
    if (index === -1) throw new Error(`the team does not know ${model.name}`);
    // As the others have it: the caller's may be on other kernels, whose last digits differ.
    const own = this.models[index];
    return (params, policy) => {
      this.publish(index, params, policy);
      const result = mergeChunks(own, params, this.chunksInOrder(own, params, policy));
      return this.isCancelled() ? null : result;
    };
  }

  /** Has the followers help with a job that lies elsewhere in shared memory. */
  wake(): void {
    Atomics.store(this.control, word.model, jobInstead);
    Atomics.add(this.control, word.generation, 1);
    Atomics.notify(this.control, word.generation);
  }

  /** Sends the followers home. */
  finish(): void {
    Atomics.store(this.control, word.generation, finished);
    Atomics.notify(this.control, word.generation);
  }

  /** Serves the lead's E-steps until it has finished. */
  follow(): void {
    let seen = 0;
    for (;;) {
      // However long: the lead may be paused, and whatever ends it sends the followers home.
      awaitChange(this.control, word.generation, seen, Infinity);
      const generation = Atomics.load(this.control, word.generation);
      if (generation === finished) return;
      seen = generation;
      const index = Atomics.load(this.control, word.model);
      if (index === jobInstead) this.help();
      else this.serve(generation, this.models[index]);
    }
  }

  private serve(generation: number, model: LatentModel): void {
    const policy = readPolicy(this.policy);
    const params = this.readParams(model);
    const layout = layoutOf(model, params);
    for (let chunk = this.claim(generation); chunk !== null; chunk = this.claim(generation)) {
      while (chunk - Atomics.load(this.control, word.merged) >= this.memory.slotCount) {
        if (this.isCancelled() || Atomics.load(this.control, word.generation) !== generation) return;
        Atomics.wait(this.control, word.merged, Atomics.load(this.control, word.merged), patienceMs);
      }
      if (this.isCancelled()) return;
      this.compute(model, chunk, params, policy, layout);
    }
  }

  private publish(index: number, params: Params, policy: PosteriorPolicy): void {
    const model = this.models[index];
    let offset = 0;
    for (const name of Object.keys(model.shape)) {
      const values = params[name];
      this.params.set(values, offset);
      offset += values.length;
    }
    this.control.fill(0, word.ready);
    Atomics.store(this.control, word.model, index);
    writePolicy(policy, this.policy);
    Atomics.store(this.control, word.merged, 0);
    const generation = Atomics.load(this.control, word.generation) + 1;
    Atomics.store(this.control, word.claim, packClaim(generation, 0));
    Atomics.store(this.control, word.generation, generation);
    Atomics.notify(this.control, word.generation);
  }

  /** Yields the result of each chunk in chunk order, computing chunks itself while it would have to wait. */
  private *chunksInOrder(
    model: LatentModel,
    params: Params,
    policy: PosteriorPolicy,
  ): Generator<EStepResult> {
    const generation = Atomics.load(this.control, word.generation);
    const layout = layoutOf(model, params);
    let merged = 0;
    while (merged < this.chunks && !this.isCancelled()) {
      const slot = merged % this.memory.slotCount;
      const ready = Atomics.load(this.control, word.ready + slot);
      if (ready === merged + 1) {
        yield { stats: this.statsOf(layout, slot), rowObjective: this.objectiveOf(slot) };
        merged++;
        Atomics.store(this.control, word.merged, merged);
        Atomics.notify(this.control, word.merged);
        continue;
      }
      // Claims only what has a free slot, so that the lead never waits for itself.
      const chunk = this.claim(generation, merged + this.memory.slotCount);
      if (chunk === null) awaitChange(this.control, word.ready + slot, ready, patienceMs);
      else this.compute(model, chunk, params, policy, layout);
    }
  }

  /** The next chunk below `limit` nobody has claimed in this generation, or null. */
  private claim(generation: number, limit = this.chunks): number | null {
    for (;;) {
      const claim = Atomics.load(this.control, word.claim);
      const chunk = claim & 1023;
      if (claim !== packClaim(generation, chunk) || chunk >= Math.min(limit, this.chunks)) return null;
      if (Atomics.compareExchange(this.control, word.claim, claim, claim + 1) === claim) return chunk;
    }
  }

  private compute(
    model: LatentModel,
    chunk: number,
    params: Params,
    policy: PosteriorPolicy,
    layout: Layout,
  ): void {
    const slot = chunk % this.memory.slotCount;
    const stats = this.statsOf(layout, slot);
    for (const values of Object.values(stats)) values.fill(0);
    const { rowObjective } = accumulateChunk(model, this.rows, chunk, params, policy, stats);
    const { logLikelihood, bound, objective } = rowObjective;
    this.slots.set([logLikelihood, bound, objective], slot * this.memory.slotLength);
    Atomics.store(this.control, word.ready + slot, chunk + 1);
    Atomics.notify(this.control, word.ready + slot);
  }

  /** The statistics in a slot, where they lie. */
  private statsOf(layout: Layout, slot: number): Stats {
    let offset = slot * this.memory.slotLength + 3;
    const stats: Stats = {};
    for (const { name, length } of layout) {
      stats[name] = this.slots.subarray(offset, offset + length);
      offset += length;
    }
    return stats;
  }

  private objectiveOf(slot: number): RowObjective {
    const from = slot * this.memory.slotLength;
    const [logLikelihood, bound, objective] = this.slots.subarray(from, from + 3);
    return { logLikelihood, bound, objective };
  }

  private readParams(model: LatentModel): Params {
    const params: Params = {};
    let offset = 0;
    for (const [name, axes] of Object.entries(model.shape)) {
      const length = lengthOf(axes);
      params[name] = this.params.slice(offset, offset + length);
      offset += length;
    }
    return params;
  }
}

/** Generation and chunk in one word, so that a late thread cannot claim a chunk of a generation it has not read. */
function packClaim(generation: number, chunk: number): number {
  return ((generation & 0x1fffff) << 10) | chunk;
}
