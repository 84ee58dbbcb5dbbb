import { availableParallelism } from 'node:os';
import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Dialect, ImportOptions, TablePreview } from '../../../shared/table';
import type { ByteSource } from '../byteSource';
import { delimitedDialect, type DelimitedDialect, type FileHead } from './delimitedDialect';
import type { TableSetting } from '../columns/columnReaders';
import type { PlainThread } from '../plain/plainThread';
import { readPlain } from '../plain/readPlain';
import { progressMs, type ReadRun } from '../readRun';
import { DelimitedReading } from './delimitedReading';
import { ByteScan, type ByteFacts } from './scanBytes';
import { previewOf, storedTable, type FileFacts } from '../table/storedTable';
import type { StoredTable } from '../table/table';
import type { BuiltTable } from '../table/finishTable';
import { usualMissingCodes } from '../columns/usualMissingCodes';

const quote = 34;
/** Fewer bytes are read before another thread has started. By taste. */
const bytesPerThread = 1 << 23;
/** More wait for memory. By taste. */
const mostThreads = 4;
const usualPieceBytes = 1 << 20;
const stretchBytes = 1 << 16;

interface HeadReading {
  readonly dialect: DelimitedDialect;
  readonly built: BuiltTable;
  readonly preview: TablePreview;
}

function fileFacts(
  source: ByteSource,
  { facts, encoding, syntax, layout }: DelimitedDialect,
  built: BuiltTable,
  options: ImportOptions,
): FileFacts {
  const dialect: Dialect = {
    format: 'delimited',
    encoding,
    hasByteOrderMark: facts.hasByteOrderMark,
    delimiter: syntax.delimiter,
    decimal: built.decimal,
    hasHeader: layout.hasHeader,
    skippedLines: layout.skippedLines,
    missingCodes: [...(options.missingCodes ?? usualMissingCodes)],
    sheet: null,
    sheets: [],
  };
  return { fileName: source.fileName, sizeBytes: source.sizeBytes, dialect };
}

/** Reads the head of a file as a small table of its own. */
export function readDelimitedHead(
  source: ByteSource,
  head: FileHead,
  options: ImportOptions,
  facts: ByteFacts,
): Result<HeadReading, Failure> {
  const found = delimitedDialect(source.fileName, head, facts, options);
  if (!found.ok) return found;
  const dialect = found.value;
  const setting = tableSetting(dialect, options, {
    firstReadings: [],
    expectedRows: 64,
    expectedBytes: head.bytes.length,
  });
  const reading = new DelimitedReading(dialect, setting, 1);
  const problem = reading.push(head.bytes, head.isWhole);
  if (problem !== null) return failed({ kind: 'tooLarge', file: source.fileName, limit: problem });
  const built = reading.finish();
  const preview = previewOf(fileFacts(source, dialect, built, options), built, head.isWhole);
  return ok({ dialect, built, preview });
}

/** What the bytes of the head say about all of them. */
export function headFacts(head: FileHead): ByteFacts {
  const scan = new ByteScan();
  scan.push(head.bytes);
  return scan.facts(head.isWhole);
}

/**
 * Reads delimited text into a table: first rows from the head, then facts about all bytes, then all rows. Nothing is
 * decided from the head alone but the layout of the lines.
 */
export async function readDelimited(
  source: ByteSource,
  head: FileHead,
  options: ImportOptions,
  run: ReadRun,
): Promise<Result<StoredTable, Failure>> {
  const threads = startThreads(source, head, run);
  const first = readDelimitedHead(source, head, options, headFacts(head));
  if (first.ok) {
    run.onFirstRows(first.value.preview);
    const { dialect, built: headTable } = first.value;
    const setting = wholeSetting(source, dialect, options, headTable, head);
    const built = await readPlain(source, head, dialect, setting, run, threads);
    for (const thread of threads) void thread.end();
    if (built !== null) return readTableOf(source, dialect, options, run, built);
    if (run.signal.aborted) return failed({ kind: 'cancelled' });
  } else if (head.isWhole) return first;
  const facts = await scanFile(source, run);
  if (facts === null) return failed({ kind: 'cancelled' });
  const again = isSameText(facts, first.ok ? first.value.dialect.facts : null)
    ? first
    : readDelimitedHead(source, head, options, facts);
  if (!again.ok) return again;
  const dialect = { ...again.value.dialect, facts };
  const setting = wholeSetting(source, dialect, options, again.value.built, head);
  return readRows(source, options, run, dialect, setting);
}

