import { parentPort, workerData } from 'node:worker_threads';
import { createModel } from '../engine/models/registry';
import { serialEStep, type EStep } from '../engine/drive/eStep';
import { runRestart } from '../engine/drive/restarts';
import type { LatentModel, Rows } from '../engine/model';
import { chunkCount, chunkRange } from '../engine/rows';
import type { Kernels } from '../kernels/kernels';
import { Arena } from '../kernels/memory';
import { createReferenceKernels } from '../kernels/reference';
import { createSimdKernels } from '../kernels/simd';
import type { ThreadData } from './kernelModule';
import { SharedKMeans } from './sharedKMeans';
import { viewRows, type SharedRows } from './sharedRows';
import {
  controlWord,
  type FitTask,
  type MembershipTask,
  type Task,
  type ThreadMessage,
  type TracePoint,
} from './task';
import { Team } from './team';
import { teamModels } from './teamModels';

if (!parentPort) throw new Error('Must run as a worker thread.');
const port = parentPort;

/** A run tells how far it is at most this often. */
const reportEveryMs = 100;

const send = (message: ThreadMessage): void => port.postMessage(message);

const { kernels: kernelModule } = workerData as ThreadData;

port.on('message', (task: Task) => {
  withKernels(task.rows, (kernels) => {
    if (task.kind === 'fit') fit(task, kernels);
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

function fit(task: FitTask, kernels: Kernels): void {
  const rows = viewRows(task.rows);
  const control = new Int32Array(task.control);
  const isCancelled = (): boolean => Atomics.load(control, controlWord.cancel) !== 0;
  const kMeans =
    task.kMeans && kernelModule && new SharedKMeans(kernelModule, task.kMeans, task.thread, isCancelled);
  const withKMeans =
    (plainEStep: (model: LatentModel) => EStep, wake: () => void) =>
    (model: LatentModel): EStep =>
      kMeans !== null && model.name === 'kmeans' ? kMeans.eStep(plainEStep(model), wake) : plainEStep(model);
  if (task.team === null) {
    const serial = (model: LatentModel): EStep => serialEStep(model, rows, isCancelled);
    runRestarts(
      task,
      rows,
      kernels,
      control,
      withKMeans(serial, () => undefined),
    );
    return;
  }
  const models = teamModels(task.model, task.space, kernels);
  const team = new Team(task.team.memory, models, rows, isCancelled, () => kMeans?.help());
  if (task.team.role === 'follow') {
    team.follow();
    return;
  }
  try {
    runRestarts(
      task,
      rows,
      kernels,
      control,
      withKMeans(
        (model) => team.eStep(model),
        () => team.wake(),
      ),
    );
  } finally {
    team.finish();
  }
}

function runRestarts(
  task: FitTask,
  rows: Rows,
  kernels: Kernels,
  control: Int32Array,
  eStepOf: (model: LatentModel) => EStep,
): void {
  const model = createModel(task.model, task.space, kernels);
  const isCancelled = (): boolean => Atomics.load(control, controlWord.cancel) !== 0;
  const isLate = (): boolean => task.deadline !== null && Date.now() > task.deadline;
  const shouldStop = (): 'cancelled' | 'timeLimit' | null =>
    isCancelled() ? 'cancelled' : isLate() ? 'timeLimit' : null;

  for (;;) {
    const restart = Atomics.add(control, controlWord.next, 1);
    // The first restart always begins, so that there is something to keep.
    if (restart >= task.run.restarts || (restart > 0 && shouldStop() !== null)) return;
    const { algorithm, tolerance, maxIterations, seed } = task.run;
    const options = { tolerance, maxIterations, shouldStop };
    const run = runRestart({ model, rows, start: task.start, algorithm, seed, restart, options, eStepOf });
    let points: TracePoint[] = [];
    let reported = performance.now();
    let step = run.next();
    while (!step.done) {
      points.push({ iteration: step.value.iteration, objective: step.value.objective });
      if (performance.now() - reported >= reportEveryMs) {
        send({ kind: 'points', restart, points, params: step.value.params });
        points = [];
        reported = performance.now();
      }
      step = run.next();
    }
    send({ kind: 'restart', restart, outcome: step.value });
  }
}

function computeMemberships(task: MembershipTask, kernels: Kernels): void {
  const rows = viewRows(task.rows);
  const model = createModel(task.model, task.space, kernels);
  const control = new Int32Array(task.control);
  const responsibilities = new Float64Array(task.responsibilities);
  const logDensity = new Float64Array(task.logDensity);
  const chunks = chunkCount(rows.n);
  for (;;) {
    const chunk = Atomics.add(control, controlWord.next, 1);
    if (chunk >= chunks || Atomics.load(control, controlWord.cancel) !== 0) return;
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
