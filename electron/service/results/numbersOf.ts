import type { Table } from '../../files/table/table';
import { numericColumn } from '../preparation/featureColumns';

/** A feature of a fit that is a number, over all rows of its table, exactly as the file has it. */
export function numbersOf(table: Table, feature: string): Float64Array {
  const column = numericColumn(table, feature);
  if (!column.ok) throw new Error(`"${feature}" is no column of numbers any more`);
  return column.value;
}
