import type { FitSpecification } from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import type { Table } from '../files/table/table';
import type { PreparedRows } from './preparation/prepareRows';

/** A fit that is asked for, its table made ready. */
export interface FitRequest {
  readonly table: Table;
  readonly tableId: TableId;
  readonly prepared: PreparedRows;
  readonly specification: FitSpecification;
}
