import type { Failure } from '../../shared/failure';
import { familyTraits } from '../../shared/families';
import type { FitEvent, FitSpecification, RunSpecification, Start } from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import { algorithmProblem } from '../engine/drive/algorithms';
import type { Outcome } from '../engine/drive/run';
import { bestOutcome } from '../engine/drive/restarts';
import type { LatentModel } from '../engine/model';
import { createModel } from '../engine/models/registry';
import { priorProblem, resolvePrior } from '../engine/models/resolvePrior';
import { scalePrior } from '../engine/scaling';
import type { Table } from '../files/table';
import type { TaskControl } from '../threads/control';
import { computeMemberships } from '../threads/memberships';
import type { ThreadPool } from '../threads/pool';
import { runRestarts, type EndedRestarts } from '../threads/restarts';
import { FitProgress } from './fitProgress';
import { positions, type Fit, type Fits } from './fits';
import { labelProblem, type PreparedRows } from './prepareRows';
import { reportedObjective } from './reportedObjective';
import { isConstant } from './scaling';
import { startMemberships } from './startMemberships';
import { summariseFit, type BestRestart } from './summariseFit';
import { parametersInFileUnits, startInFitUnits } from './units';

const eventsPerSecond = 10;

export interface FitRequest {
  readonly table: Table;
  readonly tableId: TableId;
  readonly prepared: PreparedRows;
  readonly specification: FitSpecification;
}

/** What a run is steered by, and what it tells. */
export interface RunContext {
  readonly emit: (event: FitEvent) => void;
  readonly signal: AbortSignal;
  readonly control: TaskControl;
}

/**
 * Runs every restart of a fit on the pool, keeps the best, and gives each row its cluster. Cancelling keeps the
 * best so far; with nothing to keep it fails as `cancelled`.
 */
export async function runFit(
  pool: ThreadPool,
  fits: Fits,
  request: FitRequest,
  { emit, signal, control }: RunContext,
): Promise<Result<Fit, Failure>> {
  const { prepared, specification, table } = request;
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const made = modelOf(prepared, specification);
  if (!made.ok) return made;
  const model = made.value;
  const position = positions(prepared.tableRow, table.summary.rows);
  const start = startOfRows(specification.start, prepared, table.summary.rows, model.components);
  if (!start.ok) return start;

  const progress = new FitProgress(
    specification.run.restarts,
    (params) => parametersInFileUnits(params, prepared.scaling, model.components),
    reportedObjective(model, prepared),
    elapsedMs,
  );
  const report = (): void => {
    const event = progress.take();
    if (event) emit(event);
  };
  const reporting = setInterval(report, 1000 / eventsPerSecond);
  let ended: EndedRestarts;
  try {
    ended = await runRestarts(
      pool,
      {
        rows: prepared.shared,
        model: model.specification,
        space: prepared.space,
        start: startInFitUnits(start.value, prepared.scaling, prepared.features),
        run: runOfRows(specification.run, position),
      },
      {
        onPoints: (restart, points, params) => progress.add(restart, points, params),
        onOutcome: () => progress.finishOne(),
        onShortRun: () => progress.notice(),
      },
      signal,
      control,
    );
  } finally {
    clearInterval(reporting);
  }
  report();
  emit({ kind: 'finishing', elapsedMs: elapsedMs() });

  const best = bestOf(ended.outcomes);
  if (!best) return failed(whyNothing(ended.outcomes, prepared));
  const { memberships, logDensity } = await computeMemberships(
    pool,
    prepared.shared,
    model.specification,
    prepared.space,
    best.outcome.params,
  );
  const fit = summariseFit({
    request,
    model,
    ended,
    best,
    given: startMemberships(start.value, prepared.rows, model.components),
    memberships,
    logDensity,
    facts: {
      fit: fits.newId(),
      threads: pool.threads,
      kernels: pool.isCompiled ? 'WebAssembly SIMD' : 'TypeScript',
      elapsedMs: elapsedMs(),
    },
  });
  fits.add(fit);
  return ok(fit);
}

