import { createHash } from 'node:crypto';
import type { Failure } from '../../../shared/failure';
import type { Start } from '../../../shared/fit';
import type { TableId } from '../../../shared/ids';
import { ofSize } from '../../../shared/model';
import { failed, ok, type Result } from '../../../shared/result';
import type { SelectionSpecification, Validation } from '../../../shared/selection';
import type { Grid } from '../../engine/selection/cells';
import { scalePrior } from '../../engine/scaling';
import type { Table } from '../../files/table/table';
import { positions } from '../fits';
import { runOfRows, startOfRows } from '../ofRows';
import { preparationKey, type PreparedRows } from '../preparation/prepareRows';
import { likelihoodShift } from '../reportedObjective';
import { modelOf } from '../runFit';
import type { Tables } from '../tables';
import { startInFitUnits } from '../units';

/** Models of a selection that take the columns alike, and so share their rows: their likelihoods can be compared. */
export interface ModelGroup {
  /** Says which rows these are, to whoever keeps what was found of them. */
  readonly key: string;
  /** Indices of its models in the specification. */
  readonly models: readonly number[];
  readonly prepared: PreparedRows;
  /** Of all models of the specification; work is done for those of the group alone. */
  readonly grid: Grid;
}

/** The groups of a selection, in the order of their first models; or what can be seen to fail before any fit. */
export function groupModels(
  tables: Tables,
  table: Table,
  tableId: TableId,
  specification: SelectionSpecification,
): Result<readonly ModelGroup[], Failure> {
  const { models, preparation } = specification;
  const byKey = new Map<string, number[]>();
  for (const [index, { family }] of models.entries()) {
    const key = preparationKey(table, preparation, family);
    byKey.set(key, [...(byKey.get(key) ?? []), index]);
  }
  const groups: ModelGroup[] = [];
  for (const [key, indices] of byKey) {
    const prepared = tables.prepare(tableId, preparation, models[indices[0]].family);
    if (!prepared.ok) return prepared;
    const grid = gridOf(specification, indices, prepared.value, table.summary.rows);
    if (!grid.ok) return grid;
    groups.push({ key: hashOf(key), models: indices, prepared: prepared.value, grid: grid.value });
  }
  return ok(groups);
}

function gridOf(
  specification: SelectionSpecification,
  indices: readonly number[],
  prepared: PreparedRows,
  tableRows: number,
): Result<Grid, Failure> {
  const { preparation, components, run, validation, gap, bootstrapTest } = specification;
  const { scaling, features, space, tableRow } = prepared;
  for (const index of indices) {
    const model = ofSize(specification.models[index], components.from);
    const possible = modelOf(prepared, { preparation, model, start: specification.start, run });
    if (!possible.ok) return possible;
  }
  const starts: Record<string, Start> = {};
  for (let k = components.from; k <= components.to; k++) {
    const start = startOfRows(startOf(specification, k), prepared, tableRows, k);
    if (!start.ok) return start;
    starts[k] = startInFitUnits(start.value, scaling, features);
  }
  const rows = validationOfRows(validation, tableRow, tableRows);
  if (!rows.ok) return rows;
  return ok({
    models: specification.models.map((model) => scalePrior(model, scaling)),
    components,
    space,
    start: { method: 'kmeans' },
    starts,
    run: runOfRows(run, positions(tableRow, tableRows)),
    validation: rows.value,
    standardises: preparation.scaling === 'standardise',
    unit: scaling.sd,
    shift: likelihoodShift(prepared),
    gap,
    bootstrapRestarts: bootstrapTest?.restarts ?? 1,
  });
}

/** The start of fits with so many clusters, as it was asked for. */
export const startOf = ({ start, starts }: SelectionSpecification, components: number): Start =>
  starts[components] ?? start;

/** More rows are not left out one by one: each would be a fit of every grid point. By taste. */
const mostLeftOut = 5000;

/** A validation that speaks of rows of the table, of the rows used instead. */
function validationOfRows(
  validation: Validation | null,
  tableRow: Int32Array,
  tableRows: number,
): Result<Validation | null, Failure> {
  if (validation?.kind === 'leaveOneOut' && tableRow.length > mostLeftOut)
    return failed({
      kind: 'badRequest',
      path: 'validation.kind',
      problem: `${tableRow.length} rows are too many to leave out one by one: choose folds`,
    });
  if (validation?.kind !== 'given') return ok(validation);
  const { foldOfRow } = validation;
  const path = 'validation.foldOfRow';
  if (foldOfRow.length !== tableRows)
    return failed({
      kind: 'badRequest',
      path,
      problem: `${foldOfRow.length} are given for a table of ${tableRows} rows`,
    });
  if (!foldOfRow.some((fold) => fold >= 0))
    return failed({ kind: 'badRequest', path, problem: 'no row is in a fold' });
  return ok({ kind: 'given', foldOfRow: Array.from(tableRow, (row) => foldOfRow[row]) });
}

/** A short name of a long text. */
export const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64');
