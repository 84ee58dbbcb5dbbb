import type { RunSpecification, Start } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import type { Outcome } from '../engine/drive/run';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import { chunkCount } from '../engine/rows';
import type { ThreadPool } from './pool';
import { allocateSharedKMeans, type KMeansTask } from './sharedKMeans';
import { viewRows, type SharedRows } from './sharedRows';
import { controlWord, type TracePoint } from './task';
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
}

/**
 * Runs all restarts, each on a thread of its own while there are enough of them, else one after the other with
 * all threads sharing each E-step. Either way the bits are the same. Resolves with the outcomes by restart;
 * those that were never begun are absent.
 */
export async function runRestarts(
  pool: ThreadPool,
  request: RestartsRequest,
  listener: RestartsListener,
  signal: AbortSignal,
): Promise<Map<number, Outcome>> {
  const { rows, model, space, start, run } = request;
  const control = new SharedArrayBuffer(controlWord.length * Int32Array.BYTES_PER_ELEMENT);
  const sharesSteps = pool.threads > 1 && run.restarts < pool.threads && chunkCount(rows.n) > 1;
  const team = sharesSteps ? allocateTeam(teamModels(model, space), viewRows(rows), pool.threads) : null;
  const needsKMeans = model.family === 'kmeans' || ('method' in start && start.method === 'kmeans');
  let kMeans: KMeansTask | null = null;
  const deadline = run.timeLimitSeconds === undefined ? null : Date.now() + 1000 * run.timeLimitSeconds;
  const outcomes = new Map<number, Outcome>();
  await pool.run(
    (thread) => {
      // Only now: a fit of the same rows before this one has used the same memory.
      if (thread === 0 && needsKMeans)
        kMeans = allocateSharedKMeans(rows, model.components, pool.threads, sharesSteps);
      return {
        kind: 'fit',
        ...request,
        deadline,
        control,
        team: team && { memory: team, role: thread === 0 ? 'lead' : 'follow' },
        kMeans,
        thread,
      };
    },
    (message) => {
      if (message.kind === 'points') listener.onPoints(message.restart, message.points, message.params);
      if (message.kind === 'restart') {
        outcomes.set(message.restart, message.outcome);
        listener.onOutcome(message.restart, message.outcome);
      }
    },
    () => Atomics.store(new Int32Array(control), controlWord.cancel, 1),
    signal,
  );
  return new Map([...outcomes].sort(([first], [second]) => first - second));
}
