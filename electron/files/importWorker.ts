import { parentPort, workerData } from 'node:worker_threads';
import type { ImportOptions } from '../../shared/table';
import { importTask, type ImportMessage, type ImportTask } from './importMessages';
import { servePlainThread, startPlainThread } from './plain/plainThread';
import { readTable } from './readTable';

/**
 * Entry of the thread that reads one file and ends, and of the threads that help it. It is stopped from outside, and
 * its helpers with it, so it has no signal of its own.
 */

function send(message: ImportMessage): void {
  parentPort?.postMessage(message);
}

async function read(path: string, options: ImportOptions): Promise<void> {
  const helper: ImportTask = { kind: 'part' };
  const result = await readTable(path, options, {
    signal: new AbortController().signal,
    onFirstRows: (preview) => send({ kind: 'firstRows', preview }),
    onProgress: (bytes, totalBytes, rows) => send({ kind: 'progress', bytes, totalBytes, rows }),
    startThread: () => startPlainThread(new URL(import.meta.url), helper),
  });
  send(result.ok ? { kind: 'table', table: result.value } : { kind: 'failed', failure: result.failure });
}

const task = importTask.parse(workerData);
if (task.kind === 'part') servePlainThread();
else await read(task.path, task.options);
