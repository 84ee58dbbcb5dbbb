/** How much work there is, how much of it is done, and how long the rest may take. */
export class WorkEstimate {
  private pending = 0;
  private done = 0;
  private largest = 0;

  /** Work in any unit; the same for all. */
  expect(cost: number): void {
    this.pending += cost;
  }

  finish(cost: number): void {
    this.pending -= cost;
    this.done += cost;
  }

  /** Work that was expected in bulk, and is now known, or not needed. */
  drop(cost: number): void {
    this.pending -= cost;
  }

  /** Share that is done; it never falls, whatever work is found later. */
  get fraction(): number {
    const all = this.done + this.pending;
    this.largest = Math.min(1, Math.max(this.largest, all > 0 ? this.done / all : 0));
    return this.largest;
  }

  /** Null until a fiftieth is done: before, there is nothing to judge by. */
  remainingMs(elapsedMs: number): number | null {
    const { fraction } = this;
    return fraction < 0.02 ? null : (elapsedMs * (1 - fraction)) / fraction;
  }
}
