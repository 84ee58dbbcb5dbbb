import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { CallBody } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import type { FitFeature } from '../../shared/features';
import type { FitEvent, FitSpecification, FitSummary } from '../../shared/fit';
import { runId, type RunId, type TableId } from '../../shared/ids';
import { failed, type Result } from '../../shared/result';
import { emptyTrace, extendTrace } from '../../shared/trace';
import type { TraceRun } from '../charts/convergenceChart';

const tracePoints = 4000; // a start; more than is drawn, so that thinning does not show

/** What is being fitted, from its start until the next one. */
export interface FitUnderWay {
  readonly table: TableId;
  readonly specification: FitSpecification;
}

/** The newest state of the runs; `leading` and `points` are what changed since the one before. */
export type FitProgress = Extract<FitEvent, { kind: 'progress' }>;

export type SteerCommand = CallBody<'fit.steer'>['command'];

export interface FitRun {
  /** The fit whose events, answer or failure the other fields show; null before the first. */
  readonly underWay: Readonly<ShallowRef<FitUnderWay | null>>;
  readonly isRunning: Readonly<ShallowRef<boolean>>;
  /** True from asking for the best so far until it is there. */
  readonly isCancelling: Readonly<ShallowRef<boolean>>;
  /** True while the runs wait for a step or to go on. */
  readonly isPaused: Readonly<ShallowRef<boolean>>;
  readonly progress: Readonly<ShallowRef<FitProgress | null>>;
  /** How the features of the fit under way were read; null until they are. */
  readonly features: Readonly<ShallowRef<readonly FitFeature[] | null>>;
  /** True once the runs are over and the rows are being given to their clusters. */
  readonly isFinishing: Readonly<ShallowRef<boolean>>;
  /** The objective of every start so far. */
  readonly traces: Readonly<ShallowRef<readonly TraceRun[]>>;
  /** The components of the run that leads, kept while no newer ones come. */
  readonly leading: Readonly<ShallowRef<FitProgress['leading']>>;
  readonly summary: Readonly<ShallowRef<FitSummary | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /**
   * Starts a fit in place of any that runs; `paused`: its first iteration waits for a step. Gives its summary, or
   * null when it failed or was replaced.
   */
  start(table: TableId, specification: FitSpecification, paused?: boolean): Promise<FitSummary | null>;
  /** Makes the runs wait, go on, or make one iteration each and wait. */
  steer(command: SteerCommand): Promise<Result<unknown, Failure>>;
  /** Asks a running fit for its best so far. */
  cancel(): void;
  /** Forgets what was shown, and stops what runs. */
  reset(): void;
}

/**
 * Starts, follows and cancels one fit at a time. Each start has a number: events, answers and failures of an
 * older one are dropped, however late they come. Stops what runs when its scope ends.
 */
export function useFit(service: ServiceClient): FitRun {
  const underWay = shallowRef<FitUnderWay | null>(null);
  const isRunning = shallowRef(false);
  const isCancelling = shallowRef(false);
  const isPaused = shallowRef(false);
  const features = shallowRef<readonly FitFeature[] | null>(null);
  const isFinishing = shallowRef(false);
  const progress = shallowRef<FitProgress | null>(null);
  const traces = shallowRef<readonly TraceRun[]>([]);
  const leading = shallowRef<FitProgress['leading']>(null);
  const summary = shallowRef<FitSummary | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let runNumber = 0;
  let controller: AbortController | null = null;
  /** How the service knows the run under way. */
  let runName: RunId | null = null;

  function reset(): void {
    runNumber++;
    controller?.abort();
    controller = null;
    runName = null;
    underWay.value = null;
    isRunning.value = false;
    isCancelling.value = false;
    isPaused.value = false;
    features.value = null;
    isFinishing.value = false;
    progress.value = null;
    traces.value = [];
    leading.value = null;
    summary.value = null;
    failure.value = null;
  }

  async function start(
    table: TableId,
    specification: FitSpecification,
    paused = false,
  ): Promise<FitSummary | null> {
    reset();
    const run = runNumber;
    controller = new AbortController();
    runName = runId.parse(crypto.randomUUID());
    underWay.value = { table, specification };
    isRunning.value = true;
    isPaused.value = paused;
    const answer = await service.call(
      'fit.run',
      { table, specification, run: runName, paused },
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (run === runNumber) follow(event);
        },
      },
    );
    if (run !== runNumber) return null;
    isRunning.value = false;
    isCancelling.value = false;
    isPaused.value = false;
    isFinishing.value = false;
    controller = null;
    runName = null;
    if (!answer.ok) {
      failure.value = answer.failure;
      return null;
    }
    summary.value = answer.value;
    return answer.value;
  }

  function follow(event: FitEvent): void {
    if (event.kind === 'begun') {
      features.value = event.features;
      return;
    }
    if (event.kind === 'finishing') {
      isFinishing.value = true;
      return;
    }
    progress.value = event;
    if (event.points.length > 0) traces.value = extended(traces.value, event.points);
    if (event.leading) leading.value = event.leading;
  }

  async function steer(command: SteerCommand): Promise<Result<unknown, Failure>> {
    if (runName === null) return failed({ kind: 'unknownFit' });
    isPaused.value = command !== 'resume';
    return service.call('fit.steer', { run: runName, command });
  }

  function cancel(): void {
    if (!controller) return;
    isCancelling.value = true;
    isPaused.value = false;
    controller.abort();
  }

  onScopeDispose(reset);
  return {
    underWay,
    isRunning,
    isCancelling,
    isPaused,
    features,
    isFinishing,
    progress,
    traces,
    leading,
    summary,
    failure,
    start,
    steer,
    cancel,
    reset,
  };
}

function extended(traces: readonly TraceRun[], points: FitProgress['points']): readonly TraceRun[] {
  const added = new Map<number, FitProgress['points']>();
  for (const point of points) {
    const others = added.get(point.restart);
    if (others) others.push(point);
    else added.set(point.restart, [point]);
  }
  const byRestart = new Map(traces.map((run) => [run.restart, run.trace]));
  for (const [restart, news] of added)
    byRestart.set(restart, extendTrace(byRestart.get(restart) ?? emptyTrace, news, tracePoints));
  return Array.from(byRestart, ([restart, trace]) => ({ restart, trace }));
}
