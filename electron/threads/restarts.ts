import type { RunSpecification, Start, StopReason } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import type { Frame } from '../engine/drive/frames';
import type { Outcome } from '../engine/drive/run';
import { bestShortRuns, tryingRun } from '../engine/drive/shortRuns';
import type { RunStart } from '../engine/drive/starts';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import { chunkCount } from '../engine/rows';
import { TaskControl } from './control';
import type { ThreadPool } from './pool';
import { allocateSharedKMeans, type KMeansTask } from './sharedKMeans';
import { viewRows, type SharedRows } from './sharedRows';
import type { TracePoint } from './task';
import { allocateTeam } from './team';
import { teamModels } from './teamModels';

export interface RestartsRequest {
  readonly rows: SharedRows;
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  /** In units of the fit. */
  readonly start: Start;
  readonly run: RunSpecification;
}

export interface RestartsListener {
  onPoints(restart: number, points: TracePoint[], params: Params): void;
  onOutcome(restart: number, outcome: Outcome): void;
  /** One more short run is over; they come before all restarts. */
  onShortRun(): void;
}

/** What became of all restarts. */
export interface EndedRestarts {
  /** By restart; those that were never begun are absent. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** Iterations of the short run each went on from; 0 without. */
  readonly shortIterations: ReadonlyMap<number, number>;
  /** The best restart as it went; empty when none succeeded. */
  readonly frames: readonly Frame[];
}

/**
 * Runs all restarts, each on a thread of its own while there are enough of them, else one after the other with
 * all threads sharing each E-step. Either way the bits are the same. With short runs, all of those come first, and the
 * restarts go on from the best of them (`shortRuns.ts`).
 */
export async function runRestarts(
  pool: ThreadPool,
  request: RestartsRequest,
  listener: RestartsListener,
  signal: AbortSignal,
  control = new TaskControl(),
): Promise<EndedRestarts> {
  const { run } = request;
  const deadline = run.timeLimitSeconds === undefined ? null : Date.now() + 1000 * run.timeLimitSeconds;
  const task = { request, shortRuns: null, keepsFrames: true, deadline };
  const trying = tryingRun(run);
  if (trying === null) return runAll(pool, task, listener, signal, control);

  const tried = await runAll(
    pool,
    { ...task, request: { ...request, run: trying }, keepsFrames: false },
    {
      onPoints: () => undefined,
      onOutcome: () => listener.onShortRun(),
      onShortRun: () => undefined,
    },
    signal,
    control,
  );
  const chosen = bestShortRuns([...tried.outcomes.values()], run.restarts);
  const iterations = new Map(chosen.map((outcome, restart) => [restart, outcome.iterations]));
  const whyStopped = (): StopReason | null =>
    signal.aborted ? 'cancelled' : deadline !== null && Date.now() > deadline ? 'timeLimit' : null;
  if (whyStopped() === null) control.restart();
  const ended =
    whyStopped() === null
      ? await runAll(
          pool,
          { ...task, request: { ...request, run: { ...run, restarts: chosen.length } }, shortRuns: chosen },
          listener,
          signal,
          control,
        )
      : { ...tried, outcomes: new Map<number, Outcome>() };
  // A run that was stopped before it got further than its short run is where that was.
  const outcomes = new Map(
    chosen.map((before, restart) => {
      const after = ended.outcomes.get(restart);
      const gotNowhere = after === undefined || (!after.ok && after.failure.kind === 'interrupted');
      return [restart, gotNowhere ? stoppedAs(before, whyStopped() ?? 'cancelled') : after];
    }),
  );
  return { outcomes, shortIterations: iterations, frames: ended.frames };
}

const stoppedAs = (outcome: Outcome, stopped: StopReason): Outcome =>
  outcome.ok ? { ...outcome, stopped } : outcome;

interface RestartsTask {
  readonly request: RestartsRequest;
  /** What the restarts go on from, one each; null: each makes a start of its own. */
  readonly shortRuns: readonly Outcome[] | null;
  readonly keepsFrames: boolean;
  readonly deadline: number | null;
}

/** One task of the pool for all restarts of a request. */
async function runAll(
  pool: ThreadPool,
  { request, ...rest }: RestartsTask,
  listener: RestartsListener,
  signal: AbortSignal,
  control: TaskControl,
): Promise<EndedRestarts> {
  const { rows, model, space, start, run } = request;
  const sharesSteps = pool.threads > 1 && run.restarts < pool.threads && chunkCount(rows.n) > 1;
  const team = sharesSteps ? allocateTeam(teamModels(model, space), viewRows(rows), pool.threads) : null;
  const needsKMeans = model.family === 'kmeans' || ('method' in start && start.method === 'kmeans');
  let kMeans: KMeansTask | null = null;
  const taskStart = startForThreads(start);
  const outcomes = new Map<number, Outcome>();
  const best = { restart: Infinity, objective: -Infinity, frames: [] as readonly Frame[] };
  // Of equals the first restart, though it may not be the first to end.
  const isBetter = (restart: number, objective: number): boolean =>
    objective > best.objective || (objective === best.objective && restart < best.restart);
  await pool.run(
    (thread) => {
      // Only now: a fit of the same rows before this one has used the same memory.
      if (thread === 0 && needsKMeans)
        kMeans = allocateSharedKMeans(rows, model.components, pool.threads, sharesSteps);
      return {
        kind: 'fit',
        ...request,
        ...rest,
        start: taskStart,
        control: control.memory,
        team: team && { memory: team, role: thread === 0 ? 'lead' : 'follow' },
        kMeans,
        thread,
      };
    },
    (message) => {
      if (message.kind === 'points') listener.onPoints(message.restart, message.points, message.params);
      if (message.kind === 'restart') {
        const { restart, outcome, frames } = message;
        outcomes.set(restart, outcome);
        if (outcome.ok && isBetter(restart, outcome.objective))
          Object.assign(best, { restart, objective: outcome.objective, frames });
        listener.onOutcome(restart, outcome);
      }
    },
    () => control.cancel(),
    signal,
  );
  return {
    outcomes: new Map([...outcomes].sort(([first], [second]) => first - second)),
    shortIterations: new Map([...outcomes.keys()].map((restart) => [restart, 0])),
    frames: best.frames,
  };
}

/** Labels go to threads in shared memory: an ordinary list is copied number by number for each of them. */
function startForThreads(start: Start): RunStart {
  if (!('labels' in start)) return start;
  const labels = new Float64Array(
    new SharedArrayBuffer(start.labels.length * Float64Array.BYTES_PER_ELEMENT),
  );
  labels.set(start.labels);
  return { labels };
}
