import type { Failure } from '../../shared/failure';
import type {
  FitEvent,
  FitNotice,
  FitSpecification,
  FitSummary,
  RestartSummary,
  Start,
} from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import { informationCriteria } from '../engine/criteria';
import type { Outcome } from '../engine/drive/em';
import { bestOutcome } from '../engine/drive/restarts';
import { canonicalOrder, relabel } from '../engine/identity';
import { createModel } from '../engine/models/registry';
import { fullParameters } from '../engine/models/fullParameters';
import type { LatentModel, Params } from '../engine/model';
import type { Table } from '../files/table';
import { computeMemberships } from '../threads/memberships';
import type { ThreadPool } from '../threads/pool';
import { runRestarts } from '../threads/restarts';
import type { TracePoint } from '../threads/task';
import { positions, type Fit, type Fits } from './fits';
import { isConstant, type PreparedRows } from './prepareRows';
import { clusterProfiles, mostProbable } from './profiles';
import { logJacobian, parametersInFileUnits, startInFitUnits } from './scaling';

/** At most this many progress events a second. */
const eventsPerSecond = 10;

/** Runs within this relative distance of the best objective are said to have reached the same optimum. */
const sameOptimum = 1e-6;

export interface FitRequest {
  readonly table: Table;
  readonly tableId: TableId;
  readonly prepared: PreparedRows;
  readonly specification: FitSpecification;
}

/**
 * Runs every restart of a fit on the pool, keeps the best, and gives each row its cluster. Cancelling keeps the
 * best so far; with nothing to keep it fails as `cancelled`.
 */
export async function runFit(
  pool: ThreadPool,
  fits: Fits,
  request: FitRequest,
  emit: (event: FitEvent) => void,
  signal: AbortSignal,
): Promise<Result<Fit, Failure>> {
  const { prepared, specification, table } = request;
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;

  const model = createModel(specification.model, prepared.rows.d);
  const refused = refuse(prepared, specification);
  if (refused) return failed(refused);
  const start = startOfRows(specification.start, prepared, table.summary.rows);
  if (!start.ok) return start;

  const reported = reportedObjective(model, prepared);
  const progress = new Progress(model, prepared, specification.run.restarts, reported, elapsedMs);
  const ticking = setInterval(() => {
    const event = progress.take();
    if (event) emit(event);
  }, 1000 / eventsPerSecond);
  let outcomes: Map<number, Outcome>;
  try {
    outcomes = await runRestarts(
      pool,
      {
        rows: prepared.shared,
        model: specification.model,
        start: startInFitUnits(start.value, prepared.scaling),
        run: specification.run,
      },
      {
        onPoints: (restart, points, params) => progress.add(restart, points, params),
        onOutcome: () => progress.finishOne(),
      },
      signal,
    );
  } finally {
    clearInterval(ticking);
  }
  const last = progress.take();
  if (last) emit(last);
  emit({ kind: 'finishing', elapsedMs: elapsedMs() });

  const best = bestOutcome(outcomes);
  if (!best) {
    const [first] = outcomes.values();
    if (!first || first.ok) return failed({ kind: 'cancelled' });
    return failed({
      kind: 'fitFailed',
      failure: first.failure,
      restarts: outcomes.size,
      features: [...prepared.features],
    });
  }

  // Only a start of the program's own choosing leaves the order of clusters open.
  const order = 'method' in specification.start ? canonicalOrder(model, best.outcome.params) : null;
  const params = order ? relabel(model, best.outcome.params, order) : best.outcome.params;
  const { memberships, logDensity } = await computeMemberships(
    pool,
    prepared.shared,
    specification.model,
    params,
  );
  const k = model.components;
  const label = mostProbable(memberships, prepared.rows.n, k);
  const objective = reported.value(best.outcome.objective);
  const isMixture = model.capabilities.objective === 'logLikelihood';
  if (isMixture) {
    const perRow = logJacobian(prepared.scaling, 1);
    for (let i = 0; i < logDensity.length; i++) logDensity[i] += perRow;
  }

  const restarts = [...outcomes].map(([restart, outcome]) => restartSummary(restart, outcome, reported));
  const summary: FitSummary = {
    fit: fits.newId(),
    table: request.tableId,
    specification,
    objective: isMixture ? 'logLikelihood' : 'distortion',
    criteria: isMixture
      ? {
          logLikelihood: objective,
          ...informationCriteria(objective, model.parameterCount(), prepared.rows.n, memberships),
        }
      : { distortion: objective },
    parameterCount: model.parameterCount(),
    parameters: parametersInFileUnits(fullParameters(model, params), prepared.scaling),
    profiles: clusterProfiles(prepared, memberships, label, k),
    overall: { mean: prepared.overall.mean, sd: prepared.overall.sd },
    rowsUsed: prepared.rows.n,
    rowsLeftOut: prepared.rowsLeftOut,
    restarts,
    bestRestart: best.restart,
    restartsAtBest: [...outcomes.values()].filter(
      (outcome) =>
        outcome.ok &&
        Math.abs(outcome.objective - best.outcome.objective) <=
          sameOptimum * Math.abs(best.outcome.objective),
    ).length,
    stopped: best.outcome.stopped,
    iterations: best.outcome.iterations,
    notices: notices(best.outcome.notices, prepared, order),
    scaling: { mean: [...prepared.scaling.mean], sd: [...prepared.scaling.sd] },
    threads: pool.threads,
    elapsedMs: elapsedMs(),
  };
  const fit: Fit = {
    summary,
    table,
    position: positions(prepared.tableRow, table.summary.rows),
    label,
    memberships,
    logDensity,
  };
  fits.add(fit);
  return ok(fit);
}

