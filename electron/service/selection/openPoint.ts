import type { Failure } from '../../../shared/failure';
import type { FitSpecification } from '../../../shared/fit';
import { ofSize } from '../../../shared/model';
import { failed, type Result } from '../../../shared/result';
import type { GridPoint, SelectionSpecification } from '../../../shared/selection';
import type { FittedCell } from '../../engine/selection/cells';
import type { ThreadPool } from '../../threads/pool';
import type { EndedRestarts } from '../../threads/restarts';
import { finishFit } from '../finishFit';
import type { Fit, Fits } from '../fits';
import { startOfRows } from '../ofRows';
import { modelOf } from '../runFit';
import type { Tables } from '../tables';
import { nameOf } from './pointName';
import { startOf } from './groups';
import type { Selection } from './selections';

/** What `fit.run` would be asked for to find the fit of a grid point. */
export function fitSpecificationOf(
  selection: SelectionSpecification,
  { model, components }: GridPoint,
): FitSpecification {
  const { preparation, models, run } = selection;
  return {
    preparation,
    model: ofSize(models[model], components),
    start: startOf(selection, components),
    run,
  };
}

/**
 * The fit of a grid point as `fit.run` would have found it: its runs were kept, what is about rows is computed now.
 * Opened before, it is the same fit, unless it has been forgotten. The selection may still be running.
 */
export async function openPoint(
  pool: ThreadPool,
  tables: Tables,
  fits: Fits,
  { table: tableId, specification: given, findings, opened }: Selection,
  point: GridPoint,
): Promise<Result<Fit, Failure>> {
  const startedAt = performance.now();
  const before = opened.get(nameOf(point));
  const known = before === undefined ? null : fits.get(before);
  if (known?.ok === true) return known;
  const found = findings.fitOf(point);
  if (found === null)
    return failed({ kind: 'badRequest', path: 'point', problem: 'there is no fit at this point' });
  const table = tables.get(tableId);
  if (!table.ok) return table;
  const specification = fitSpecificationOf(given, point);
  const { preparation, model: wanted } = specification;
  const prepared = tables.prepare(tableId, preparation, wanted.family);
  if (!prepared.ok) return prepared;
  const model = modelOf(prepared.value, specification);
  if (!model.ok) return model;
  const start = startOfRows(specification.start, prepared.value, table.value.summary.rows, wanted.components);
  if (!start.ok) return start;
  const fit = await finishFit(
    pool,
    fits,
    {
      request: { table: table.value, tableId, prepared: prepared.value, specification },
      model: model.value,
      ended: endedRestarts(found),
      start: start.value,
    },
    () => performance.now() - startedAt,
  );
  if (fit.ok) opened.set(nameOf(point), fit.value.summary.fit);
  return fit;
}

const endedRestarts = ({ outcomes, shortIterations, frames }: FittedCell): EndedRestarts => ({
  outcomes: new Map(outcomes.entries()),
  shortIterations: new Map(shortIterations.entries()),
  frames,
});
