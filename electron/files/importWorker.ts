import { parentPort, workerData } from 'node:worker_threads';
import { importTask, type ImportMessage } from './importMessages';
import { readTable } from './readTable';

/** Entry of the thread that reads one file and ends. It is stopped from outside, so it has no signal of its own. */

function send(message: ImportMessage): void {
  parentPort?.postMessage(message);
}

const { path, options } = importTask.parse(workerData);
const result = await readTable(path, options, {
  signal: new AbortController().signal,
  onFirstRows: (preview) => send({ kind: 'firstRows', preview }),
  onProgress: (bytes, totalBytes, rows) => send({ kind: 'progress', bytes, totalBytes, rows }),
});
send(result.ok ? { kind: 'table', table: result.value } : { kind: 'failed', failure: result.failure });
