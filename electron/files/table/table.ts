import { isNumeric, type TableSummary } from '../../../shared/table';
import { TextReader, type StoredText } from './textStore';

/** An open table: typed columns plus the original text of every cell. */
export interface Table {
  readonly summary: Omit<TableSummary, 'table'>;
  /** True when the file held nothing but ASCII; false proves nothing. */
  readonly isAscii: boolean;
  /**
   * Original text of rows [firstRow, endRow) and columns [firstColumn, endColumn), clipped to the table. A cell that
   * its row does not have is ''.
   */
  slice(firstRow: number, endRow: number, firstColumn: number, endColumn: number): string[][];
  /** Values of a numeric column in the order of rows, NaN where missing or unreadable. In shared memory. */
  numbers(column: number): Float64Array;
}

/** A table as plain data: what a thread hands over, without copying the large parts. */
export interface StoredTable {
  readonly summary: Omit<TableSummary, 'table'>;
  readonly text: StoredText;
  /** Values by column, and perhaps some room behind them; null for a column that is not numeric. */
  readonly values: (SharedArrayBuffer | null)[];
}

/** The table over stored data. Asking for the numbers of a column without any is a bug and throws. */
export function tableFrom(stored: StoredTable): Table {
  const reader = new TextReader(stored.text);
  const { summary } = stored;
  return {
    summary,
    isAscii: stored.text.isAscii,
    slice(firstRow, endRow, firstColumn, endColumn) {
      const lastRow = Math.min(endRow, summary.rows);
      const lastColumn = Math.min(endColumn, summary.columns.length);
      if (firstRow >= lastRow) return [];
      return reader.readRows(firstRow, lastRow).map((row) => {
        const cells = row.slice(firstColumn, lastColumn);
        while (cells.length < lastColumn - firstColumn) cells.push('');
        return cells;
      });
    },
    numbers(column) {
      const values = stored.values[column];
      const found = summary.columns[column];
      if (!values || !found || !isNumeric(found.type))
        throw new RangeError(`column ${column} has no numbers`);
      return new Float64Array(values, 0, summary.rows);
    },
  };
}
