import { parentPort } from 'node:worker_threads';
import { createModel } from '../engine/models/registry';
import { serialEStep } from '../engine/drive/eStep';
import { runRestart } from '../engine/drive/restarts';
import type { LatentModel, Rows } from '../engine/model';
import { chunkCount, chunkRange } from '../engine/rows';
import { viewRows } from './sharedRows';
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

port.on('message', (task: Task) => {
  if (task.kind === 'fit') fit(task);
  else computeMemberships(task);
  send({ kind: 'done' });
});

function fit(task: FitTask): void {
  const rows = viewRows(task.rows);
  const control = new Int32Array(task.control);
  const isCancelled = (): boolean => Atomics.load(control, controlWord.cancel) !== 0;
  if (task.team === null) {
    runRestarts(task, rows, control, (model) => serialEStep(model, rows, isCancelled));
    return;
  }
  const team = new Team(task.team.memory, teamModels(task.model, task.space), rows, isCancelled);
  if (task.team.role === 'follow') {
    team.follow();
    return;
  }
  try {
    runRestarts(task, rows, control, (model) => team.eStep(model));
  } finally {
    team.finish();
  }
}

function runRestarts(
  task: FitTask,
  rows: Rows,
  control: Int32Array,
  eStepOf: (model: LatentModel) => ReturnType<typeof serialEStep>,
): void {
  const model = createModel(task.model, task.space);
  const isCancelled = (): boolean => Atomics.load(control, controlWord.cancel) !== 0;
  const isLate = (): boolean => task.deadline !== null && Date.now() > task.deadline;
  const shouldStop = (): 'cancelled' | 'timeLimit' | null =>
    isCancelled() ? 'cancelled' : isLate() ? 'timeLimit' : null;

  for (;;) {
    const restart = Atomics.add(control, controlWord.next, 1);
    // The first restart always begins, so that there is something to keep.
    if (restart >= task.run.restarts || (restart > 0 && shouldStop() !== null)) return;
    const { tolerance, maxIterations, seed } = task.run;
    const policy = { kind: model.capabilities.policies[0] };
    const options = { tolerance, maxIterations, policy, shouldStop };
    const run = runRestart({ model, rows, start: task.start, seed, restart, options, eStepOf });
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

function computeMemberships(task: MembershipTask): void {
  const rows = viewRows(task.rows);
  const model = createModel(task.model, task.space);
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
