import { isNumeric, type ColumnSummary, type ColumnType, type Dialect } from '../../../shared/table';

/** How a cell is shown. `empty`: a text of no characters that is not missing; `imputed`: missing, and filled by a model. */
export type CellLook = 'value' | 'missing' | 'empty' | 'unreadable' | 'imputed';

/** What the grid knows about a column. */
export interface GridColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNumeric: boolean;
  readonly missingTexts: ReadonlySet<string>;
  readonly unreadableTexts: ReadonlySet<string>;
  /** null while the file is being read. */
  readonly summary: ColumnSummary | null;
}

/** What the grid needs of a column that was read whole. */
export function gridColumn(column: ColumnSummary, dialect: Dialect): GridColumn {
  const spellings = column.missingSpellings.map((spelling) => spelling.text.trim());
  const counted = column.missingSpellings.reduce((sum, spelling) => sum + spelling.count, 0);
  // The list of spellings may be cut short: then any code of the file may stand for a missing cell.
  const others = counted < column.missing ? ['', ...dialect.missingCodes] : [];
  return {
    name: column.name,
    type: column.type,
    isNumeric: isNumeric(column.type),
    missingTexts: new Set([...spellings, ...others]),
    unreadableTexts: new Set(column.unreadable.examples.map((example) => example.text)),
    summary: column,
  };
}

/** What the grid needs of a column of which only the first rows are known. */
export function previewColumn(column: { name: string; type: ColumnType }, dialect: Dialect): GridColumn {
  return {
    name: column.name,
    type: column.type,
    isNumeric: isNumeric(column.type),
    missingTexts: new Set(['', ...dialect.missingCodes]),
    unreadableTexts: new Set(),
    summary: null,
  };
}

const longestShown = 200; // more than the widest column shows

/** The text of a cell on one line: ends of lines as signs, and no longer than can be seen. */
export function lineText(text: string): string {
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return shown.replace(/\r\n|\r|\n/g, ' ⏎ ');
}

/** How the cell with this text of the file is shown. */
export function cellLook(text: string, column: GridColumn): CellLook {
  if (column.missingTexts.has(text.trim())) return 'missing';
  if (text === '') return 'empty';
  return column.unreadableTexts.has(text) ? 'unreadable' : 'value';
}
