import type { ByteSource } from '../byteSource';
import { ColumnReaders, type TableSetting } from '../columns/columnReaders';
import type { ColumnReader } from '../columns/columnReader';
import { readPlainBlocks } from './plainReading';
import { PlainRows } from './plainRows';
import { loadPlainText, type ByteRange, type PlainText } from './plainText';
import { mostColumns } from '../table/tableBuilder';
import type { StoredBlock } from '../table/textStore';

/** Part of a plain file to read, as plain data. */
export interface PlainTask {
  readonly range: ByteRange;
  readonly setting: TableSetting;
  /** Cells of the first row of the file. */
  readonly width: number;
  /** Bytes read at once. */
  readonly pieceBytes: number;
  /** Bytes whose rows are read at once. */
  readonly blockBytes: number;
}

/** Reads part of a plain file: first its bytes, and when all of the file is known to be plain, its rows. */
export class PlainRange {
  readonly readers: ColumnReader[] = [];
  readonly rows: PlainRows;
  blocks: StoredBlock[] = [];
  private loaded: PlainText | null = null;

  constructor(private readonly task: PlainTask) {
    const { setting, width } = task;
    const readers = new ColumnReaders(setting);
    const addReader = (column: number): ColumnReader => {
      const reader = readers.create(column, readers.firstPlan(column));
      this.readers.push(reader);
      return reader;
    };
    for (let column = 0; column < width; column++) addReader(column);
    this.rows = new PlainRows(setting.syntax, width, this.readers, addReader);
  }

  set text(text: PlainText) {
    this.loaded = text;
  }

  get text(): PlainText {
    if (this.loaded === null) throw new Error('a range is read before its text was loaded');
    return this.loaded;
  }

  /** Reads the bytes. False when they are not plain, or `isStopped`. */
  async load(source: ByteSource, isStopped: () => boolean): Promise<boolean> {
    const { range, setting, pieceBytes } = this.task;
    this.loaded = await loadPlainText(source, range, setting.syntax.lineEnd, pieceBytes, isStopped);
    return this.loaded !== null;
  }

  /** Reads the rows. `onBlock` is told of bytes and rows as they are read. False when there are too many columns. */
  read(onBlock: (bytes: number, rows: number) => void): boolean {
    let rows = 0;
    this.blocks = readPlainBlocks(this.text, this.rows, this.task.blockBytes, (bytes) => {
      onBlock(bytes, this.rows.rows - rows);
      rows = this.rows.rows;
    });
    return this.readers.length <= mostColumns;
  }
}
