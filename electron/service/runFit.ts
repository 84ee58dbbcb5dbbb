import type { Failure } from '../../shared/failure';
import { familyTraits } from '../../shared/families';
import type { FitEvent, FitSpecification } from '../../shared/fit';
import { failed, ok, type Result } from '../../shared/result';
import { algorithmProblem } from '../engine/drive/algorithms';
import type { LatentModel } from '../engine/model';
import { createModel } from '../engine/models/registry';
import { priorProblem, resolvePrior } from '../engine/models/resolvePrior';
import { scalePrior } from '../engine/scaling';
import type { TaskControl } from '../threads/control';
import type { ThreadPool } from '../threads/pool';
import { runRestarts, type EndedRestarts } from '../threads/restarts';
import { finishFit } from './finishFit';
import { FitProgress } from './fitProgress';
import type { FitRequest } from './fitRequest';
import { positions, type Fit, type Fits } from './fits';
import { runOfRows, startOfRows } from './ofRows';
import { labelProblem, type PreparedRows } from './preparation/prepareRows';
import { reportedObjective } from './reportedObjective';
import { isConstant } from './preparation/scaling';
import { parametersInFileUnits, startInFitUnits } from './units';

const eventsPerSecond = 10;

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
  emit({ kind: 'begun', features: [...prepared.features] });
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

  return finishFit(pool, fits, { request, model, ended, start: start.value }, elapsedMs);
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
  if (prepared.labels.length > 0 && !familyTraits[specification.model.family].hasLikelihood)
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
