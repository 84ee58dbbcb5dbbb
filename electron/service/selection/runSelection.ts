import type { Failure } from '../../../shared/failure';
import type { TableId } from '../../../shared/ids';
import { failed, ok, type Result } from '../../../shared/result';
import type { SelectionSpecification, SelectionSummary } from '../../../shared/selection';
import { modelWeights } from '../../engine/selection/averaging';
import { verdictOf } from '../../engine/selection/verdict';
import type { Table } from '../../files/table/table';
import type { ThreadPool } from '../../threads/pool';
import type { Tables } from '../tables';
import { groupModels } from './groups';
import { SelectionRun, type SelectionContext } from './selectionRun';
import type { Selection, Selections } from './selections';
import { expectLater, fitAndScore, measureStability, testLikelihoodRatios } from './waves';

export interface SelectionRequest {
  readonly table: Table;
  readonly tableId: TableId;
  readonly specification: SelectionSpecification;
}

/**
 * Fits and judges every point of a grid; its fits can be opened while it runs. A cancelled selection, or one that has run out of time, keeps what was
 * finished; with nothing to keep it fails as `cancelled`.
 */
export async function runSelection(
  pool: ThreadPool,
  tables: Tables,
  selections: Selections,
  { table, tableId, specification }: SelectionRequest,
  context: SelectionContext,
): Promise<Result<SelectionSummary, Failure>> {
  const groups = groupModels(tables, table, tableId, specification);
  if (!groups.ok) return groups;
  const limit = specification.run.timeLimitSeconds;
  const signal =
    limit === undefined
      ? context.signal
      : AbortSignal.any([context.signal, AbortSignal.timeout(1000 * limit)]);
  const run = new SelectionRun(pool, selections.workOf(tableId), specification, groups.value, {
    ...context,
    signal,
  });
  const selection = selections.begin(tableId, specification, run.findings);
  context.emit({ kind: 'begun', selection: selection.id });
  try {
    await run.telling(() => doAll(run));
    if (context.signal.aborted && run.finished === 0) return failed({ kind: 'cancelled' });
    return ok((selection.summary = summarise(run, selection)));
  } finally {
    if (selection.summary === null) selections.forget(selection.id);
  }
}

async function doAll(run: SelectionRun): Promise<void> {
  const later = expectLater(run);
  await fitAndScore(run);
  run.estimate.drop(later.tests);
  await testLikelihoodRatios(run);
  run.estimate.drop(later.stability);
  await measureStability(run);
}

function summarise(run: SelectionRun, { id, table }: Selection): SelectionSummary {
  const { specification, findings, groups } = run;
  const cells = findings.cells();
  const [{ prepared }] = groups;
  const columnsAs = specification.models.map(
    (_, model) => groups.find(({ models }) => models.includes(model))?.key ?? '',
  );
  return {
    selection: id,
    table,
    specification,
    features: [...prepared.features],
    columnsAs: columnsAs.map((key) => columnsAs.indexOf(key)),
    rowsUsed: prepared.rows.n,
    rowsLeftOut: prepared.rowsLeftOut,
    cells,
    gap: findings.gap,
    bootstrapTests: [...findings.tests],
    weights: weightsOf(cells, columnsAs),
    verdict: verdictOf({
      models: specification.models,
      components: specification.components,
      cells,
      gap: findings.gap,
      bootstrapTests: findings.tests,
      level: specification.bootstrapTest?.level ?? 0,
      columnsAs,
    }),
    isComplete: !run.isCancelled,
    reused: run.reused,
    elapsedMs: run.elapsedMs,
  };
}

/** Weights of the converged points of the models that take the columns as the first of them with a likelihood. */
function weightsOf(
  cells: SelectionSummary['cells'],
  columnsAs: readonly string[],
): SelectionSummary['weights'] {
  const scored = cells.flatMap(({ model, components, fit }) => {
    const outcome = fit?.outcome;
    if (outcome?.kind !== 'fitted' || outcome.stopped !== 'converged') return [];
    const { bic } = outcome.criteria;
    return bic === undefined ? [] : [{ model, components, bic }];
  });
  const compared = scored.filter(({ model }) => columnsAs[model] === columnsAs[scored[0].model]);
  const weights = modelWeights(compared.map(({ bic }) => bic));
  return compared.map(({ model, components }, at) => ({ model, components, weight: weights[at] }));
}
