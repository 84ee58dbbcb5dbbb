import { Worker } from 'node:worker_threads';
import { failed } from '../../shared/result';
import { TaskControl } from '../threads/control';
import { loadKernelModule, type ThreadData } from '../threads/kernelModule';
import type { JobBody, JobEvent, JobMessage, JobName, JobRequest, JobResult } from './jobs';

/**
 * `quick`: what a person waits for with the hand on the mouse, on a thread of its own. `view`: what is drawn, on two, for
 * before and after are asked for together and neither waits for a preview. `regions`: a person waits for them too, and not
 * for the seconds that measuring a painting takes. `long`: everything else, on as many threads as there are.
 */
export type Lane = 'quick' | 'view' | 'regions' | 'long';

export interface JobOptions<J extends JobName> {
  readonly signal: AbortSignal;
  readonly onEvent?: (event: JobEvent<J>) => void;
}

/** A thread that has not stopped this long after it was told to is ended. */
const stopWithinMs = 500;

interface LaneState {
  readonly most: number;
  /** Threads there are, working or not. */
  started: number;
  readonly idle: Worker[];
  readonly waiting: (() => void)[];
}

/** The threads that work on pictures; started when first needed and kept. */
export class PictureThreads {
  private readonly kernels: WebAssembly.Module | null;
  private readonly lanes: Readonly<Record<Lane, LaneState>>;
  private readonly working = new Set<Worker>();
  private isClosed = false;

  /** `entry`: the built worker script, in a folder beside that of the compiled kernels. */
  constructor(
    private readonly entry: URL,
    readonly threads: number,
  ) {
    this.kernels = loadKernelModule(new URL('../kernels/', entry));
    const lane = (most: number): LaneState => ({ most, started: 0, idle: [], waiting: [] });
    this.lanes = { quick: lane(1), view: lane(2), regions: lane(1), long: lane(threads) };
  }

  /**
   * Runs a job on a free thread of a lane, or when one is free. Cancelled jobs answer so at once; their thread stops soon
   * or is ended. Rejects when the thread dies, which only a bug or a lack of memory causes.
   */
  async run<J extends JobName>(
    lane: Lane,
    job: J,
    body: JobBody<J>,
    { signal, onEvent }: JobOptions<J>,
  ): Promise<JobResult<J>> {
    const state = this.lanes[lane];
    const worker = await this.take(state, signal);
    // Cancelled while it waited, or since.
    if (worker !== null && signal.aborted) this.giveBack(state, worker);
    if (worker === null || signal.aborted) return failed({ kind: 'cancelled' }) as JobResult<J>;
    const control = new TaskControl();
    return new Promise((resolve, reject) => {
      let overdue: NodeJS.Timeout | undefined;
      const onAbort = (): void => {
        control.cancel();
        overdue = setTimeout(() => void worker.terminate(), stopWithinMs);
        resolve(failed({ kind: 'cancelled' }) as JobResult<J>);
      };
      const release = (isAlive: boolean): void => {
        clearTimeout(overdue);
        signal.removeEventListener('abort', onAbort);
        // Not all listeners: a worker has some of its own, without which nothing arrives any more.
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        this.working.delete(worker);
        if (isAlive) this.giveBack(state, worker);
        else this.lose(state);
      };
      const onMessage = (message: JobMessage): void => {
        if (message.kind === 'event') {
          if (!signal.aborted) onEvent?.(message.event as JobEvent<J>);
          return;
        }
        release(true);
        resolve(message.result as JobResult<J>);
      };
      const onError = (error: Error): void => {
        release(false);
        reject(error);
      };
      const onExit = (): void => {
        release(false);
        if (this.isClosed) resolve(failed({ kind: 'cancelled' }) as JobResult<J>);
        else reject(new Error('A picture thread ended in the middle of its work.'));
      };
      worker.on('message', onMessage).once('error', onError).once('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      this.working.add(worker);
      worker.postMessage({ job, body, control: control.memory } satisfies JobRequest);
    });
  }

  /** Ends all threads. What is under way is cancelled, and what is asked for after that. */
  async close(): Promise<void> {
    this.isClosed = true;
    const workers = [...this.working, ...Object.values(this.lanes).flatMap(({ idle }) => idle.splice(0))];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /** A free thread, as soon as there is one; null: nobody waits for it any more, or none will be. */
  private async take(lane: LaneState, signal: AbortSignal): Promise<Worker | null> {
    for (;;) {
      if (signal.aborted || this.isClosed) return null;
      const idle = lane.idle.pop();
      if (idle !== undefined) return idle;
      if (lane.started < lane.most) {
        lane.started++;
        return new Worker(this.entry, { workerData: { kernels: this.kernels } satisfies ThreadData });
      }
      await this.awaitTurn(lane, signal);
    }
  }

  private awaitTurn(lane: LaneState, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
        // A thread that is free now is not for somebody who has left in the same moment.
        if (signal.aborted) lane.waiting.shift()?.();
      };
      const leave = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(wake), 1);
        resolve();
      };
      lane.waiting.push(wake);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private giveBack(lane: LaneState, worker: Worker): void {
    lane.idle.push(worker);
    lane.waiting.shift()?.();
  }

  private lose(lane: LaneState): void {
    lane.started--;
    lane.waiting.shift()?.();
  }
}
