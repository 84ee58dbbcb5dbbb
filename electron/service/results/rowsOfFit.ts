import type { Failure } from '../../../shared/failure';
import type { Result } from '../../../shared/result';
import type { Fit } from '../fits';
import { prepareRows, type PreparedRows } from '../preparation/prepareRows';
import type { Tables } from '../tables';

/** The rows of a fit: those its table keeps, or, of a table that was closed, made again. */
export function rowsOfFit(tables: Tables, { summary, table }: Fit): Result<PreparedRows, Failure> {
  const { preparation, model } = summary.specification;
  const kept = tables.prepare(summary.table, preparation, model.family);
  return kept.ok ? kept : prepareRows(table, preparation, model.family);
}
