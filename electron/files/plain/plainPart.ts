import type { BlankLineCounts } from '../delimited/blankLines';
import type { ColumnReaders } from '../columns/columnReaders';
import type { ColumnPart } from '../columns/columnCounts';
import type { ColumnReader } from '../columns/columnReader';
import type { PlainRange } from './plainRange';
import type { PlainText } from './plainText';
import type { OddRows } from '../table/rowWidths';
import type { StoredBlock } from '../table/textStore';

/** What a thread read of part of a plain file, as plain data. */
export interface PlainPart {
  readonly text: PlainText;
  readonly blocks: StoredBlock[];
  readonly rows: number;
  readonly shortRows: OddRows | null;
  readonly longRows: OddRows | null;
  readonly blankLines: BlankLineCounts;
  readonly columns: ColumnPart[];
}

/** What was found in a range, as plain data that a thread can send. */
export function partOf({ text, blocks, rows, readers }: PlainRange): PlainPart {
  const { shortRows, longRows } = rows.widths;
  const columns = readers.map((reader) => reader.part());
  return { text, blocks, rows: rows.rows, shortRows, longRows, blankLines: rows.blankLines.counts, columns };
}

/** Adds the rows that follow to a range. Answers the columns that must be read again in one go. */
export function appendPart(range: PlainRange, part: PlainPart, readers: ColumnReaders): number[] {
  const above = range.rows.rows;
  const segmentsAbove = range.text.segments.length;
  range.text = {
    segments: [...range.text.segments, ...part.text.segments],
    sizes: [...range.text.sizes, ...part.text.sizes],
    isAscii: range.text.isAscii && part.text.isAscii,
  };
  for (const block of part.blocks) {
    range.blocks.push({
      ...block,
      segment: block.segment + segmentsAbove,
      firstRow: block.firstRow + above,
    });
  }
  range.rows.append(part);
  while (range.readers.length < part.columns.length) {
    const index = range.readers.length;
    const reader = readers.create(index, readers.firstPlan(index));
    reader.addAbsentRows(above);
    range.readers.push(reader);
  }
  return range.readers.flatMap((reader: ColumnReader, index) => {
    const column = index < part.columns.length ? part.columns[index] : null;
    if (column !== null) return reader.append(column) ? [] : [index];
    reader.addAbsentRows(part.rows);
    return [];
  });
}
