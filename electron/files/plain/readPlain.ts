import type { ByteSource } from '../byteSource';
import { ColumnReaders, type TableSetting } from '../columns/columnReaders';
import type { ColumnReader } from '../columns/columnReader';
import type { DelimitedDialect, FileHead } from '../delimited/delimitedDialect';
import { delimitedNotices } from '../delimited/delimitedNotices';
import { finishTable, type BuiltTable } from '../table/finishTable';
import { appendPart } from './plainPart';
import { PlainRange, type PlainTask } from './plainRange';
import { plainRanges } from './plainRanges';
import { readPlainBlocks } from './plainReading';
import { PlainRows } from './plainRows';
import { looksPlain } from './plainText';
import type { PlainThread } from './plainThread';
import { findPlainTop } from './plainTop';
import { progressMs, type ReadRun } from '../readRun';
import { firstCells } from '../table/tableBuilder';

const usualPieceBytes = 1 << 20;
/** So small that what is looked at later is split at once. */
const usualBlockBytes = 1 << 16;

/**
 * Reads a plain file into a table, straight from its bytes: its first part in the calling thread, the others in
 * `threads`. Null when it is not plain, or was cancelled: the general reader makes the same table of it, and of any
 * other. The table is the same whatever the number of threads.
 */
export async function readPlain(
  source: ByteSource,
  head: FileHead,
  dialect: DelimitedDialect,
  setting: TableSetting,
  run: ReadRun,
  threads: readonly PlainThread[],
): Promise<BuiltTable | null> {
  const top = looksPlain(dialect) ? findPlainTop(head, dialect) : null;
  if (top === null) return null;
  const header = firstCells(top.firstRow, setting);
  const whole = { start: top.bodyStart, end: source.sizeBytes };
  const ranges = await plainRanges(source, whole, threads.length + 1);
  const [task, ...tasks] = ranges.map((range, index): PlainTask => ({
    range,
    // The first part has room for the others.
    setting: index === 0 ? setting : partSetting(setting, ranges.length),
    width: header.length,
    pieceBytes: run.pieceBytes ?? usualPieceBytes,
    blockBytes: run.blockLength ?? usualBlockBytes,
  }));
  const range = new PlainRange(task);
  const helpers = threads.slice(0, tasks.length);
  const loaded = await Promise.all([
    range.load(source, () => run.signal.aborted),
    ...helpers.map((thread, index) => thread.load(source.path, tasks[index])),
  ]);
  if (loaded.includes(false)) return null;
  const reading = helpers.map((thread) => thread.read());
  if (setting.hasHeader) range.rows.blankLines.addRow();
  if (!range.read(progressTeller(source.sizeBytes, top.bodyStart, ranges.length, run))) return null;
  const readers = new ColumnReaders(setting);
  const again = new Set<number>();
  for (const part of await Promise.all(reading)) {
    if (part === null) return null;
    for (const column of appendPart(range, part, readers)) again.add(column);
  }
  const { text, rows, blocks } = range;
  const columns = [...range.readers];
  const readAgain = (wanted: ReadonlyMap<number, ColumnReader>): void => {
    const chosen = columns.map((_, index) => wanted.get(index) ?? null);
    const reader = new PlainRows(setting.syntax, header.length, chosen, () => null);
    readPlainBlocks(text, reader, usualBlockBytes, () => undefined);
  };
  const ordered = new Map(
    [...again].map((index) => [index, readers.create(index, readers.firstPlan(index))]),
  );
  if (ordered.size > 0) readAgain(ordered);
  for (const [index, reader] of ordered) columns[index] = reader;
  const built = finishTable(
    {
      text: {
        syntax: setting.syntax,
        segments: text.segments,
        blocks,
        rows: rows.rows,
        isAscii: text.isAscii,
      },
      header: setting.hasHeader ? header : null,
      columns,
      widths: rows.widths,
      readAgain,
    },
    readers,
    setting,
  );
  const blankLines = rows.blankLines.counts.between;
  const lines = { unclosedQuotes: null, malformedQuotes: null, blankLines };
  return { ...built, notices: [...delimitedNotices(dialect, lines), ...built.notices] };
}

const partSetting = (setting: TableSetting, parts: number): TableSetting => ({
  ...setting,
  expectedRows: Math.ceil(setting.expectedRows / parts),
});

/** Tells of progress now and then. The other parts are taken to be as far as the first. */
function progressTeller(
  totalBytes: number,
  bodyStart: number,
  parts: number,
  run: ReadRun,
): (bytes: number, rows: number) => void {
  let bytes = bodyStart;
  let rows = 0;
  let toldAt = performance.now();
  return (moreBytes, moreRows) => {
    bytes += parts * moreBytes;
    rows += parts * moreRows;
    const now = performance.now();
    if (now - toldAt < progressMs) return;
    toldAt = now;
    run.onProgress(Math.min(bytes, totalBytes), totalBytes, rows);
  };
}
