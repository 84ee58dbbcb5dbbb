import type { Delimiter, ImportOptions } from '../../../shared/table';
import { cellShape } from '../columns/cellShape';
import { detectDelimiter, usualWidth } from './detectDelimiter';
import { detectHeader } from './detectHeader';
import { isBlankRow, splitRows, type RowSyntax } from './splitRows';

/** How delimited text is laid out: found in its first lines, or chosen by a person. */
export interface Layout {
  readonly delimiter: Delimiter | null;
  readonly isDelimiterUnsure: boolean;
  readonly skippedLines: number;
  readonly firstSkippedText: string;
  readonly hasHeader: boolean;
  readonly isHeaderUnsure: boolean;
  /** True when the header lacks a name for the first column, as R writes row names. */
  readonly isHeaderShifted: boolean;
}

const mostRows = 200;
const mostSkippedRows = 60;

/** Finds the layout of a text from its beginning. `isWhole`: the text is not cut off. */
export function detectDialect(
  text: string,
  lineEnd: RowSyntax['lineEnd'],
  isWhole: boolean,
  options: ImportOptions,
): Layout {
  // Excel's own way to name the delimiter.
  const named = /^sep=([,;\t|])(?:\r|\n|$)/i.exec(text)?.[1] as Delimiter | undefined;
  const given = options.delimiter ?? named;
  const body = named === undefined ? text : text.slice(text.indexOf(lineEnd) + lineEnd.length);
  const found =
    given === undefined
      ? detectDelimiter(dropLines(body, lineEnd, options.skippedLines ?? 0), lineEnd, isWhole)
      : { delimiter: given, isUnsure: false };
  const syntax: RowSyntax = { delimiter: found.delimiter, lineEnd };
  const top = options.skippedLines ?? (named === undefined ? 0 : 1) + findTop(body, syntax, isWhole);
  const below = dropLines(text, lineEnd, top);
  const rows = sampleRows(below, syntax, isWhole);
  const header =
    options.hasHeader === undefined ? detectHeader(rows) : { hasHeader: options.hasHeader, isUnsure: false };
  return {
    delimiter: found.delimiter,
    isDelimiterUnsure: found.isUnsure,
    skippedLines: top,
    firstSkippedText: top > 0 && named === undefined ? firstLine(text, lineEnd) : '',
    hasHeader: header.hasHeader,
    isHeaderUnsure: header.isUnsure,
    isHeaderShifted: header.hasHeader && isShifted(rows),
  };
}

function firstLine(text: string, lineEnd: string): string {
  const line = text.split(lineEnd, 20).find((found) => found.trim() !== '') ?? '';
  return line.trim().slice(0, 80);
}

function dropLines(text: string, lineEnd: string, lines: number): string {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf(lineEnd, at);
    if (end < 0) return '';
    at = end + lineEnd.length;
  }
  return text.slice(at);
}

function sampleRows(text: string, syntax: RowSyntax, isWhole: boolean): string[][] {
  const { rows } = splitRows(text, syntax, 'quoted', isWhole);
  return rows.filter((row) => !isBlankRow(row)).slice(0, mostRows);
}

const filledCells = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;

/**
 * How many rows stand above the table: a title, a date, remarks. They have far fewer cells than the rows below, or all
 * but one of them blank and a header after them. Blank rows count; 0 where there are only those.
 */
export function findTopRow(rows: readonly (readonly string[])[]): number {
  const width = usualWidth(rows.filter((row) => !isBlankRow(row)));
  if (width < 2) return 0;
  let hasSkipped = false;
  let isSparse = false;
  for (let index = 0; index < Math.min(rows.length, mostSkippedRows); index++) {
    const row = rows[index];
    if (isBlankRow(row)) continue;
    const isShort = row.length <= width / 2;
    const isTitle = !isShort && width > 2 && filledCells(row) === 1 && row[0].trim() !== '';
    if (isShort || isTitle) {
      hasSkipped = true;
      isSparse ||= isTitle;
      continue;
    }
    if (!hasSkipped) return 0;
    const { hasHeader, isUnsure } = detectHeader(rows.slice(index).filter((below) => !isBlankRow(below)));
    return isSparse && (!hasHeader || isUnsure) ? 0 : index;
  }
  return 0;
}

/** The same in lines of a text: a cell may hold several. */
function findTop(text: string, syntax: RowSyntax, isWhole: boolean): number {
  const rows = splitRows(text, syntax, 'quoted', isWhole).rows.slice(0, mostRows + mostSkippedRows);
  const lineBreaks = (cell: string): number => cell.split(/\r\n|[\r\n]/).length - 1;
  return rows
    .slice(0, findTopRow(rows))
    .reduce((lines, row) => lines + 1 + row.reduce((sum, cell) => sum + lineBreaks(cell), 0), 0);
}

/** R's write.table gives a header one cell less than the rows, which begin with the name of the row. */
function isShifted(rows: readonly (readonly string[])[]): boolean {
  const [header = [], ...body] = rows;
  const width = header.length + 1;
  return (
    body.length > 0 &&
    header.every((cell) => cellShape(cell).kind === 'text') &&
    body.every((row) => row.length === width) &&
    body.some((row) => (row.at(-1) ?? '').trim() !== '') &&
    (body.every((row) => cellShape(row[0] ?? '').kind === 'text') ||
      body.every((row, index) => row[0] === String(index + 1)))
  );
}
