import { serialEStep, type EStep } from '../engine/drive/eStep';
import { FrameRecord } from '../engine/drive/frames';
import { runRestart } from '../engine/drive/restarts';
import type { Iteration } from '../engine/drive/run';
import type { SeedingPasses } from '../engine/drive/seeding';
import type { LatentModel, Params, Rows } from '../engine/model';
import { createModel } from '../engine/models/registry';
import type { Kernels } from '../kernels/kernels';
import { ThreadControl } from './control';
import { SharedKMeans } from './sharedKMeans';
import { viewRows } from './sharedRows';
import type { FitTask, ThreadMessage, TracePoint } from './task';
import { Team } from './team';
import { teamModels } from './teamModels';

/** A run tells how far it is at most this often. */
const reportEveryMs = 100;

type Send = (message: ThreadMessage) => void;

/** What a thread does in a fit: takes restarts until none is left, or helps the thread that does. */
export function runFitTask(
  task: FitTask,
  kernels: Kernels,
  kernelModule: WebAssembly.Module | null,
  send: Send,
): void {
  const rows = viewRows(task.rows);
  const control = new ThreadControl(task.control);
  const isCancelled = (): boolean => control.isCancelled;
  const kMeans =
    task.kMeans && kernelModule && new SharedKMeans(kernelModule, task.kMeans, task.thread, isCancelled);
  const withKMeans =
    (plainEStep: (model: LatentModel) => EStep, wake: () => void) =>
    (model: LatentModel): EStep =>
      kMeans !== null && model.name === 'kmeans' ? kMeans.eStep(plainEStep(model), wake) : plainEStep(model);
  if (task.team === null) {
    const serial = (model: LatentModel): EStep => serialEStep(model, rows, isCancelled);
    takeRestarts(
      task,
      rows,
      kernels,
      control,
      withKMeans(serial, () => undefined),
      () => kMeans?.seeding(rows, () => undefined) ?? null,
      send,
    );
    return;
  }
  const models = teamModels(task.model, task.space, kernels);
  const team = new Team(task.team.memory, models, rows, isCancelled, () => kMeans?.help());
  if (task.team.role === 'follow') {
    team.follow();
    return;
  }
  const shared = (model: LatentModel): EStep => team.eStep(model);
  try {
    takeRestarts(
      task,
      rows,
      kernels,
      control,
      withKMeans(shared, () => team.wake()),
      () => kMeans?.seeding(rows, () => team.wake()) ?? null,
      send,
    );
  } finally {
    team.finish();
  }
}

function takeRestarts(
  task: FitTask,
  rows: Rows,
  kernels: Kernels,
  control: ThreadControl,
  eStepOf: (model: LatentModel) => EStep,
  seeding: () => SeedingPasses | null,
  send: Send,
): void {
  const model = createModel(task.model, task.space, kernels);
  const { algorithm, tolerance, maxIterations, seed, restarts } = task.run;
  const isLate = (): boolean => task.deadline !== null && Date.now() > task.deadline + control.pausedMs;
  let report: Report | null = null;
  const flush = (): void => report?.flush();
  const whyEnd = (): 'cancelled' | 'timeLimit' | null =>
    control.isCancelled ? 'cancelled' : isLate() ? 'timeLimit' : null;
  /** Asked while a start is found too, which may take long: a pause is heeded there. */
  const shouldStop = (): 'cancelled' | 'timeLimit' | null => {
    control.heedPause(flush);
    return whyEnd();
  };

  for (;;) {
    const restart = control.take();
    // The first restart always begins, so that there is something to keep.
    if (restart >= restarts || (restart > 0 && whyEnd() !== null)) return;
    const options = { tolerance, maxIterations, shouldStop };
    const goesOnFrom = task.shortRuns?.[restart] ?? null;
    const { start } = task;
    const how = { algorithm, seed, restart, options, eStepOf, seeding };
    const run = runRestart({ model, rows, start, goesOnFrom, ...how });
    report = new Report(restart, send);
    const frames = new FrameRecord();
    for (;;) {
      control.awaitTurn(flush);
      const step = run.next();
      if (step.done === true) {
        send({ kind: 'restart', restart, outcome: step.value, frames: frames.frames() });
        break;
      }
      report.add(step.value);
      if (task.keepsFrames) frames.add(step.value);
    }
  }
}

/** Collects what a run tells, and passes it on in lots. */
class Report {
  private points: TracePoint[] = [];
  private params: Params | null = null;
  private sent = performance.now();

  constructor(
    private readonly restart: number,
    private readonly send: Send,
  ) {}

  add({ params, ...point }: Iteration): void {
    this.points.push(point);
    this.params = params;
    if (performance.now() - this.sent >= reportEveryMs) this.flush();
  }

  flush(): void {
    const { restart, points, params } = this;
    if (params === null || points.length === 0) return;
    this.send({ kind: 'points', restart, points, params });
    this.points = [];
    this.sent = performance.now();
  }
}
