import { Worker } from 'node:worker_threads';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import type { ImportOptions, TablePreview } from '../../shared/table';
import { importMessage, type ImportTask } from './importMessages';
import { tableFrom, type Table } from './table/table';

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Comes once, soon, before any progress; types may still change. */
  onFirstRows(preview: TablePreview): void;
  /** At most ten times a second. */
  onProgress(bytes: number, totalBytes: number, rows: number): void;
  /** The built importWorker.js. */
  readonly workerUrl: URL;
}

/**
 * Reads a file into a table in a thread of its own, so that the caller stays free. Cancelling ends the thread at once,
 * whatever it is doing. A thread that dies of a bug rejects the promise.
 */
export async function openTable(
  path: string,
  options: ImportOptions,
  run: OpenOptions,
): Promise<Result<Table, Failure>> {
  if (run.signal.aborted) return failed({ kind: 'cancelled' });
  const task: ImportTask = { kind: 'table', path, options };
  const worker = new Worker(run.workerUrl, { workerData: task });
  let cancel: () => void = () => undefined;
  try {
    return await new Promise<Result<Table, Failure>>((resolve, reject) => {
      let isOver = false;
      cancel = () => {
        isOver = true;
        resolve(failed({ kind: 'cancelled' }));
      };
      run.signal.addEventListener('abort', cancel);
      worker.on('message', (data: unknown) => {
        if (isOver) return;
        const message = importMessage.parse(data);
        switch (message.kind) {
          case 'firstRows':
            return run.onFirstRows(message.preview);
          case 'progress':
            return run.onProgress(message.bytes, message.totalBytes, message.rows);
          case 'table':
            return resolve(ok(tableFrom(message.table)));
          case 'failed':
            return resolve(failed(message.failure));
        }
      });
      worker.on('error', (error) => {
        if (isOutOfMemory(error))
          resolve(failed({ kind: 'tooLarge', file: fileNameOf(path), limit: memoryLimit }));
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
      worker.on('exit', () => reject(new Error('the import thread ended without a result')));
    });
  } finally {
    run.signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

const memoryLimit = 'there is not enough memory to hold it';

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function fileNameOf(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}
