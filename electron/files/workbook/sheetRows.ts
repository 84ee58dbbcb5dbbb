import * as spreadsheet from '@e965/xlsx';
import type { ImportNotice } from '../../../shared/importNotice';
import { sheetCellText, type Cell } from './sheetCell';

/** The used part of a sheet as text. */
export interface SheetRows {
  readonly rows: string[][];
  /** Row of the sheet that the first of `rows` is, counted from 0. */
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly merges: readonly spreadsheet.Range[];
  readonly notices: ImportNotice[];
}

const addressOf = (row: number, column: number): string =>
  spreadsheet.utils.encode_cell({ r: row, c: column });

/** The rows of a sheet from its first used cell to its last; none for an empty sheet. */
export function sheetRows(sheet: spreadsheet.WorkSheet, is1904: boolean): SheetRows {
  // Dense sheets keep rows of cells here; the declared type knows it only as another key.
  const data = (sheet['!data'] ?? []) as (readonly (Cell | null | undefined)[] | null | undefined)[];
  let firstRow = -1;
  let lastRow = -1;
  let firstColumn = Infinity;
  let lastColumn = -1;
  let errors: { count: number; first: string; text: string } | null = null;
  let unstored: { count: number; first: string } | null = null;
  const texts = data.map((cells, row) => {
    const found: string[] = [];
    cells?.forEach((cell, column) => {
      if (!cell) return;
      const text = sheetCellText(cell, is1904);
      if (cell.t === 'e')
        errors = {
          count: (errors?.count ?? 0) + 1,
          first: errors?.first ?? addressOf(row, column),
          text: errors?.text ?? text,
        };
      if (text === '') {
        if (cell.f !== undefined && cell.v === undefined) {
          unstored = { count: (unstored?.count ?? 0) + 1, first: unstored?.first ?? addressOf(row, column) };
        }
        return;
      }
      while (found.length < column) found.push('');
      found[column] = text;
      if (firstRow < 0) firstRow = row;
      lastRow = row;
      firstColumn = Math.min(firstColumn, column);
      lastColumn = Math.max(lastColumn, column);
    });
    return found;
  });
  const notices: ImportNotice[] = [];
  if (errors !== null)
    notices.push({ kind: 'errorCells', ...(errors as { count: number; first: string; text: string }) });
  if (unstored !== null)
    notices.push({ kind: 'formulasWithoutValue', ...(unstored as { count: number; first: string }) });
  if (firstRow < 0) return { rows: [], firstRow: 0, firstColumn: 0, merges: [], notices };
  const width = lastColumn - firstColumn + 1;
  const rows: string[][] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    // Rows without any cell leave holes.
    const cells = (texts[row] ?? []).slice(firstColumn, lastColumn + 1);
    while (cells.length < width) cells.push('');
    rows.push(cells);
  }
  return { rows, firstRow, firstColumn, merges: sheet['!merges'] ?? [], notices };
}

/** How many rows the header has where cells of it are merged: as many as the merges reach over, one without any. */
export function headerDepth({ rows, firstRow, merges }: SheetRows, headerRow: number): number {
  const row = firstRow + headerRow;
  const own = merges.filter((merge) => merge.s.r === row);
  const tallest = Math.max(0, ...own.map((merge) => merge.e.r - merge.s.r));
  const isWide = own.some((merge) => merge.e.c > merge.s.c);
  const mostHeaderRows = 5; // by taste
  return Math.min(mostHeaderRows, rows.length - headerRow, Math.max(tallest, isWide ? 1 : 0) + 1);
}

/** The rows of a header as one: merged cells hold for all columns they cover, and different texts are joined. */
export function joinHeader(
  { rows, firstRow, firstColumn, merges }: SheetRows,
  headerRow: number,
  depth: number,
): string[] {
  const header = rows.slice(headerRow, headerRow + depth).map((row) => [...row]);
  for (const { s: start, e: end } of merges) {
    const text = header[start.r - firstRow - headerRow]?.[start.c - firstColumn];
    if (text === undefined) continue;
    for (let row = start.r; row <= end.r; row++) {
      const cells = header[row - firstRow - headerRow];
      for (let column = start.c; cells !== undefined && column <= end.c; column++) {
        if (column - firstColumn < cells.length) cells[column - firstColumn] = text;
      }
    }
  }
  return header[0].map((_, column) =>
    [...new Set(header.map((row) => row[column].trim()))].filter((text) => text !== '').join(' '),
  );
}
