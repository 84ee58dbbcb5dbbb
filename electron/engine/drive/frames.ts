import type { Params } from '../model';

/** Where a run was, for replay. */
export interface Frame {
  readonly iteration: number;
  readonly objective: number;
  readonly params: Params;
}

/** Most frames of a run: what a scrubber can tell apart. */
const mostFrames = 200;

/** Most numbers in all frames of a run, which are shown at once, if nothing else is said: 16 MB. */
const mostNumbers = 2 * 2 ** 20;

/**
 * Keeps parameters of a run as it goes, evenly thinned: every iteration of a short run; of a longer one every second,
 * fourth, ... and the last.
 */
export class FrameRecord {
  private kept: Frame[] = [];
  private stride = 1;
  private last: Frame | null = null;

  /** `numbers`: how many all frames may have together. */
  constructor(private readonly numbers = mostNumbers) {}

  add({ iteration, objective, params }: Frame): void {
    this.last = { iteration, objective, params };
    if (iteration % this.stride !== 0) return;
    this.kept.push(this.last);
    const length = Object.values(params).reduce((sum, values) => sum + values.length, 0);
    const most = Math.max(2, Math.min(mostFrames, Math.floor(this.numbers / length)));
    while (this.kept.length >= most) {
      this.stride *= 2;
      this.kept = this.kept.filter((frame) => frame.iteration % this.stride === 0);
    }
  }

  /** In order, the last iteration among them. */
  frames(): Frame[] {
    const { last } = this;
    return last === null || this.kept.at(-1) === last ? [...this.kept] : [...this.kept, last];
  }
}
