import type { ColumnSummary, ColumnType } from '../../shared/table';
import type { Table } from '../../electron/files/table/table';

/** A table in memory. A column of numbers is one of type number, NaN missing; of texts a category, '' missing. */
export function memoryTable(
  columns: Record<string, readonly (number | string)[]>,
  types: Record<string, ColumnType> = {},
): Table {
  const names = Object.keys(columns);
  const texts = names.map((name) =>
    (columns[name] ?? []).map((cell) => (Number.isNaN(cell) ? '' : String(cell))),
  );
  const rows = texts[0]?.length ?? 0;
  return {
    summary: {
      fileName: 'memory.csv',
      sizeBytes: 0,
      rows,
      columns: names.map((name, index) => {
        const isNumber = columns[name]?.every((cell) => typeof cell === 'number') === true;
        return column(name, index, types[name] ?? (isNumber ? 'number' : 'category'), texts[index] ?? []);
      }),
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
        texts.slice(firstColumn, endColumn).map((cells) => cells[firstRow + i] ?? ''),
      ),
    isAscii: true,
    numbers: (index) => Float64Array.from(texts[index] ?? [], (text) => (text === '' ? NaN : Number(text))),
  };
}

function column(name: string, index: number, type: ColumnType, texts: readonly string[]): ColumnSummary {
  const cells = texts.filter((text) => text !== '');
  return {
    index,
    name,
    originalName: name,
    type,
    isDetected: true,
    suggestedRole: 'feature',
    reading: { decimal: '.', thousands: null, currency: null, dateOrder: null },
    missing: texts.length - cells.length,
    missingSpellings: [],
    unreadable: {
      count: type === 'mixed' ? 1 : 0,
      examples: type === 'mixed' ? [{ row: 3, text: '12.3.4' }] : [],
    },
    distinct: new Set(cells).size,
    isDistinctLowerBound: false,
    numeric: null,
    frequent: [],
  };
}