/** The model of a specification, in units of the fit; or what can be seen to fail before any thread is troubled. */
export function modelOf(
  prepared: PreparedRows,
  specification: FitSpecification,
): Result<LatentModel, Failure> {
  const { rows, space, scaling } = prepared;
  const badRequest = (path: string, problem: string) =>
    failed({ kind: 'badRequest' as const, path, problem });
  const constant = constantFeature(prepared, specification);
  if (constant) return failed(constant);
  if (prepared.labels > 0 && !familyTraits[specification.model.family].hasLikelihood)
    return badRequest('preparation.labels', 'k-means cannot be told the clusters of rows');
  const labels = labelProblem(prepared, specification.preparation, specification.model);
  if (labels) return failed(labels);
  const prior = priorProblem(specification.model, space);
  if (prior !== null) return badRequest('model.prior.normal', prior);
  const model = createModel(resolvePrior(scalePrior(specification.model, scaling), rows, space), space);
  const { algorithm } = specification.run;
  const problem = algorithm === undefined ? null : algorithmProblem(model, algorithm);
  return problem === null ? ok(model) : badRequest('run.algorithm', problem);
}

/** A mixture that estimates variances needs one in every number; k-means can live with a column that never differs. */
function constantFeature({ overall, features }: PreparedRows, { model }: FitSpecification): Failure | null {
  if (!('covariance' in model) || model.covariance === 'fixed') return null;
  const constant = overall.sd.findIndex((sd, a) => isConstant(sd, overall.mean[a]));
  if (constant < 0) return null;
  const { name } = features.filter(({ kind }) => kind === 'number')[constant];
  return { kind: 'constantColumn', column: name, value: overall.mean[constant] };
}

/** A run whose order of rows speaks of rows of the table, of the rows used instead; others are passed over. */
function runOfRows(run: RunSpecification, position: Int32Array): RunSpecification {
  const { algorithm } = run;
  if (algorithm?.name !== 'online' || algorithm.order === undefined) return run;
  // A row that the table does not have is left for the engine to refuse.
  const order = algorithm.order.map((row) => position.at(row) ?? row).filter((row) => row >= 0);
  return { ...run, algorithm: { ...algorithm, order } };
}

/** A start that speaks of rows of the table, of the rows used instead. */
function startOfRows(
  start: Start,
  prepared: PreparedRows,
  tableRows: number,
  components: number,
): Result<Start, Failure> {
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
  if ('responsibilities' in start && start.responsibilities !== undefined) {
    const wrong = start.responsibilities.findIndex((shares) => !areShares(shares, components));
    if (wrong !== -1)
      return failed({
        kind: 'badRequest',
        path: `start.responsibilities.${wrong}`,
        problem: `must be ${components} shares that sum to one`,
      });
    const responsibilities = ofUsed('responsibilities', start.responsibilities);
    return responsibilities.ok
      ? ok({ ...start, responsibilities: responsibilities.value })
      : responsibilities;
  }
  return ok(start);
}

function areShares(shares: readonly number[], components: number): boolean {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.length === components && shares.every((share) => share >= 0) && Math.abs(total - 1) <= 1e-6;
}

/** The restart with the largest objective; null when none succeeded. */
function bestOf(outcomes: ReadonlyMap<number, Outcome>): BestRestart | null {
  const list = [...outcomes];
  const index = bestOutcome(list.map(([, outcome]) => outcome));
  if (index === null) return null;
  const [restart, outcome] = list[index];
  return outcome.ok ? { restart, outcome } : null;
}

/**
 * Why no restart has anything to show: its own reason, unless it was stopped before it had begun. The engine counts
 * features of covariances among the numbers.
 */
function whyNothing(outcomes: ReadonlyMap<number, Outcome>, { features }: PreparedRows): Failure {
  for (const outcome of outcomes.values()) {
    if (!outcome.ok && outcome.failure.kind !== 'interrupted')
      return {
        kind: 'fitFailed',
        failure: outcome.failure,
        restarts: outcomes.size,
        features: features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : [])),
      };
  }
  return { kind: 'cancelled' };
}
