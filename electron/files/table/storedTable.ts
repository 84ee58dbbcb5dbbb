import { isNumeric, type Dialect, type TablePreview } from '../../../shared/table';
import type { ImportNotice } from '../../../shared/importNotice';
import { tableFrom, type StoredTable } from './table';
import type { BuiltTable } from './finishTable';

/** What belongs to a file rather than to its rows. */
export interface FileFacts {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly dialect: Dialect;
}

function rowCountNotices(rows: number): ImportNotice[] {
  return rows === 0 ? [{ kind: 'noRows' }] : rows === 1 ? [{ kind: 'singleRow' }] : [];
}

/** The table as plain data, its values in shared memory. */
export function storedTable(file: FileFacts, built: BuiltTable): StoredTable {
  const values = built.columns.map(({ summary, counts }) => {
    return counts.values === null || !isNumeric(summary.type) ? null : counts.values.buffer;
  });
  return {
    summary: {
      ...file,
      rows: built.text.rows,
      columns: built.columns.map(({ summary }) => summary),
      notices: [...built.notices, ...rowCountNotices(built.text.rows)],
    },
    text: built.text,
    values,
  };
}

const previewRows = 100;
const previewColumns = 200;
/** A longer cell is cut in a preview; the grid shows it whole. */
const previewCellLength = 300;

/** The first rows of a table that was read from the head of a file. `isComplete`: the head was all of it. */
export function previewOf(file: FileFacts, built: BuiltTable, isComplete: boolean): TablePreview {
  const stored = storedTable(file, built);
  const { summary } = stored;
  const rows = tableFrom(stored).slice(0, previewRows, 0, previewColumns);
  return {
    fileName: file.fileName,
    dialect: file.dialect,
    columns: summary.columns.map(({ name, type, reading }) => ({ name, type, reading })),
    rows: rows.map((row) => row.map((cell) => cell.slice(0, previewCellLength))),
    notices: summary.notices,
    isComplete: isComplete && summary.rows <= previewRows && summary.columns.length <= previewColumns,
  };
}
