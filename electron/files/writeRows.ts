import type { Failure } from '../../shared/failure';
import { ok, type Result } from '../../shared/result';
import { uniqueName } from './columns/columnNames';
import { delimitedLine } from './safeCell';
import type { Table } from './table/table';
import { writeWhole } from './writeWhole';

/** A column that is written after those of the table. */
export interface AddedColumn {
  readonly name: string;
  /** The text of its cell in a row of the table. */
  cell(row: number): string;
}

export interface WriteRowsRun {
  readonly signal: AbortSignal;
  /** At most ten times a second. */
  onProgress(rows: number, totalRows: number): void;
}

const rowsAtOnce = 512;
const progressMs = 100;
const byteOrderMark = '\ufeff';
const nonAscii = /[^\0-\x7f]/;

/**
 * Writes the rows of a table in their order, each cell as it stood in the file, and the added columns after them. The
 * file is CSV in UTF-8 with commas, or with semicolons where the table has decimal commas, so that spreadsheet programs
 * of either habit open it. A byte order mark is written only where there are other characters than ASCII: Excel needs
 * it for those, and other programs stumble over it. Names that the table has already get a number.
 */
export async function writeRows(
  table: Table,
  added: readonly AddedColumn[],
  path: string,
  run: WriteRowsRun,
): Promise<Result<{ bytes: number; rows: number }, Failure>> {
  const written = await writeWhole(path, csvPieces(table, added, run), run.signal);
  return written.ok ? ok({ bytes: written.value.bytes, rows: table.summary.rows }) : written;
}

function* rowsOf(table: Table): Generator<{ firstRow: number; cells: string[][] }, void, void> {
  const { rows, columns } = table.summary;
  for (let firstRow = 0; firstRow < rows; firstRow += rowsAtOnce) {
    yield { firstRow, cells: table.slice(firstRow, firstRow + rowsAtOnce, 0, columns.length) };
  }
}

async function* csvPieces(
  table: Table,
  added: readonly AddedColumn[],
  run: WriteRowsRun,
): AsyncGenerator<string, void, void> {
  const { summary } = table;
  const delimiter = summary.dialect.decimal === ',' ? ';' : ',';
  const lineOf = (cells: readonly string[]): string => delimitedLine(cells, delimiter);
  // A file has one decimal mark: numbers that are added take that of the table.
  const addedCell = (text: string): string =>
    delimiter === ';' && /^-?\d+\.\d+(e[+-]?\d+)?$/.test(text) ? text.replace('.', ',') : text;
  const names = summary.columns.map(({ name }) => name);
  const taken = new Set(names);
  for (const { name } of added) {
    const unique = uniqueName(name, taken);
    taken.add(unique);
    names.push(unique);
  }
  const header = lineOf(names);
  yield (hasOtherCharacters(table, added, header) ? byteOrderMark : '') + header;
  let toldAt = performance.now();
  for (const { firstRow, cells } of rowsOf(table)) {
    yield cells
      .map((row, index) =>
        lineOf([...row, ...added.map((column) => addedCell(column.cell(firstRow + index)))]),
      )
      .join('');
    if (performance.now() - toldAt < progressMs) continue;
    toldAt = performance.now();
    run.onProgress(firstRow + cells.length, summary.rows);
    // Lets a cancel through, and whatever else the process has to do.
    await new Promise((resolve) => setImmediate(resolve));
  }
  run.onProgress(summary.rows, summary.rows);
}

/** True when there is anything but ASCII among the cells or the header. */
function hasOtherCharacters(table: Table, added: readonly AddedColumn[], header: string): boolean {
  if (nonAscii.test(header) || !table.isAscii) return true;
  for (let row = 0; row < table.summary.rows; row++) {
    if (added.some((column) => nonAscii.test(column.cell(row)))) return true;
  }
  return false;
}
