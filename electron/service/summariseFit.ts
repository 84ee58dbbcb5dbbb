import type {
  ComponentParameters,
  FitCriteria,
  FitNotice,
  FitSpecification,
  FitSummary,
  HalfSteps,
  ObjectiveKind,
  RestartSummary,
  Start,
} from '../../shared/fit';
import type { FitId } from '../../shared/ids';
import { hasPrior } from '../../shared/model';
import { boundOf } from '../engine/bound';
import { clusterSizes } from '../engine/clusterSizes';
import { aic, bic, icl } from '../engine/criteria';
import type { Outcome } from '../engine/drive/run';
import { canonicalOrder, relabel } from '../engine/identity';
import type { LatentModel, Params } from '../engine/model';
import { mostProbable } from '../engine/mostProbable';
import type { EndedRestarts } from '../threads/restarts';
import { positions, type Fit } from './fits';
import { clusterProfiles, overallProfile, reorderColumns } from './profiles';
import { addRowShifts, reportedObjective, type ReportedObjective } from './reportedObjective';
import type { FitRequest } from './fitRequest';
import { momentsInFileUnits, parametersInFileUnits } from './units';

export interface BestRestart {
  readonly restart: number;
  readonly outcome: Extract<Outcome, { ok: true }>;
}

/** Runs within this relative distance of the best objective are said to have reached the same optimum. */
const sameOptimum = 1e-6;

/** Past so many coordinates the covariance of the whole mixture is no more than a burden. By taste. */
const mostMomentCoordinates = 200;

/** What `summariseFit` makes a fit of. */
export interface FinishedRun {
  readonly request: FitRequest;
  readonly model: LatentModel;
  readonly ended: EndedRestarts;
  readonly best: BestRestart;
  /** Memberships that the start gave, n x K. */
  readonly given: Float64Array | null;
  /** At the best parameters, n x K and n; changed in place and kept. */
  readonly memberships: Float64Array;
  readonly logDensity: Float64Array;
  /** Whether the compiled kernels ran. */
  readonly isCompiled: boolean;
  readonly facts: Pick<FitSummary, 'threads' | 'elapsedMs'> & { readonly fit: FitId };
}

/** A finished fit from its outcomes and the memberships and log densities at the best parameters. */
export function summariseFit(run: FinishedRun): Fit {
  const { request, model, ended, best, memberships, logDensity, facts } = run;
  const { prepared, specification, table, tableId } = request;
  const { n } = prepared.rows;
  const k = model.components;
  const isMixture = model.likelihood !== null;
  const reported = reportedObjective(model, prepared);

  // Only a start of the program's own choosing leaves the order of clusters open; known labels fix it.
  const order =
    'method' in specification.start && prepared.labels.length === 0
      ? canonicalOrder(
          clusterSizes(memberships, n, k, prepared.rows.weight),
          distinguishing(best.outcome.params),
        )
      : null;
  const inOrder = (params: Params): Params => (order ? relabel(params, model.shape, order) : params);
  const params = inOrder(best.outcome.params);
  if (order) reorderColumns(memberships, n, order);
  if (isMixture) addRowShifts(logDensity, prepared);
  const label = mostProbable(memberships, n, k);
  const profiles = clusterProfiles(prepared, memberships, label, k);
  const objective = objectiveOf(specification, isMixture);
  const value = reported(best.outcome.objective);
  const moments = momentsOf(model, params);
  const ownWeight = { weight: Float64Array.from(profiles, ({ share }) => share) };

  return {
    table,
    model,
    params,
    reported,
    frames: ended.frames.map((frame) => ({ ...frame, params: inOrder(frame.params) })),
    position: positions(prepared.tableRow, table.summary.rows),
    label,
    memberships,
    logDensity,
    summary: {
      ...facts,
      kernels: run.isCompiled ? 'WebAssembly SIMD' : 'TypeScript',
      table: tableId,
      specification,
      features: [...prepared.features],
      objective,
      criteria: isMixture ? likelihoodCriteria(run, objective, value, label) : { distortion: value },
      parameterCount: model.parameterCount(),
      parameters: asMeasured(
        specification.start,
        best.outcome.iterations,
        parametersInFileUnits({ ...ownWeight, ...params }, prepared.scaling, k),
      ),
      profiles,
      overall: overallProfile(prepared),
      missingCells: prepared.missingCells,
      labelledRows: prepared.labelledRows,
      labels: [...prepared.labels],
      mixture: moments && momentsInFileUnits(moments, prepared.scaling, prepared.space),
      rowsUsed: n,
      rowsLeftOut: prepared.rowsLeftOut,
      restarts: restartSummaries(run, reported),
      bestRestart: best.restart,
      restartsAtBest: countAtBest(ended.outcomes, best.outcome.objective),
      stopped: best.outcome.stopped,
      iterations: best.outcome.iterations,
      notices: notices(run, order),
      scaling: { mean: [...prepared.scaling.mean], sd: [...prepared.scaling.sd] },
    },
  };
}

/** Parameters that were given and only measured are reported as they were given, to the last bit. */
function asMeasured(start: Start, iterations: number, found: ComponentParameters): ComponentParameters {
  if (iterations > 0 || !('parameters' in start)) return found;
  const { weights, means, covariances } = start.parameters;
  return {
    ...found,
    weight: Float64Array.from(weights),
    mean: Float64Array.from(means.flat()),
    covariance: found.covariance && Float64Array.from(covariances.flat(2)),
  };
}

