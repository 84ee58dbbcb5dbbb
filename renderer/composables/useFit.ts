import { shallowRef, type ShallowRef } from 'vue';
import type { CallBody } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { FitFeature } from '../../shared/features';
import type { FitEvent, FitSpecification, FitSummary } from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import { emptyTrace, extendTrace } from '../../shared/trace';
import type { TraceRun } from '../charts/traceRuns';
import { useSteeredRun, type SteeredRun } from './useSteeredRun';

const tracePoints = 4000; // a start; more than is drawn, so that thinning does not show

/** What is being fitted, from its start until the next one. */
export interface FitUnderWay {
  readonly table: TableId;
  readonly specification: FitSpecification;
}

/** The newest state of the runs; `leading` and `points` are what changed since the one before. */
export type FitProgress = Extract<FitEvent, { kind: 'progress' }>;

export type SteerCommand = CallBody<'fit.steer'>['command'];

export interface FitRun extends Omit<SteeredRun<'fit.run'>, 'start'> {
  /** The fit whose events, answer or failure the other fields show; null before the first. */
  readonly underWay: Readonly<ShallowRef<FitUnderWay | null>>;
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
  /**
   * Starts a fit in place of any that runs; `paused`: its first iteration waits for a step. Gives its summary, or
   * null when it failed or was replaced.
   */
  start(table: TableId, specification: FitSpecification, paused?: boolean): Promise<FitSummary | null>;
}

/** One fit at a time, with what it tells on its way; nothing of an older one is ever shown. */
export function useFit(service: ServiceClient): FitRun {
  const run = useSteeredRun(service, 'fit.run');
  const underWay = shallowRef<FitUnderWay | null>(null);
  const features = shallowRef<readonly FitFeature[] | null>(null);
  const isFinishing = shallowRef(false);
  const progress = shallowRef<FitProgress | null>(null);
  const traces = shallowRef<readonly TraceRun[]>([]);
  const leading = shallowRef<FitProgress['leading']>(null);
  const summary = shallowRef<FitSummary | null>(null);

  function reset(): void {
    run.reset();
    underWay.value = null;
    features.value = null;
    isFinishing.value = false;
    progress.value = null;
    traces.value = [];
    leading.value = null;
    summary.value = null;
  }

  async function start(
    table: TableId,
    specification: FitSpecification,
    paused = false,
  ): Promise<FitSummary | null> {
    reset();
    const own = { table, specification };
    underWay.value = own;
    const answer = await run.start({ ...own, paused }, follow);
    if (underWay.value !== own) return null;
    isFinishing.value = false;
    summary.value = answer;
    return answer;
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

  return { ...run, underWay, features, isFinishing, progress, traces, leading, summary, start, reset };
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
