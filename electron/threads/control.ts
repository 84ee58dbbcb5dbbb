/** Words of the shared memory by which the service steers threads. */
const word = { cancel: 0, next: 1, pause: 2, allowed: 3, signal: 4, length: 5 } as const;

/** The service's hand on a task: what it writes, threads read between iterations, or chunks where they are to cancel. */
export class TaskControl {
  readonly memory = new SharedArrayBuffer(word.length * Int32Array.BYTES_PER_ELEMENT);
  private readonly words = new Int32Array(this.memory);

  /** For good. Threads that are paused end too. */
  cancel(): void {
    Atomics.store(this.words, word.cancel, 1);
    this.tell();
  }

  /** Threads wait where they next ask: after the iteration under way, or within a start that is being found. */
  pause(): void {
    if (this.isPaused) return;
    Atomics.store(this.words, word.allowed, 0);
    Atomics.add(this.words, word.pause, 1);
    this.tell();
  }

  resume(): void {
    if (!this.isPaused) return;
    Atomics.add(this.words, word.pause, 1);
    this.tell();
  }

  /** Lets each paused thread make one iteration more. */
  step(): void {
    if (!this.isPaused) return;
    Atomics.add(this.words, word.allowed, 1);
    this.tell();
  }

  get isPaused(): boolean {
    return Atomics.load(this.words, word.pause) % 2 === 1;
  }

  /** Threads count pieces of work from 0 again: for the next task under the same control. */
  restart(): void {
    Atomics.store(this.words, word.next, 0);
  }

  private tell(): void {
    Atomics.add(this.words, word.signal, 1);
    Atomics.notify(this.words, word.signal);
  }
}

/** A thread's view of it. */
export class ThreadControl {
  private readonly words: Int32Array;
  /** The pause it is in, and how many steps of it this thread has made. */
  private pause = 0;
  private steps = 0;
  private waitedMs = 0;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory);
  }

  get isCancelled(): boolean {
    return Atomics.load(this.words, word.cancel) !== 0;
  }

  /** How long this thread has been paused in all. */
  get pausedMs(): number {
    return this.waitedMs;
  }

  /** The next piece of work nobody has taken. */
  take(): number {
    return Atomics.add(this.words, word.next, 1);
  }

  /** The same in the middle of an iteration: heeds a pause that is newer than the turn the thread has been given. */
  heedPause(beforeSleep: () => void): void {
    if (Atomics.load(this.words, word.pause) !== this.pause) this.awaitTurn(beforeSleep);
  }

  /** Sleeps while the task is paused, until it may make an iteration or is cancelled; `beforeSleep` comes first. */
  awaitTurn(beforeSleep: () => void): void {
    for (;;) {
      const signal = Atomics.load(this.words, word.signal);
      const pause = Atomics.load(this.words, word.pause);
      if (pause % 2 === 0 || this.isCancelled) return;
      if (pause !== this.pause) {
        this.pause = pause;
        this.steps = 0;
      }
      if (this.steps < Atomics.load(this.words, word.allowed)) {
        this.steps++;
        return;
      }
      beforeSleep();
      const from = performance.now();
      Atomics.wait(this.words, word.signal, signal);
      this.waitedMs += performance.now() - from;
    }
  }
}
