import { parentPort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { ok } from '../../../shared/result';
import { withByteSource } from '../byteSource';
import { partOf, type PlainPart } from './plainPart';
import { PlainRange, type PlainTask } from './plainRange';

/** A thread that reads part of a plain file while the thread that asked reads another part. */
export interface PlainThread {
  /** Reads the bytes. False when they are not plain. */
  load(path: string, task: PlainTask): Promise<boolean>;
  /** Reads the rows, after the bytes. Null when there are too many columns. */
  read(): Promise<PlainPart | null>;
  /** Ends the thread, whatever it is doing. */
  end(): Promise<void>;
}

const request = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('load'), path: z.string(), task: z.custom<PlainTask>() }),
  z.object({ kind: z.literal('read') }),
]);
type Request = z.infer<typeof request>;

const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), isPlain: z.boolean() }),
  z.object({ kind: z.literal('read'), part: z.custom<PlainPart | null>() }),
]);
type Answer = z.infer<typeof answer>;

/** Starts a thread of which the program is `url`; it must call `servePlainThread`. */
export function startPlainThread(url: URL, workerData: unknown): PlainThread {
  const worker = new Worker(url, { workerData });
  /** What the thread died of, for questions that are asked later. */
  let death: Error | null = null;
  worker.on('error', (error) => {
    death = error instanceof Error ? error : new Error(String(error));
  });
  const ask = (question: Request): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (death !== null) return reject(death);
      worker.once('message', (data) => resolve(answer.parse(data)));
      worker.once('error', reject);
      worker.postMessage(question);
    });
  return {
    async load(path, task) {
      const found = await ask({ kind: 'load', path, task });
      return found.kind === 'loaded' && found.isPlain;
    },
    async read() {
      const found = await ask({ kind: 'read' });
      return found.kind === 'read' ? found.part : null;
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** Answers the questions that `startPlainThread` asks of this thread. */
export function servePlainThread(): void {
  const here = plainThreadHere();
  const send = (message: Answer): void => parentPort?.postMessage(message);
  parentPort?.on('message', (data: unknown) => {
    const question = request.parse(data);
    if (question.kind === 'load') {
      void here.load(question.path, question.task).then((isPlain) => send({ kind: 'loaded', isPlain }));
    } else void here.read().then((part) => send({ kind: 'read', part }));
  });
}

/** The same work in the calling thread. */
export function plainThreadHere(): PlainThread {
  let range: PlainRange | null = null;
  return {
    async load(path, task) {
      const loading = new PlainRange(task);
      range = loading;
      const loaded = await withByteSource(path, async (source) =>
        ok(await loading.load(source, () => false)),
      );
      return loaded.ok && loaded.value;
    },
    read: () => Promise.resolve(range !== null && range.read(() => undefined) ? partOf(range) : null),
    end: () => Promise.resolve(),
  };
}
