import type { Failure } from '../../shared/failure';
import { failed, type Result } from '../../shared/result';
import type { ColumnSummary, ImportOptions } from '../../shared/table';
import { withByteSource, type ByteSource } from './byteSource';
import { cellShape } from './columns/cellShape';
import { createDecoder } from './delimited/createDecoder';
import { readHead, type DelimitedDialect } from './delimited/delimitedDialect';
import { headFacts, readDelimitedHead } from './delimited/readDelimited';
import { numberOf, type Reading } from './columns/reading';
import { recogniseFormat } from './recogniseFormat';
import { RowReader, type RowBlock } from './delimited/rowReader';
import { usualMissingCodes } from './columns/usualMissingCodes';

/** Rows of a delimited file that are read when they are needed, as often as they are needed, and never kept. */
export interface RowStream {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** As the head of the file shows them: types are not corrected by what comes later. */
  readonly columns: readonly ColumnSummary[];
  /** All rows from the first, in blocks; short rows lack their last cells. `bytes`: how far the file has been read. */
  rows(): AsyncGenerator<{ rows: readonly (readonly string[])[]; bytes: number }, void, void>;
  /** The text of a cell without blanks around it; null when it is missing. */
  textOf(cell: string | undefined): string | null;
  /** The value of a cell of a column of numbers; NaN when it is missing or none. */
  numberOf(cell: string | undefined, column: number): number;
}

const pieceBytes = 1 << 18;

/** A number that needs no further look. */
const plainNumber = /^-?\d{1,15}(\.\d{1,15})?$/;

/** Opens a delimited file as a stream, hands it to `use` and closes it. Its layout and types are decided from its head. */
export function withRowStream<T>(
  path: string,
  options: ImportOptions,
  use: (stream: RowStream) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  return withByteSource(path, async (source) => {
    const { fileName, sizeBytes } = source;
    if (sizeBytes === 0) return failed({ kind: 'emptyFile', file: fileName });
    const head = await readHead(source);
    const format = recogniseFormat(head.bytes);
    if (format.kind !== 'text') return failed({ kind: 'notATable', file: fileName, looksLike: 'a workbook' });
    const read = readDelimitedHead(source, head, options, headFacts(head));
    if (!read.ok) return read;
    const { dialect, built } = read.value;
    return use(rowStream(source, dialect, options, built.columns));
  });
}

function rowStream(
  source: ByteSource,
  dialect: DelimitedDialect,
  options: ImportOptions,
  found: readonly { readonly summary: ColumnSummary; readonly counts: { readonly reading: Reading } }[],
): RowStream {
  const missing = new Set(['', ...(options.missingCodes ?? usualMissingCodes)]);
  const textOf = (cell: string | undefined): string | null => {
    const text = (cell ?? '').trim();
    return missing.has(text) ? null : text;
  };
  return {
    fileName: source.fileName,
    sizeBytes: source.sizeBytes,
    columns: found.map(({ summary }) => summary),
    rows: () => blocksOf(source, dialect),
    textOf,
    numberOf(cell, column) {
      const text = textOf(cell);
      const { reading } = found[column].counts;
      if (text === null || reading.family !== 'number') return NaN;
      if (reading.decimal === '.' && plainNumber.test(text)) return Number(text);
      return numberOf(cellShape(text), reading);
    },
  };
}

async function* blocksOf(
  source: ByteSource,
  { encoding, syntax, layout, hasMixedLineEnds }: DelimitedDialect,
): AsyncGenerator<{ rows: readonly (readonly string[])[]; bytes: number }, void, void> {
  const decoder = createDecoder(encoding);
  let blocks: RowBlock[] = [];
  let isHeaderDue = layout.hasHeader;
  const reader = new RowReader({
    syntax,
    hasMixedLineEnds,
    skippedLines: layout.skippedLines,
    onBlock: (block) => blocks.push(block),
  });
  let bytes = 0;
  const taken = (): readonly (readonly string[])[] => {
    const rows = blocks.flatMap((block) => block.rows);
    blocks = [];
    if (!isHeaderDue || rows.length === 0) return rows;
    isHeaderDue = false;
    return rows.slice(1);
  };
  for await (const piece of source.pieces(pieceBytes)) {
    bytes += piece.length;
    reader.push(decoder.decode(piece, false), false);
    yield { rows: taken(), bytes };
  }
  reader.push(decoder.decode(new Uint8Array(0), true), true);
  yield { rows: taken(), bytes };
}
