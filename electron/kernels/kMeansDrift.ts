import { boundPlaces, type KMeansMemory, type RunLayout } from './kMeansLayout';
import { planWord } from './kMeansPlan';

/** Drift, in units of the tiles, at which bounds begin to lose digits and are taken afresh. By eye. */
const mostDrift = 64;

/**
 * How far centres have moved since bounds were first taken, in units of the tiles. A row keeps its label while its own
 * centre and the fastest other together have moved less than the difference of its distances (Hamerly, 2010).
 */
export class KMeansDrift {
  /** Of each centre, and of the fastest other with it; with bounds by groups of each alone. */
  private readonly moved: Float64Array;
  /** Of the fastest centre of each group, step by step. */
  private readonly groupMoved: Float64Array;

  constructor(
    private readonly place: KMeansMemory,
    private readonly run: RunLayout,
    private readonly singles: Float32Array,
    private readonly isGrouped: boolean,
  ) {
    this.moved = new Float64Array(place.k);
    this.groupMoved = new Float64Array(boundPlaces(place.k));
  }

  /** Bounds are taken afresh. */
  clear(): void {
    this.moved.fill(0);
    this.groupMoved.fill(0);
    this.write();
  }

  /**
   * Adds how far centres, k x d, moved; `scale` turns units of the rows into those of the tiles. False: bounds must be
   * taken afresh, since a drift this large would round them away.
   */
  add(before: Float64Array, now: Float64Array, scale: number): boolean {
    const { k, d } = this.place;
    const shift = new Float64Array(k);
    let first = 0;
    let second = 0;
    let fastest = -1;
    for (let j = 0; j < k; j++) {
      let s = 0;
      for (let a = j * d; a < (j + 1) * d; a++) s += (now[a] - before[a]) ** 2;
      shift[j] = Math.sqrt(s) * scale * (1 + 1e-9);
      if (shift[j] > first) {
        second = first;
        first = shift[j];
        fastest = j;
      } else if (shift[j] > second) second = shift[j];
    }
    for (let j = 0; j < k; j++) {
      this.moved[j] += shift[j];
      if (!this.isGrouped) this.moved[j] += j === fastest ? second : first;
    }
    for (let j = 0; j < k; j += 4) this.groupMoved[j >> 2] += Math.max(...shift.subarray(j, j + 4));
    this.write();
    return [this.moved, this.groupMoved].every((all) => all.every((moved) => moved < mostDrift));
  }

  /** Up and down by more than single precision rounds, so that comparing errs on the side of looking. */
  private write(): void {
    const { run, moved, singles } = this;
    let largest = 0;
    for (let j = 0; j < moved.length; j++) {
      const above = Math.fround(moved[j] * (1 + 3e-7));
      singles[run.drift / 4 + j] = above;
      singles[run.driftBelow / 4 + j] = moved[j] * (1 - 3e-7);
      if (above > largest) largest = above;
    }
    for (const moved of this.groupMoved) if (moved > largest) largest = moved;
    if (this.isGrouped) singles.set(this.groupMoved, run.groupDrift / 4);
    singles[run.plan / 4 + planWord.largestDrift] = largest;
  }
}
