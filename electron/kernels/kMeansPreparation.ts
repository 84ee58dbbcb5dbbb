import { mostPieces } from './kMeansLayout';

/** Waiting for another thread's tiles, a thread looks at this interval whether it may still wait. */
const patienceMs = 20;

const state = { open: 0, begun: 1, done: 2 } as const;

/** Pieces of work on rows that belong to all runs of a fit: whoever comes first does one. */
export class KMeansPreparation {
  /** `words` at `address`: for each stage `mostPieces` words of state, zero in the beginning. */
  constructor(
    private readonly words: Int32Array,
    private readonly address: number,
  ) {}

  /** Does a piece of a stage unless another thread has begun it. */
  perform(stage: number, piece: number, work: (piece: number) => void): void {
    const at = this.at(stage, piece);
    if (Atomics.compareExchange(this.words, at, state.open, state.begun) !== state.open) return;
    work(piece);
    Atomics.store(this.words, at, state.done);
    Atomics.notify(this.words, at);
  }

  /** Waits for the pieces that other threads do. False: no longer wanted. */
  await(stage: number, pieces: number, isCancelled: () => boolean): boolean {
    for (let piece = 0; piece < pieces; piece++) {
      const at = this.at(stage, piece);
      while (Atomics.load(this.words, at) !== state.done) {
        if (isCancelled()) return false;
        Atomics.wait(this.words, at, state.begun, patienceMs);
      }
    }
    return true;
  }

  private at(stage: number, piece: number): number {
    return this.address / 4 + stage * mostPieces + piece;
  }
}
