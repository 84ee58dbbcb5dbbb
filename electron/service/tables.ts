import { randomUUID } from 'node:crypto';
import type { Failure } from '../../shared/failure';
import type { Preparation } from '../../shared/fit';
import { tableId, type TableId } from '../../shared/ids';
import type { Family } from '../../shared/model';
import { failed, ok, type Result } from '../../shared/result';
import type { TableSummary } from '../../shared/table';
import type { Table } from '../files/table/table';
import { preparationKey, prepareRows, type PreparedRows } from './preparation/prepareRows';

/** The open tables, each with the matrix that was prepared from it last. */
export class Tables {
  private readonly tables = new Map<TableId, Table>();
  private readonly prepared = new Map<TableId, { readonly key: string; readonly rows: PreparedRows }>();

  add(table: Table): TableSummary {
    // Never the name of a table of a service before this one, which the window may still remember.
    const id = tableId.parse(randomUUID());
    this.tables.set(id, table);
    return { ...table.summary, table: id };
  }

  get(id: TableId): Result<Table, Failure> {
    const table = this.tables.get(id);
    return table ? ok(table) : failed({ kind: 'unknownTable' });
  }

  close(id: TableId): void {
    this.tables.delete(id);
    this.prepared.delete(id);
  }

  /** The matrix of a preparation; kept, since the scatter and the fit ask for the same one in turn. */
  prepare(id: TableId, preparation: Preparation, family: Family): Result<PreparedRows, Failure> {
    const table = this.get(id);
    if (!table.ok) return table;
    const key = preparationKey(table.value, preparation, family);
    const known = this.prepared.get(id);
    if (known?.key === key) return ok(known.rows);
    const rows = prepareRows(table.value, preparation, family);
    if (rows.ok) this.prepared.set(id, { key, rows: rows.value });
    return rows;
  }
}
