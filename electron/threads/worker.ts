import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './kernelModule';
import { kernelsBeside } from './kernelsBeside';
import { runCellsTask } from './runCellsTask';
import { runFitTask } from './runFitTask';
import { runMembershipTask } from './runMembershipTask';
import type { Task, ThreadMessage } from './task';

if (!parentPort) throw new Error('Must run as a worker thread.');
const port = parentPort;

const send = (message: ThreadMessage): void => port.postMessage(message);

const { kernels: kernelModule } = workerData as ThreadData;

port.on('message', (task: Task) => {
  if (task.kind === 'cells') {
    runCellsTask(task, kernelModule, send);
    send({ kind: 'done' });
    return;
  }
  const { kernels, release } = kernelsBeside(kernelModule, task.rows);
  try {
    if (task.kind === 'fit') runFitTask(task, kernels, kernelModule, send);
    else for (const _chunk of runMembershipTask(task, kernels));
  } finally {
    release();
  }
  send({ kind: 'done' });
});
