import type { ColumnSummary, ColumnType } from '../../shared/table';
import type { Table } from '../../electron/files/table';

/** A table of numeric columns in memory, for what only needs numbers. NaN is missing. */
export function memoryTable(
  columns: Record<string, readonly number[]>,
  types: Record<string, ColumnType> = {},
): Table {
  const names = Object.keys(columns);
  const values = names.map((name) => Float64Array.from(columns[name] ?? []));
  const rows = values[0]?.length ?? 0;
  return {
    summary: {
      fileName: 'memory.csv',
      sizeBytes: 0,
      rows,
      columns: names.map((name, index) => column(name, index, types[name] ?? 'number')),
      dialect: {
        format: 'delimited',
        encoding: 'utf-8',
        hasByteOrderMark: false,
        delimiter: ',',
        decimal: '.',
        hasHeader: true,
        skippedLines: 0,
        missingCodes: [''],
        sheet: null,
        sheets: [],
      },
      notices: [],
    },
    slice: (firstRow, endRow, firstColumn, endColumn) =>
      Array.from({ length: Math.max(0, Math.min(endRow, rows) - firstRow) }, (_, i) =>
        values.slice(firstColumn, endColumn).map((cells) => String(cells[firstRow + i])),
      ),
    isAscii: true,
    numbers: (index) => values[index] ?? new Float64Array(0),
  };
}

function column(name: string, index: number, type: ColumnType): ColumnSummary {
  return {
    index,
    name,
    originalName: name,
    type,
    isDetected: true,
    suggestedRole: 'feature',
    reading: { decimal: '.', thousands: null, currency: null, dateOrder: null },
    missing: 0,
    missingSpellings: [],
    unreadable: {
      count: type === 'mixed' ? 1 : 0,
      examples: type === 'mixed' ? [{ row: 3, text: '12.3.4' }] : [],
    },
    distinct: 2,
    isDistinctLowerBound: false,
    numeric: null,
    frequent: [],
  };
}
