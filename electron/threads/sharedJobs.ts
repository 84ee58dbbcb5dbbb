import { awaitChange } from './awaitChange';

const word = { claim: 0, job: 1, count: 2, done: 3, length: 4 } as const;

/** Generation in the upper half, next piece in the lower: a late thread cannot claim a piece of a job that is over. */
const pieceBits = 0xffff;

/** How long the lead sleeps before it looks at the cancel flag again. */
const patienceMs = 20;

/** Memory through which threads share the pieces of jobs. */
export const allocateJobs = (): SharedArrayBuffer =>
  new SharedArrayBuffer(word.length * Int32Array.BYTES_PER_ELEMENT);

/**
 * Jobs cut into pieces that any thread may do in any order. The lead runs a job; threads that were woken help. What a
 * job reads and writes lies in shared memory; all of it is there when `run` returns.
 */
export class SharedJobs {
  private readonly control: Int32Array;

  /** `perform` does one piece of a job; jobs are numbered alike on all threads. */
  constructor(
    memory: SharedArrayBuffer,
    private readonly perform: (job: number, piece: number) => void,
    private readonly isCancelled: () => boolean,
  ) {
    this.control = new Int32Array(memory);
  }

  /** The lead does a job of up to 65,535 pieces, with the help of those that `wake` wakes; false when cancelled. */
  run(job: number, pieces: number, wake: () => void): boolean {
    const generation = (Atomics.load(this.control, word.claim) & ~pieceBits) + (pieceBits + 1);
    Atomics.store(this.control, word.job, job);
    Atomics.store(this.control, word.count, pieces);
    Atomics.store(this.control, word.done, 0);
    Atomics.store(this.control, word.claim, generation | 0);
    wake();
    this.help();
    for (;;) {
      const done = Atomics.load(this.control, word.done);
      if (done === pieces) return true;
      if (this.isCancelled()) return false;
      awaitChange(this.control, word.done, done, patienceMs);
    }
  }

  /** Does pieces of the present job until none is left. */
  help(): void {
    while (!this.isCancelled()) {
      const claim = Atomics.load(this.control, word.claim);
      const piece = claim & pieceBits;
      const job = Atomics.load(this.control, word.job);
      if (piece >= Atomics.load(this.control, word.count)) return;
      if (Atomics.compareExchange(this.control, word.claim, claim, claim + 1) !== claim) continue;
      this.perform(job, piece);
      Atomics.add(this.control, word.done, 1);
      Atomics.notify(this.control, word.done);
    }
  }
}
