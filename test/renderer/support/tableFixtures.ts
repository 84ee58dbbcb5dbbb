import type { GrantedFile } from '../../../shared/desktop';
import { grantId, tableId } from '../../../shared/ids';
import type { ImportNotice } from '../../../shared/importNotice';
import {
  isNumeric,
  type ColumnSummary,
  type Dialect,
  type TablePreview,
  type TableSummary,
} from '../../../shared/table';

/** Small tables as the service would describe them; every field can be replaced. */
export const fileNamed = (name: string): GrantedFile => ({ grant: grantId.parse(`grant-${name}`), name });

export const dialect: Dialect = {
  format: 'delimited',
  encoding: 'utf-8',
  hasByteOrderMark: false,
  delimiter: ';',
  decimal: ',',
  hasHeader: true,
  skippedLines: 0,
  missingCodes: ['', 'NA', 'n/a'],
  sheet: null,
  sheets: [],
};

export function column(change: Partial<ColumnSummary> = {}): ColumnSummary {
  const type = change.type ?? 'number';
  return {
    index: 0,
    name: 'length',
    originalName: change.name ?? 'length',
    type,
    isDetected: true,
    suggestedRole: isNumeric(type) ? 'feature' : 'label',
    reading: { decimal: null, thousands: null, currency: null, dateOrder: null },
    missing: 0,
    missingSpellings: [],
    unreadable: { count: 0, examples: [] },
    distinct: 3,
    isDistinctLowerBound: false,
    numeric: isNumeric(type)
      ? { first: 1, min: 1, max: 3, sum: 6, mean: 2, sd: 1, median: 2, histogram: [1, 1, 1] }
      : null,
    frequent: isNumeric(type) ? [] : [{ text: 'a', count: 3 }],
    ...change,
  };
}

export function table(
  name: string,
  columns: ColumnSummary[],
  rows = 3,
  notices: ImportNotice[] = [],
): TableSummary {
  return {
    table: tableId.parse(`table-${name}`),
    fileName: name,
    sizeBytes: 100,
    rows,
    columns: columns.map((entry, index) => ({ ...entry, index })),
    dialect,
    notices,
  };
}

export function preview(name: string, cells: string[][]): TablePreview {
  const { reading } = column();
  return {
    fileName: name,
    dialect,
    columns: (cells[0] ?? []).map((_, index) => ({ name: `column ${index + 1}`, type: 'number', reading })),
    rows: cells,
    notices: [],
    isComplete: true,
  };
}
