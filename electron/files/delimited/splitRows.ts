import Papa from 'papaparse';
import type { Delimiter } from '../../../shared/table';

/** How text is cut into rows: what stays the same over a whole file. */
export interface RowSyntax {
  readonly delimiter: Delimiter | null;
  readonly lineEnd: '\n' | '\r\n' | '\r';
}

/**
 * `quoted`: by RFC 4180. `literalLine`: one line whose last opening quote is an ordinary character. `unquoted`: all
 * quotes are ordinary characters.
 */
export type SplitMode = 'quoted' | 'literalLine' | 'unquoted';

export interface SplitResult {
  /** Cells of the whole rows; blank lines are rows of one blank cell. */
  readonly rows: string[][];
  /** Characters of the text that the rows cover. */
  readonly consumed: number;
  /** First row with a quoted cell that swallows lines because a quote is wrong; null when there is none. */
  readonly brokenRow: number | null;
  /** Rows with a quote inside a quoted cell that does no such harm. */
  readonly malformedRows: number[];
}

/** A delimiter that cannot occur, for files of one column. */
const noDelimiter = '\u001f';

/** The character between cells; for runs of blanks, one that stands for them all. */
export function delimiterCharacter(delimiter: Delimiter | null): string {
  return delimiter === null ? noDelimiter : delimiter === 'whitespace' ? ' ' : delimiter;
}

interface ParserError {
  readonly code: string;
  readonly row: number;
}
interface ParserResult {
  readonly data: string[][];
  readonly errors: readonly ParserError[];
  readonly meta: { readonly cursor: number };
}

function runParser(
  text: string,
  syntax: RowSyntax,
  isWhole: boolean,
  options: Papa.ParseConfig,
): ParserResult {
  const parser = new Papa.Parser({
    delimiter: delimiterCharacter(syntax.delimiter),
    newline: syntax.lineEnd,
    ...options,
  });
  return parser.parse(text, 0, !isWhole) as ParserResult;
}

/**
 * Cuts text that begins at the start of a row into rows. `isWhole`: the text ends where its last row ends; otherwise
 * the last row is left for the next call.
 */
export function splitRows(text: string, syntax: RowSyntax, mode: SplitMode, isWhole: boolean): SplitResult {
  if (syntax.delimiter === 'whitespace') return splitAtBlanks(text, syntax.lineEnd, mode, isWhole);
  if (mode === 'literalLine') {
    const row = splitLiteralLine(text, syntax);
    return { rows: [row], consumed: text.length, brokenRow: null, malformedRows: [] };
  }
  const { data, errors, meta } = runParser(
    text,
    syntax,
    isWhole,
    mode === 'unquoted' ? { fastMode: true } : {},
  );
  const consumed = isWhole ? text.length : meta.cursor;
  const malformedRows: number[] = [];
  for (const error of errors) {
    const cells = data[error.row];
    // The parser also reports on the row that is not whole yet.
    if (cells === undefined) continue;
    if (error.code === 'MissingQuotes' || cells.some((cell) => /[\n\r]/.test(cell))) {
      return { rows: data, consumed, brokenRow: error.row, malformedRows };
    }
    if (malformedRows.at(-1) !== error.row) malformedRows.push(error.row);
  }
  return { rows: data, consumed, brokenRow: null, malformedRows };
}

/** Where row `row` of a text begins that was split as `quoted`. */
export function rowOffset(text: string, syntax: RowSyntax, row: number): number {
  if (row === 0) return 0;
  return runParser(text, syntax, false, { preview: row }).meta.cursor;
}

/** A line with a quote that is never closed: the cells before it as usual, the quote as an ordinary character. */
function splitLiteralLine(text: string, syntax: RowSyntax): string[] {
  const line = text.replace(/[\r\n]+$/, '');
  const { data, errors } = runParser(line, syntax, true, {});
  const cells = data[0] ?? [''];
  const isOpen = errors.some((error) => error.code === 'MissingQuotes');
  const last = cells.at(-1);
  if (!isOpen || last === undefined) return cells;
  return [...cells.slice(0, -1), ...`"${last}`.split(delimiterCharacter(syntax.delimiter))];
}

/** Cells separated by runs of blanks; quotes hold a cell with blanks together, within one line. */
function splitAtBlanks(text: string, lineEnd: string, mode: SplitMode, isWhole: boolean): SplitResult {
  const end = isWhole ? text.length : text.lastIndexOf(lineEnd) + lineEnd.length;
  const covered = isWhole || text.includes(lineEnd) ? text.slice(0, end) : '';
  const rows = covered.split(lineEnd).map((line) => {
    const trimmed = line.trim();
    if (mode === 'unquoted' || !trimmed.includes('"')) return trimmed.split(/[ \t]+/);
    return (trimmed.match(/"(?:[^"]|"")*"|[^ \t]+/g) ?? ['']).map((cell) =>
      /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
  });
  // What follows the last line end is not a row.
  if (rows.length > 0 && covered.endsWith(lineEnd)) rows.pop();
  return { rows: covered === '' ? [] : rows, consumed: covered.length, brokenRow: null, malformedRows: [] };
}

/** True for a line with nothing on it but blanks and delimiters. */
export function isBlankRow(row: readonly string[]): boolean {
  for (const cell of row) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}
