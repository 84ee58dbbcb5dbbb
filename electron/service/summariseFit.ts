import type { FitCriteria, FitNotice, RestartSummary } from '../../shared/fit';
import type { FitId } from '../../shared/ids';
import { aic, bic, icl } from '../engine/criteria';
import type { Outcome } from '../engine/drive/run';
import { canonicalOrder, relabel } from '../engine/identity';
import type { LatentModel } from '../engine/model';
import { positions, type Fit } from './fits';
import type { PreparedRows } from './prepareRows';
import { clusterProfiles, clusterSizes, mostProbable, reorderColumns } from './profiles';
import { reportedObjective, type ReportedObjective } from './reportedObjective';
import type { FitRequest } from './runFit';
import { logJacobian, parametersInFileUnits } from './scaling';

export interface BestRestart {
  readonly restart: number;
  readonly outcome: Extract<Outcome, { ok: true }>;
}

/** Runs within this relative distance of the best objective are said to have reached the same optimum. */
const sameOptimum = 1e-6;

/**
 * A finished fit from its outcomes and the memberships (n x K) and log densities (n) at the best parameters; both
 * arrays are changed in place and kept.
 */
export function summariseFit(
  request: FitRequest,
  model: LatentModel,
  outcomes: ReadonlyMap<number, Outcome>,
  best: BestRestart,
  memberships: Float64Array,
  logDensity: Float64Array,
  facts: { fit: FitId; threads: number; elapsedMs: number },
): Fit {
  const { prepared, specification, table, tableId } = request;
  const { n } = prepared.rows;
  const k = model.components;
  const isMixture = model.capabilities.objective === 'logLikelihood';
  const reported = reportedObjective(model, prepared);

  let { params } = best.outcome;
  let order: Int32Array | null = null;
  // Only a start of the program's own choosing leaves the order of clusters open.
  if ('method' in specification.start) {
    order = canonicalOrder(clusterSizes(memberships, n, k, prepared.rows.weight), params.mean);
    params = relabel(params, model.shape, order);
    reorderColumns(memberships, n, order);
  }
  if (isMixture) {
    const shift = logJacobian(prepared.scaling, 1);
    for (let i = 0; i < n; i++) logDensity[i] += shift;
  }
  const label = mostProbable(memberships, n, k);
  const profiles = clusterProfiles(prepared, memberships, label, k);
  const objective = reported(best.outcome.objective);

  return {
    table,
    position: positions(prepared.tableRow, table.summary.rows),
    label,
    memberships,
    logDensity,
    summary: {
      ...facts,
      table: tableId,
      specification,
      objective: isMixture ? 'logLikelihood' : 'distortion',
      criteria: isMixture
        ? likelihoodCriteria(objective, model, prepared, memberships, label)
        : { distortion: objective },
      parameterCount: model.parameterCount(),
      parameters: parametersInFileUnits(
        { weight: Float64Array.from(profiles, ({ share }) => share), ...params },
        prepared.scaling,
      ),
      profiles,
      overall: prepared.overall,
      rowsUsed: n,
      rowsLeftOut: prepared.rowsLeftOut,
      restarts: [...outcomes].flatMap(([restart, outcome]) => restartSummary(restart, outcome, reported)),
      bestRestart: best.restart,
      restartsAtBest: countAtBest(outcomes, best.outcome.objective),
      stopped: best.outcome.stopped,
      iterations: best.outcome.iterations,
      notices: notices(best.outcome.notices, prepared, order),
      scaling: { mean: [...prepared.scaling.mean], sd: [...prepared.scaling.sd] },
    },
  };
}

function likelihoodCriteria(
  logLikelihood: number,
  model: LatentModel,
  { rows, totalWeight }: PreparedRows,
  memberships: Float64Array,
  label: Int32Array,
): FitCriteria {
  const k = model.components;
  let logLargest = 0;
  for (let i = 0; i < rows.n; i++)
    logLargest += (rows.weight?.[i] ?? 1) * Math.log(memberships[i * k + label[i]]);
  const value = bic(logLikelihood, model.parameterCount(), totalWeight);
  return {
    logLikelihood,
    bic: value,
    aic: aic(logLikelihood, model.parameterCount()),
    icl: icl(value, logLargest),
  };
}

/** Nothing for a restart that was interrupted before there was anything to keep. */
function restartSummary(restart: number, outcome: Outcome, reported: ReportedObjective): RestartSummary[] {
  const { iterations } = outcome;
  const trace = Float64Array.from(outcome.trace, reported);
  if (outcome.ok) {
    const { objective, stopped } = outcome;
    return [{ restart, outcome: { ok: true, objective: reported(objective), iterations, stopped }, trace }];
  }
  const { failure } = outcome;
  return failure.kind === 'interrupted'
    ? []
    : [{ restart, outcome: { ok: false, failure, iterations }, trace }];
}

function countAtBest(outcomes: ReadonlyMap<number, Outcome>, best: number): number {
  const near = sameOptimum * Math.abs(best);
  return [...outcomes.values()].filter((outcome) => outcome.ok && best - outcome.objective <= near).length;
}

/** What the best run has to tell, with components by their new numbers, and the rows that took no part. */
function notices(own: readonly FitNotice[], prepared: PreparedRows, order: Int32Array | null): FitNotice[] {
  const renumbered = own.map((notice) =>
    notice.kind === 'relocatedCluster' && order
      ? { ...notice, component: order.indexOf(notice.component) }
      : notice,
  );
  return prepared.rowsLeftOut > 0
    ? [...renumbered, { kind: 'rowsLeftOut', rows: prepared.rowsLeftOut }]
    : renumbered;
}
