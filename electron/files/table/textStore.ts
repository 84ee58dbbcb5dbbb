import { isBlankRow, splitRows, type RowSyntax, type SplitMode } from '../delimited/splitRows';
import type { RowBlock } from '../delimited/rowReader';

/** The original text of a table as plain data that threads can share. */
export interface StoredText {
  readonly syntax: RowSyntax;
  /** UTF-8, in pieces, because a single buffer may not be as large as a file. */
  readonly segments: SharedArrayBuffer[];
  readonly blocks: StoredBlock[];
  readonly rows: number;
  readonly isAscii: boolean;
}

export interface StoredBlock {
  readonly segment: number;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly mode: SplitMode;
  readonly firstRow: number;
  /** Rows at the beginning of the text that are not part of the table: the header. */
  readonly leadingRows: number;
}

const largestSegment = 1 << 24;
const smallestSegment = 1 << 16;

/** Keeps the text of rows as it arrives: about one byte a character and nothing for a cell. */
export class TextStore {
  private readonly segments: SharedArrayBuffer[] = [];
  private readonly blocks: StoredBlock[] = [];
  private current: Buffer = Buffer.alloc(0);
  private used = 0;
  private rowCount = 0;
  private isAscii = true;

  /** `expectedBytes`: about how much text there will be. */
  constructor(
    private readonly syntax: RowSyntax,
    private readonly expectedBytes: number,
  ) {}

  get rows(): number {
    return this.rowCount;
  }

  /** `leadingRows`: how many of the rows of the block are not part of the table. */
  add(block: RowBlock, leadingRows: number): void {
    const rows = block.rows.length - leadingRows;
    if (rows <= 0) return;
    const sizeBytes = Buffer.byteLength(block.text);
    if (this.used + sizeBytes > this.current.length) this.startSegment(sizeBytes);
    this.current.write(block.text, this.used, 'utf8');
    if (sizeBytes !== block.text.length) this.isAscii = false;
    this.blocks.push({
      segment: this.segments.length - 1,
      offset: this.used,
      sizeBytes,
      mode: block.mode,
      firstRow: this.rowCount,
      leadingRows,
    });
    this.used += sizeBytes;
    this.rowCount += rows;
  }

  private startSegment(atLeast: number): void {
    const wanted = Math.min(largestSegment, Math.max(smallestSegment, Math.ceil(this.expectedBytes * 1.02)));
    const segment = new SharedArrayBuffer(Math.max(atLeast, wanted));
    this.segments.push(segment);
    this.current = Buffer.from(segment);
    this.used = 0;
  }

  finish(): StoredText {
    const { syntax, segments, blocks, rowCount, isAscii } = this;
    return { syntax, segments, blocks, rows: rowCount, isAscii };
  }
}

/** Reads rows back out of a stored text, a block at a time. */
export class TextReader {
  /** The block that was read last: neighbouring rows are asked for one after the other. */
  private cached: { index: number; rows: string[][] } | null = null;

  constructor(private readonly text: StoredText) {}

  get blockCount(): number {
    return this.text.blocks.length;
  }

  /** All rows of a block, and the number of the first. */
  readBlock(index: number): { firstRow: number; rows: string[][] } {
    const block = this.text.blocks[index];
    const segment = block && this.text.segments[block.segment];
    if (!block || !segment) throw new RangeError(`block ${index} of ${this.text.blocks.length}`);
    const text = Buffer.from(segment, block.offset, block.sizeBytes).toString('utf8');
    const { rows } = splitRows(text, this.text.syntax, block.mode, true);
    const cells = rows.some(isBlankRow) ? rows.filter((row) => !isBlankRow(row)) : rows;
    return { firstRow: block.firstRow, rows: block.leadingRows > 0 ? cells.slice(block.leadingRows) : cells };
  }

  /** The cells of rows [firstRow, endRow); the caller keeps them within the table. Rows may be short or long. */
  readRows(firstRow: number, endRow: number): string[][] {
    const rows: string[][] = [];
    for (
      let index = this.blockOf(firstRow);
      rows.length < endRow - firstRow && index < this.blockCount;
      index++
    ) {
      const isCached = this.cached?.index === index;
      if (!isCached) this.cached = { index, rows: this.readBlock(index).rows };
      const start = this.text.blocks[index]?.firstRow ?? 0;
      const found = this.cached?.rows ?? [];
      for (const row of found.slice(Math.max(0, firstRow - start), Math.max(0, endRow - start)))
        rows.push(row);
    }
    return rows;
  }

  /** The block that holds a row, by bisection. */
  private blockOf(row: number): number {
    const { blocks } = this.text;
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((blocks[middle]?.firstRow ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
