import type { ByteSource } from './byteSource';
import { ColumnReaders, type TableSetting } from './columnReaders';
import type { ColumnReader } from './columnReader';
import type { DelimitedDialect, FileHead } from './delimitedDialect';
import { delimitedNotices } from './delimitedNotices';
import { finishTable, type BuiltTable } from './finishTable';
import { PlainRange } from './plainRange';
import { readPlainBlocks } from './plainReading';
import { PlainRows } from './plainRows';
import { looksPlain } from './plainText';
import { findPlainTop } from './plainTop';
import { progressMs, type ReadRun } from './readRun';
import { firstCells } from './tableBuilder';

const usualPieceBytes = 1 << 20;
/** So small that what is looked at later is split at once. */
const usualBlockBytes = 1 << 16;

/**
 * Reads a plain file into a table, straight from its bytes. Null when it is not plain, or was cancelled: the general
 * reader makes the same table of it, and of any other.
 */
export async function readPlain(
  source: ByteSource,
  head: FileHead,
  dialect: DelimitedDialect,
  setting: TableSetting,
  run: ReadRun,
): Promise<BuiltTable | null> {
  const top = looksPlain(dialect) ? findPlainTop(head, dialect) : null;
  if (top === null) return null;
  const first = firstCells(top.firstRow, setting);
  const range = new PlainRange({
    range: { start: top.bodyStart, end: source.sizeBytes },
    setting,
    width: first.length,
    pieceBytes: run.pieceBytes ?? usualPieceBytes,
    blockBytes: run.blockLength ?? usualBlockBytes,
  });
  if (!(await range.load(source, () => run.signal.aborted))) return null;
  if (setting.hasHeader) range.rows.blankLines.addRow();
  const isTable = range.read(progressTeller(source.sizeBytes, top.bodyStart, run));
  if (!isTable) return null;
  const { text, readers, rows, blocks } = range;
  const readAgain = (again: ReadonlyMap<number, ColumnReader>): void => {
    const columns = readers.map((_, index) => again.get(index) ?? null);
    readPlainBlocks(
      text,
      new PlainRows(setting.syntax, first.length, columns, () => null),
      usualBlockBytes,
      () => undefined,
    );
  };
  const built = finishTable(
    {
      text: {
        syntax: setting.syntax,
        segments: text.segments,
        blocks,
        rows: rows.rows,
        isAscii: text.isAscii,
      },
      header: setting.hasHeader ? first : null,
      columns: readers,
      widths: rows.widths,
      readAgain,
    },
    new ColumnReaders(setting),
    setting,
  );
  const blankLines = rows.blankLines.counts.between;
  return {
    ...built,
    notices: [
      ...delimitedNotices(dialect, { unclosedQuotes: null, malformedQuotes: null, blankLines }),
      ...built.notices,
    ],
  };
}

/** Adds up what was read and tells of it now and then. */
function progressTeller(
  totalBytes: number,
  bodyStart: number,
  run: ReadRun,
): (bytes: number, rows: number) => void {
  let bytes = bodyStart;
  let rows = 0;
  let toldAt = performance.now();
  return (moreBytes, moreRows) => {
    bytes += moreBytes;
    rows += moreRows;
    const now = performance.now();
    if (now - toldAt < progressMs) return;
    toldAt = now;
    run.onProgress(Math.min(bytes, totalBytes), totalBytes, rows);
  };
}