/** What can be seen to fail before any thread is troubled. */
function refuse(prepared: PreparedRows, specification: FitSpecification): Failure | null {
  const { mean, sd } = prepared.overall;
  const constant = sd.findIndex((value, j) => isConstant(value, mean[j]));
  // A mixture needs a variance; k-means can live with a column that never differs.
  if (specification.model.family !== 'kmeans' && constant >= 0)
    return { kind: 'constantColumn', column: prepared.features[constant], value: mean[constant] };
  return null;
}

/** A start that speaks of rows of the table, of the rows used instead. */
function startOfRows(start: Start, prepared: PreparedRows, tableRows: number): Result<Start, Failure> {
  const given =
    'labels' in start ? start.labels : 'responsibilities' in start ? start.responsibilities : null;
  if (given === null) return ok(start);
  if (given.length !== tableRows)
    return failed({
      kind: 'badRequest',
      path: 'labels' in start ? 'start.labels' : 'start.responsibilities',
      problem: `${given.length} are given for a table of ${tableRows} rows`,
    });
  const used = Array.from(prepared.tableRow);
  return ok(
    'labels' in start
      ? { labels: used.map((row) => start.labels[row]) }
      : 'responsibilities' in start
        ? { responsibilities: used.map((row) => start.responsibilities[row]) }
        : start,
  );
}

/** The engine's objective (larger is better, units of the fit) as a person is shown it. */
interface ReportedObjective {
  value(objective: number): number;
}

function reportedObjective(model: LatentModel, prepared: PreparedRows): ReportedObjective {
  if (model.capabilities.objective === 'negativeDistortion') return { value: (objective) => -objective };
  const shift = logJacobian(prepared.scaling, prepared.totalWeight);
  return { value: (objective) => objective + shift };
}

function restartSummary(restart: number, outcome: Outcome, reported: ReportedObjective): RestartSummary {
  return {
    restart,
    outcome: outcome.ok
      ? {
          ok: true,
          objective: reported.value(outcome.objective),
          iterations: outcome.iterations,
          stopped: outcome.stopped,
        }
      : { ok: false, failure: outcome.failure, iterations: outcome.iterations },
    trace: Float64Array.from(outcome.trace, (objective) => reported.value(objective)),
  };
}

function notices(
  own: readonly FitNotice[],
  prepared: PreparedRows,
  order: readonly number[] | null,
): FitNotice[] {
  const renamed = own.map((notice) =>
    notice.kind === 'relocatedCluster' && order
      ? { ...notice, component: order.indexOf(notice.component) }
      : notice,
  );
  return prepared.rowsLeftOut > 0
    ? [...renamed, { kind: 'rowsLeftOut', rows: prepared.rowsLeftOut }]
    : renamed;
}

/** Collects what threads report between two progress events. */
class Progress {
  private points: { restart: number; iteration: number; objective: number }[] = [];
  private leading: { restart: number; iteration: number; objective: number; params: Params } | null = null;
  private finished = 0;
  private hasNews = false;

  constructor(
    private readonly model: LatentModel,
    private readonly prepared: PreparedRows,
    private readonly restarts: number,
    private readonly reported: ReportedObjective,
    private readonly elapsedMs: () => number,
  ) {}

  add(restart: number, points: readonly TracePoint[], params: Params): void {
    const last = points.at(-1);
    if (!last) return;
    this.hasNews = true;
    for (const point of points)
      this.points.push({
        restart,
        iteration: point.iteration,
        objective: this.reported.value(point.objective),
      });
    if (!this.leading || this.leading.restart === restart || last.objective > this.leading.objective)
      this.leading = { restart, iteration: last.iteration, objective: last.objective, params };
  }

  finishOne(): void {
    this.finished++;
    this.hasNews = true;
  }

  /** What is new since the last event; null when nothing is. */
  take(): FitEvent | null {
    if (!this.hasNews) return null;
    this.hasNews = false;
    const points = this.points;
    this.points = [];
    return {
      kind: 'progress',
      elapsedMs: this.elapsedMs(),
      fraction: this.finished === 0 ? null : Math.min(1, this.finished / this.restarts),
      points,
      leading: this.leading && {
        restart: this.leading.restart,
        iteration: this.leading.iteration,
        parameters: parametersInFileUnits(
          fullParameters(this.model, this.leading.params),
          this.prepared.scaling,
        ),
      },
    };
  }
}
