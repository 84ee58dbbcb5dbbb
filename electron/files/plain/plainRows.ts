import { ByteColumn, type CellEnds } from './byteColumn';
import type { ColumnReader } from '../columns/columnReader';
import { BlankLines } from '../delimited/blankLines';
import type { PlainPart } from './plainPart';
import { RowWidths } from '../table/rowWidths';
import { delimiterCharacter, isBlankRow, type RowSyntax } from '../delimited/splitRows';

const space = 32;
const deletion = 127;

/**
 * Reads rows straight from the bytes of text that is plain: valid UTF-8 without quotes, every line with the same end,
 * which is never inside a cell. Gives what splitting the text and reading its columns would give.
 */
export class PlainRows {
  readonly blankLines = new BlankLines();
  readonly widths: RowWidths;
  rows = 0;
  private readonly columns: (ByteColumn | null)[];
  private readonly ends: CellEnds;
  private readonly delimiterText: string;
  private readonly lineEndBytes: number;
  /** Columns have room for rows below. */
  private room = 0;

  /**
   * `readers`: by column; null for one that is not read.
   * `addReader`: makes the reader of one more column when a row has a cell for it, or null when it is not wanted.
   */
  constructor(
    syntax: RowSyntax,
    width: number,
    readers: readonly (ColumnReader | null)[],
    private readonly addReader: (column: number) => ColumnReader | null,
  ) {
    this.delimiterText = delimiterCharacter(syntax.delimiter);
    this.ends = {
      delimiter: this.delimiterText.charCodeAt(0),
      lineEnd: syntax.lineEnd.charCodeAt(0),
    };
    this.lineEndBytes = syntax.lineEnd.length;
    this.widths = new RowWidths(width);
    this.columns = readers.map((reader) => (reader === null ? null : new ByteColumn(reader, this.ends)));
  }

  /** Reads the rows of `bytes` [start, end), which ends with a line end. */
  read(bytes: Buffer, start: number, end: number): void {
    const { columns, ends, lineEndBytes, blankLines, widths } = this;
    const { delimiter } = ends;
    let at = start;
    while (at < end) {
      const first = bytes[at];
      if (first <= space || first >= deletion || first === delimiter) {
        const next = this.endOfBlankRow(bytes, at);
        if (next >= 0) {
          blankLines.addBlankLine();
          at = next + lineEndBytes;
          continue;
        }
      }
      const row = this.rows++;
      if (row === this.room) this.makeRoom();
      let cells = 0;
      for (;;) {
        if (cells === columns.length) this.addColumn(row);
        const column = columns[cells++];
        at = column === null ? endOfCell(bytes, at, ends) : column.read(bytes, at, row);
        if (bytes[at] !== delimiter) break;
        at += 1;
      }
      blankLines.addRow();
      if (cells !== widths.width) widths.add(cells, row);
      for (; cells < columns.length; cells++) columns[cells]?.reader.readCell('', row);
      at += lineEndBytes;
    }
    for (const column of columns) column?.reader.endRows(this.rows);
  }

  /** Adds what another reader found in the rows that follow; their columns are the caller's. */
  append({ rows, shortRows, longRows, blankLines }: Omit<PlainPart, 'text' | 'blocks' | 'columns'>): void {
    this.widths.append({ shortRows, longRows }, this.rows);
    this.blankLines.append(blankLines);
    this.rows += rows;
  }

  private makeRoom(): void {
    this.room += 1 << 12; // so that columns are seldom asked
    for (const column of this.columns) column?.reserve(this.room);
  }

  private addColumn(rowsAbove: number): void {
    const reader = this.addReader(this.columns.length);
    if (reader === null) {
      this.columns.push(null);
      return;
    }
    reader.addAbsentRows(rowsAbove);
    const column = new ByteColumn(reader, this.ends);
    column.reserve(this.room);
    this.columns.push(column);
  }

  /** Where the row that begins at `start` ends when there is nothing on it but blanks and delimiters; -1 otherwise. */
  private endOfBlankRow(bytes: Buffer, start: number): number {
    const { delimiter, lineEnd } = this.ends;
    let end = start;
    for (let code = bytes[end]; code !== lineEnd; code = bytes[++end]) {
      if (code > space && code < deletion && code !== delimiter) return -1;
    }
    // Some characters beyond ASCII are blanks too.
    return isBlankRow(bytes.toString('utf8', start, end).split(this.delimiterText)) ? end : -1;
  }
}

function endOfCell(bytes: Buffer, start: number, { delimiter, lineEnd }: CellEnds): number {
  let end = start;
  for (let code = bytes[end]; code !== delimiter && code !== lineEnd; code = bytes[++end]);
  return end;
}