/** Threads that may help, started early because that takes as long as reading some megabytes. */
function startThreads(source: ByteSource, head: FileHead, { startThread, threads }: ReadRun): PlainThread[] {
  if (startThread === undefined || head.bytes.includes(quote)) return [];
  const useful = Math.floor(source.sizeBytes / bytesPerThread);
  const wanted = threads ?? Math.min(availableParallelism(), mostThreads, useful);
  return Array.from({ length: Math.max(0, wanted - 1) }, startThread);
}

function tableSetting(
  { syntax, layout }: DelimitedDialect,
  options: ImportOptions,
  expected: Pick<TableSetting, 'firstReadings' | 'expectedRows' | 'expectedBytes'>,
): TableSetting {
  const { hasHeader, isHeaderShifted } = layout;
  return { syntax, hasHeader, isHeaderShifted, options, isWorkbook: false, ...expected };
}

/** What the head of a file lets expect of all of it. */
function wholeSetting(
  source: ByteSource,
  dialect: DelimitedDialect,
  options: ImportOptions,
  headTable: BuiltTable,
  head: FileHead,
): TableSetting {
  const bytesPerRow = head.bytes.length / Math.max(1, headTable.text.rows);
  return tableSetting(dialect, options, {
    firstReadings: headTable.plans,
    expectedRows: Math.ceil((source.sizeBytes / bytesPerRow) * 1.02),
    expectedBytes: source.sizeBytes,
  });
}

function isSameText(whole: ByteFacts, head: ByteFacts | null): boolean {
  return head !== null && whole.encoding === head.encoding && whole.lineEnds === head.lineEnds;
}

/** Facts about all bytes; null when cancelled. */
async function scanFile(source: ByteSource, run: ReadRun): Promise<ByteFacts | null> {
  const scan = new ByteScan();
  for await (const piece of source.pieces(run.pieceBytes ?? usualPieceBytes)) {
    if (run.signal.aborted) return null;
    scan.push(piece);
  }
  return scan.facts(true);
}

async function readRows(
  source: ByteSource,
  options: ImportOptions,
  run: ReadRun,
  dialect: DelimitedDialect,
  setting: TableSetting,
): Promise<Result<StoredTable, Failure>> {
  const reading = new DelimitedReading(dialect, setting, run.blockLength);
  const tooLarge = (limit: string): Result<never, Failure> =>
    failed({ kind: 'tooLarge', file: source.fileName, limit });
  let bytes = 0;
  let toldAt = performance.now();
  for await (const piece of source.pieces(run.pieceBytes ?? usualPieceBytes)) {
    if (run.signal.aborted) return failed({ kind: 'cancelled' });
    // Rows of a small stretch are still in the processor's cache when their columns are read.
    for (let at = 0; at < piece.length; at += stretchBytes) {
      const problem = reading.push(piece.subarray(at, at + stretchBytes), false);
      if (problem !== null) return tooLarge(problem);
    }
    bytes += piece.length;
    if (performance.now() - toldAt >= progressMs) {
      toldAt = performance.now();
      run.onProgress(bytes, source.sizeBytes, reading.rows);
    }
  }
  const problem = reading.push(new Uint8Array(0), true);
  if (problem !== null) return tooLarge(problem);
  return readTableOf(source, dialect, options, run, reading.finish());
}

function readTableOf(
  source: ByteSource,
  dialect: DelimitedDialect,
  options: ImportOptions,
  run: ReadRun,
  built: BuiltTable,
): Result<StoredTable, Failure> {
  run.onProgress(source.sizeBytes, source.sizeBytes, built.text.rows);
  if (built.text.rows === 0) {
    return failed({ kind: 'noDataRows', file: source.fileName, columns: built.columns.length });
  }
  return ok(storedTable(fileFacts(source, dialect, built, options), built));
}