/** K x what tells components of equal size apart. */
export const distinguishing = (params: Params): Float64Array =>
  (params as Partial<Params>).mean ?? (params as Partial<Params>).probability ?? params.category;

function objectiveOf({ model, run }: FitSpecification, isMixture: boolean): ObjectiveKind {
  if (!isMixture) return 'distortion';
  if (run.algorithm?.name === 'hard') return 'classificationLogLikelihood';
  return hasPrior(model) ? 'logPosterior' : 'logLikelihood';
}

/** Means and covariances of whole components; null: the model has none, or they would be too many to send. */
export function momentsOf(model: LatentModel, params: Params) {
  const widths = model.space.map((feature) => (feature.kind === 'category' ? feature.levels : 1));
  const coordinates = widths.reduce((sum, width) => sum + width, 0);
  return coordinates <= mostMomentCoordinates ? (model.likelihood?.moments(params) ?? null) : null;
}

/** Criteria by the plain log-likelihood, whatever was maximised; `logDensity` is in units of the file by now. */
function likelihoodCriteria(
  { model, request, memberships, logDensity, best }: FinishedRun,
  objective: ObjectiveKind,
  value: number,
  label: Int32Array,
): FitCriteria {
  const { rows, totalWeight } = request.prepared;
  const k = model.components;
  let logLargest = 0;
  let sum = 0;
  for (let i = 0; i < rows.n; i++) {
    const weight = rows.weight?.[i] ?? 1;
    if (weight === 0) continue;
    logLargest += weight * Math.log(memberships[i * k + label[i]]);
    sum += weight * logDensity[i];
  }
  const logLikelihood = objective === 'logLikelihood' ? value : sum;
  const count = model.parameterCount();
  const bayes = bic(logLikelihood, count, totalWeight);
  const reported = reportedObjective(model, request.prepared);
  const halfStep = best.outcome.halfSteps.at(-1);
  return {
    logLikelihood,
    ...(objective === 'classificationLogLikelihood' ? { classificationLogLikelihood: value } : {}),
    ...(hasPrior(model.specification)
      ? {
          logPosterior:
            objective === 'logPosterior'
              ? value
              : reported(halfStep?.logLikelihood ?? best.outcome.objective),
        }
      : {}),
    bic: bayes,
    aic: aic(logLikelihood, count),
    icl: icl(bayes, logLargest),
  };
}

function restartSummaries(
  { ended, best, given, model, request }: FinishedRun,
  reported: ReportedObjective,
): RestartSummary[] {
  const [first] = ended.frames;
  const startBound =
    given !== null && model.likelihood !== null && first.iteration === 0
      ? reported(
          boundOf(model, first.params, request.prepared.rows, given).bound + model.logPrior(first.params),
        )
      : null;
  return [...ended.outcomes].flatMap(([restart, outcome]) => {
    const own = restartSummary(restart, outcome, ended.shortIterations.get(restart) ?? 0, reported);
    if (restart === best.restart && startBound !== null)
      for (const { halfSteps } of own) halfSteps.boundAfterM[0] = startBound;
    return own;
  });
}

/** Nothing for a restart that was interrupted before there was anything to keep. */
function restartSummary(
  restart: number,
  outcome: Outcome,
  shortIterations: number,
  reported: ReportedObjective,
): RestartSummary[] {
  const { iterations } = outcome;
  const told = {
    trace: Float64Array.from(outcome.trace, reported),
    halfSteps: halfSteps(outcome, reported),
    sections: [...outcome.sections],
    shortIterations,
  };
  if (outcome.ok) {
    const { objective, stopped } = outcome;
    const ended = { ok: true as const, objective: reported(objective), iterations, stopped };
    return [{ restart, outcome: ended, ...told }];
  }
  const { failure } = outcome;
  return failure.kind === 'interrupted'
    ? []
    : [{ restart, outcome: { ok: false, failure, iterations }, ...told }];
}

/** What each half of a run's iterations came to, in units of the file. */
export const halfSteps = (outcome: Outcome, reported: ReportedObjective): HalfSteps => ({
  logLikelihood: Float64Array.from(outcome.halfSteps, (step) => reported(step.logLikelihood)),
  boundAfterM: Float64Array.from(outcome.halfSteps, (step) => reported(step.boundAfterM)),
  boundAfterE: Float64Array.from(outcome.halfSteps, (step) => reported(step.boundAfterE)),
});

function countAtBest(outcomes: ReadonlyMap<number, Outcome>, best: number): number {
  const near = sameOptimum * Math.abs(best);
  return [...outcomes.values()].filter((outcome) => outcome.ok && best - outcome.objective <= near).length;
}

/** What the best run has to tell, with components by their new numbers; the rows that took no part; slow kernels. */
function notices({ best, request, isCompiled }: FinishedRun, order: Int32Array | null): FitNotice[] {
  const { rowsLeftOut } = request.prepared;
  const renumbered = best.outcome.notices.map((notice) =>
    notice.kind === 'relocatedCluster' && order
      ? { ...notice, component: order.indexOf(notice.component) }
      : notice,
  );
  return [
    ...renumbered,
    ...(rowsLeftOut > 0 ? [{ kind: 'rowsLeftOut', rows: rowsLeftOut } as const] : []),
    ...(isCompiled ? [] : [{ kind: 'plainKernels' } as const]),
  ];
}
