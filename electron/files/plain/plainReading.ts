import type { PlainRows } from './plainRows';
import type { PlainText } from './plainText';
import type { StoredBlock } from '../table/textStore';

/**
 * Reads all rows of plain text. Answers the blocks of it that have rows, for looking at them later.
 * `onBlock` is told how many bytes were read.
 */
export function readPlainBlocks(
  text: PlainText,
  rows: PlainRows,
  blockBytes: number,
  onBlock: (bytes: number) => void,
): StoredBlock[] {
  const blocks: StoredBlock[] = [];
  text.segments.forEach((memory, segment) => {
    const buffer = Buffer.from(memory);
    const size = text.sizes[segment];
    for (let offset = 0; offset < size;) {
      const end = buffer.indexOf('\n', Math.min(offset + blockBytes, size) - 1) + 1;
      const firstRow = rows.rows;
      rows.read(buffer, offset, end);
      if (rows.rows > firstRow) {
        const sizeBytes = end - offset;
        blocks.push({ segment, offset, sizeBytes, mode: 'unquoted', firstRow, leadingRows: 0 });
      }
      onBlock(end - offset);
      offset = end;
    }
  });
  return blocks;
}
