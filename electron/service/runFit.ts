import type { Failure } from '../../shared/failure';
import type { FitEvent, FitSpecification, Start } from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import type { Outcome } from '../engine/drive/run';
import { bestOutcome } from '../engine/drive/restarts';
import { createModel } from '../engine/models/registry';
import type { Table } from '../files/table';
import { computeMemberships } from '../threads/memberships';
import type { ThreadPool } from '../threads/pool';
import { runRestarts } from '../threads/restarts';
import { FitProgress } from './fitProgress';
import type { Fit, Fits } from './fits';
import { isConstant, type PreparedRows } from './prepareRows';
import { reportedObjective } from './reportedObjective';
import { startInFitUnits } from './scaling';
import { summariseFit, type BestRestart } from './summariseFit';

const eventsPerSecond = 10;

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
  const refused = refuse(prepared, specification);
  if (refused) return failed(refused);
  const start = startOfRows(specification.start, prepared, table.summary.rows);
  if (!start.ok) return start;

  const model = createModel(specification.model, prepared.rows.d);
  const reported = reportedObjective(model, prepared);
  const progress = new FitProgress(specification.run.restarts, prepared.scaling, reported, elapsedMs);
  const report = (): void => {
    const event = progress.take();
    if (event) emit(event);
  };
  const reporting = setInterval(report, 1000 / eventsPerSecond);
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
    clearInterval(reporting);
  }
  report();
  emit({ kind: 'finishing', elapsedMs: elapsedMs() });

  const best = bestOf(outcomes);
  if (!best) return failed(whyNothing(outcomes, prepared.features));
  const { memberships, logDensity } = await computeMemberships(
    pool,
    prepared.shared,
    specification.model,
    best.outcome.params,
  );
  const fit = summariseFit(request, model, outcomes, best, memberships, logDensity, {
    fit: fits.newId(),
    threads: pool.threads,
    elapsedMs: elapsedMs(),
  });
  fits.add(fit);
  return ok(fit);
}

/** What can be seen to fail before any thread is troubled. */
function refuse(prepared: PreparedRows, specification: FitSpecification): Failure | null {
  const { mean, sd } = prepared.overall;
  const constant = sd.findIndex((value, j) => isConstant(value, mean[j]));
  // A mixture needs a variance; k-means can live with a column that never differs.
  if (specification.model.family === 'kmeans' || constant < 0) return null;
  return { kind: 'constantColumn', column: prepared.features[constant], value: mean[constant] };
}

/** A start that speaks of rows of the table, of the rows used instead. */
function startOfRows(start: Start, prepared: PreparedRows, tableRows: number): Result<Start, Failure> {
  const ofUsed = <T>(name: string, given: readonly T[]): Result<T[], Failure> =>
    given.length === tableRows
      ? ok(Array.from(prepared.tableRow, (row) => given[row]))
      : failed({
          kind: 'badRequest',
          path: `start.${name}`,
          problem: `${given.length} are given for a table of ${tableRows} rows`,
        });
  if ('labels' in start) {
    const labels = ofUsed('labels', start.labels);
    return labels.ok ? ok({ labels: labels.value }) : labels;
  }
  if ('responsibilities' in start) {
    const responsibilities = ofUsed('responsibilities', start.responsibilities);
    return responsibilities.ok ? ok({ responsibilities: responsibilities.value }) : responsibilities;
  }
  return ok(start);
}

/** The restart with the largest objective; null when none succeeded. */
function bestOf(outcomes: ReadonlyMap<number, Outcome>): BestRestart | null {
  const list = [...outcomes];
  const index = bestOutcome(list.map(([, outcome]) => outcome));
  if (index === null) return null;
  const [restart, outcome] = list[index];
  return outcome.ok ? { restart, outcome } : null;
}

/** Why no restart has anything to show: its own reason, unless it was stopped before it had begun. */
function whyNothing(outcomes: ReadonlyMap<number, Outcome>, features: readonly string[]): Failure {
  for (const outcome of outcomes.values()) {
    if (!outcome.ok && outcome.failure.kind !== 'interrupted')
      return {
        kind: 'fitFailed',
        failure: outcome.failure,
        restarts: outcomes.size,
        features: [...features],
      };
  }
  return { kind: 'cancelled' };
}
