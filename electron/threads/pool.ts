import { Worker } from 'node:worker_threads';
import { loadKernelModule, type ThreadData } from './kernelModule';
import type { Task, ThreadMessage } from './task';

interface Member {
  readonly worker: Worker;
  /** Set while the thread works on a task. */
  current: { onMessage(message: ThreadMessage): void; onEnd(error: Error | null): void } | null;
}

/** A thread that has not stopped this long after it was told to is ended and replaced. */
const stopWithinMs = 2000;

/**
 * The threads of the service. One task runs at a time, on all threads; the next waits its turn. Threads are
 * started when first needed and kept.
 */
export class ThreadPool {
  private members: Member[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  /** Null: this machine cannot run the compiled kernels, and the plain ones do the same, slower. */
  readonly kernels: WebAssembly.Module | null;

  /** `entry`: the built worker script, in a folder beside that of the compiled kernels. */
  constructor(
    private readonly entry: URL,
    readonly threads: number,
  ) {
    this.kernels = loadKernelModule(new URL('../kernels/', entry));
  }

  /** Whether threads run the compiled kernels. */
  get isCompiled(): boolean {
    return this.kernels !== null;
  }

  /** Whether a task runs: another would have to wait for its end. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /**
   * Runs one task on every thread and resolves when all are done. `tasks` makes the task of each thread; `cancel`
   * is called at once when `signal` aborts, and must make the tasks end soon. Rejects when a thread dies.
   */
  run(
    tasks: (thread: number) => Task,
    onMessage: (message: ThreadMessage) => void,
    cancel: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.waiting++;
    const turn = this.last
      .then(() => this.runNow(tasks, onMessage, cancel, signal))
      .finally(() => this.waiting--);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    const members = this.members;
    this.members = [];
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  }

  private async runNow(
    tasks: (thread: number) => Task,
    onMessage: (message: ThreadMessage) => void,
    cancel: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    while (this.members.length < this.threads) this.members.push(this.startMember());
    let overdue: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      cancel();
      // What the threads have sent by then is kept; the threads themselves are not.
      overdue = setTimeout(() => void this.close(), stopWithinMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.all(
        this.members.map(
          (member, thread) =>
            new Promise<void>((resolve, reject) => {
              member.current = {
                onMessage: (message) => {
                  if (message.kind === 'done') {
                    member.current = null;
                    resolve();
                  } else onMessage(message);
                },
                onEnd: (error) => {
                  if (signal.aborted) resolve();
                  else reject(error ?? new Error('A thread ended in the middle of its work.'));
                },
              };
              member.worker.postMessage(tasks(thread));
            }),
        ),
      );
    } catch (error) {
      cancel();
      await this.close();
      throw error;
    } finally {
      clearTimeout(overdue);
      signal.removeEventListener('abort', onAbort);
    }
  }

  private startMember(): Member {
    const member: Member = {
      worker: new Worker(this.entry, { workerData: { kernels: this.kernels } satisfies ThreadData }),
      current: null,
    };
    const end = (error: Error | null): void => {
      this.members = this.members.filter((other) => other !== member);
      member.current?.onEnd(error);
      member.current = null;
    };
    member.worker.on('message', (message: ThreadMessage) => member.current?.onMessage(message));
    member.worker.once('error', end);
    member.worker.once('exit', () => end(null));
    return member;
  }
}
