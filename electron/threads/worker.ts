import { parentPort, workerData } from 'node:worker_threads';
import { createModel } from '../engine/models/registry';
import { chunkCount, chunkRange } from '../engine/rows';
import type { Kernels } from '../kernels/kernels';
import { Arena } from '../kernels/memory';
import { createReferenceKernels } from '../kernels/reference';
import { createSimdKernels } from '../kernels/simd';
import { ThreadControl } from './control';
import type { ThreadData } from './kernelModule';
import { runCellsTask } from './runCellsTask';
import { runFitTask } from './runFitTask';
import { viewRows, type SharedRows } from './sharedRows';
import type { MembershipTask, Task, ThreadMessage } from './task';

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
  withKernels(task.rows, (kernels) => {
    if (task.kind === 'fit') runFitTask(task, kernels, kernelModule, send);
    else computeMemberships(task, kernels);
  });
  send({ kind: 'done' });
});

/** Runs `work` with kernels that have scratch beside the rows while it lasts. */
function withKernels({ memory }: SharedRows, work: (kernels: Kernels) => void): void {
  if (kernelModule === null) {
    work(createReferenceKernels());
    return;
  }
  const arena = new Arena(memory);
  try {
    work(createSimdKernels(kernelModule, arena));
  } finally {
    arena.release();
  }
}

function computeMemberships(task: MembershipTask, kernels: Kernels): void {
  const rows = viewRows(task.rows);
  const model = createModel(task.model, task.space, kernels);
  const control = new ThreadControl(task.control);
  const responsibilities = new Float64Array(task.responsibilities);
  const logDensity = new Float64Array(task.logDensity);
  const chunks = chunkCount(rows.n);
  for (;;) {
    const chunk = control.take();
    if (chunk >= chunks || control.isCancelled) return;
    const { from, to } = chunkRange(rows.n, chunk);
    model.posterior(
      task.params,
      rows,
      from,
      to,
      responsibilities.subarray(from * model.components, to * model.components),
      logDensity.subarray(from, to),
    );
  }
}
