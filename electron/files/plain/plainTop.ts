import type { DelimitedDialect, FileHead } from '../delimited/delimitedDialect';
import { isPlain } from './plainText';
import { isBlankRow, splitRows } from '../delimited/splitRows';

/** The first lines of plain text. */
export interface PlainTop {
  /** Cells of the first row with any, be it a header or values. */
  readonly firstRow: readonly string[];
  /** Where the rows of values begin, in bytes. */
  readonly bodyStart: number;
}

const byteOrderMarkBytes = 3;

/** Finds where the rows of a plain file begin. Null when its first lines are not plain or not all in the head. */
export function findPlainTop(head: FileHead, { facts, syntax, layout }: DelimitedDialect): PlainTop | null {
  const bytes = Buffer.from(head.bytes.buffer, head.bytes.byteOffset, head.bytes.byteLength);
  const start = facts.hasByteOrderMark ? byteOrderMarkBytes : 0;
  let linesToSkip = layout.skippedLines;
  for (let lineStart = start; lineStart < bytes.length;) {
    const found = bytes.indexOf('\n', lineStart);
    if (found < 0 && !head.isWhole) return null;
    const lineEnd = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(lineStart, lineEnd);
    if (!isPlain(found < 0 ? Buffer.concat([line, Buffer.from(syntax.lineEnd)]) : line, syntax.lineEnd))
      return null;
    const [row = []] = splitRows(line.toString('utf8'), syntax, 'unquoted', true).rows;
    if (linesToSkip > 0) linesToSkip -= 1;
    else if (!isBlankRow(row)) {
      return { firstRow: row, bodyStart: layout.hasHeader ? lineEnd : lineStart };
    }
    lineStart = lineEnd;
  }
  return null;
}
