import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import type { Dialect, ImportOptions, TablePreview } from '../../shared/table';
import type { ByteSource } from './byteSource';
import { delimitedDialect, type DelimitedDialect, type FileHead } from './delimitedDialect';
import { DelimitedReading } from './delimitedReading';
import { ByteScan, type ByteFacts } from './scanBytes';
import { previewOf, storedTable, type FileFacts } from './storedTable';
import type { StoredTable } from './table';
import type { BuiltTable } from './tableBuilder';
import { usualMissingCodes } from './usualMissingCodes';

/** What is told while a file is read, and how it is cut; the pieces change nothing but the speed. */
export interface ReadRun {
  readonly signal: AbortSignal;
  readonly onFirstRows: (preview: TablePreview) => void;
  /** At most ten times a second. */
  readonly onProgress: (bytes: number, totalBytes: number, rows: number) => void;
  /** Bytes read at once. @default 1048576 */
  readonly pieceBytes?: number;
  /** Characters split into rows at once. @default 65536 */
  readonly blockLength?: number;
}

const usualPieceBytes = 1 << 20;
const stretchBytes = 1 << 16;
const progressMs = 100;

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
  const reading = new DelimitedReading(dialect, options, {
    firstReadings: [],
    expectedRows: 64,
    expectedBytes: head.bytes.length,
    blockLength: 1,
  });
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
  const first = readDelimitedHead(source, head, options, headFacts(head));
  if (first.ok) run.onFirstRows(first.value.preview);
  else if (head.isWhole) return first;
  const facts = await scanFile(source, run);
  if (facts === null) return failed({ kind: 'cancelled' });
  const again = isSameText(facts, first.ok ? first.value.dialect.facts : null)
    ? first
    : readDelimitedHead(source, head, options, facts);
  if (!again.ok) return again;
  return readRows(source, options, run, { ...again.value, dialect: { ...again.value.dialect, facts } }, head);
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
  { dialect, built: headTable }: HeadReading,
  head: FileHead,
): Promise<Result<StoredTable, Failure>> {
  const bytesPerRow = head.bytes.length / Math.max(1, headTable.text.rows);
  const reading = new DelimitedReading(dialect, options, {
    firstReadings: headTable.plans,
    expectedRows: Math.ceil((source.sizeBytes / bytesPerRow) * 1.02),
    expectedBytes: source.sizeBytes,
    blockLength: run.blockLength,
  });
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
  const built = reading.finish();
  run.onProgress(bytes, source.sizeBytes, reading.rows);
  if (built.text.rows === 0) {
    return failed({ kind: 'noDataRows', file: source.fileName, columns: built.columns.length });
  }
  return ok(storedTable(fileFacts(source, dialect, built, options), built));
}
