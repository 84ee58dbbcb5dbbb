import { ColumnReaders, type TableSetting } from '../columns/columnReaders';
import type { ColumnReader } from '../columns/columnReader';
import { finishTable, type BuiltTable } from './finishTable';
import type { RowBlock } from '../delimited/rowReader';
import { RowWidths } from './rowWidths';
import { TextReader, TextStore, type StoredText } from './textStore';

/** A table has at most so many columns; more come from a file that is no table. */
export const mostColumns = 100_000;

/** Makes a table of rows that arrive block by block. */
export class TableBuilder {
  private readonly store: TextStore;
  private readonly readers: ColumnReaders;
  private readonly columns: ColumnReader[] = [];
  private header: readonly string[] | null = null;
  /** By the header, or by the first row where there is none; null before it came. */
  private widths: RowWidths | null = null;

  constructor(private readonly setting: TableSetting) {
    this.store = new TextStore(setting.syntax, setting.expectedBytes);
    this.readers = new ColumnReaders(setting);
  }

  get rows(): number {
    return this.store.rows;
  }

  /** Takes the next rows; the first of all is the header where there is one. False when there are too many columns. */
  add(block: RowBlock): boolean {
    let { rows } = block;
    if (rows.length === 0) return true;
    let leadingRows = 0;
    if (this.widths === null) {
      const first = firstCells(rows[0], this.setting);
      this.widths = new RowWidths(first.length);
      if (this.setting.hasHeader) {
        this.header = first;
        leadingRows = 1;
        rows = rows.slice(1);
      }
    }
    const { widths } = this;
    const firstRow = this.store.rows;
    let widest = Math.max(this.columns.length, widths.width);
    for (let index = 0; index < rows.length; index++) {
      const cells = rows[index].length;
      if (cells === widths.width) continue;
      widths.add(cells, firstRow + index);
      if (cells > widest) widest = cells;
    }
    if (widest > mostColumns) return false;
    while (this.columns.length < widest) this.addColumn(firstRow);
    for (let column = 0; column < widest; column++) this.columns[column].read(rows, column);
    this.store.add(block, leadingRows);
    return true;
  }

  private addColumn(rowsAbove: number): void {
    const index = this.columns.length;
    const reader = this.readers.create(index, this.readers.firstPlan(index));
    if (rowsAbove > 0) reader.addAbsentRows(rowsAbove);
    this.columns.push(reader);
  }

  /** The table of all rows that came. Call once, after the last block. */
  finish(): BuiltTable {
    const text = this.store.finish();
    const widths = this.widths ?? new RowWidths(0);
    // A header alone has columns too.
    while (this.columns.length < widths.width) this.addColumn(this.store.rows);
    const { header, columns } = this;
    const rows = {
      text,
      header,
      columns,
      widths,
      readAgain: (readers: ReadonlyMap<number, ColumnReader>) => readAgain(text, readers),
    };
    return finishTable(rows, this.readers, this.setting);
  }
}

/** The cells of the first row as names or values of columns. */
export function firstCells(
  row: readonly string[],
  { hasHeader, isHeaderShifted }: TableSetting,
): readonly string[] {
  return hasHeader && isHeaderShifted ? ['', ...row] : row;
}

function readAgain(text: StoredText, readers: ReadonlyMap<number, ColumnReader>): void {
  const source = new TextReader(text);
  for (let block = 0; block < source.blockCount; block++) {
    const { rows } = source.readBlock(block);
    for (const [index, reader] of readers) reader.read(rows, index);
  }
}
