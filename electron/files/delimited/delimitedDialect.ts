import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import type { Encoding, ImportOptions } from '../../../shared/table';
import type { ByteSource } from '../byteSource';
import { createDecoder } from './createDecoder';
import { detectDialect, type Layout } from './detectDialect';
import type { ByteFacts } from './scanBytes';
import type { RowSyntax } from './splitRows';

/** How a delimited file is read: its bytes, its lines and its layout. */
export interface DelimitedDialect {
  readonly facts: ByteFacts;
  readonly encoding: Encoding;
  readonly syntax: RowSyntax;
  readonly hasMixedLineEnds: boolean;
  readonly layout: Layout;
}

/** The beginning of a file, which may be all of it. */
export interface FileHead {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** Enough for the first screen and for a good guess. */
const headBytes = 1 << 16;
/** Where lines are so long that the head holds only a few. */
const longHeadBytes = 1 << 21;
const fewLines = 20;
/** Text has fewer control characters and NULs than this share; a picture has more. By taste. */
const mostControls = 0.02;
/** So few are forgiven however short the file is. */
const fewControls = 8;

/** Reads the beginning of a file: more of it where lines are long. */
export async function readHead(source: ByteSource): Promise<FileHead> {
  const bytes = await source.head(headBytes);
  if (bytes.length === source.sizeBytes) return { bytes, isWhole: true };
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && lines < fewLines; at = bytes.indexOf(0x0a, at + 1))
    lines += 1;
  if (lines >= fewLines) return { bytes, isWhole: false };
  const longer = await source.head(longHeadBytes);
  return { bytes: longer, isWhole: longer.length === source.sizeBytes };
}

/** Decides how a file is read from its head and what is known of its bytes; or says why it is no table. */
export function delimitedDialect(
  fileName: string,
  head: FileHead,
  facts: ByteFacts,
  options: ImportOptions,
): Result<DelimitedDialect, Failure> {
  const areMany = (count: number, among: number): boolean =>
    count > Math.max(fewControls, mostControls * among);
  if (areMany(facts.controls.count, facts.controls.among) || areMany(facts.nulCount, facts.sizeBytes)) {
    return failed({ kind: 'notATable', file: fileName, looksLike: null });
  }
  const encoding = options.encoding ?? facts.encoding;
  const hasMixedLineEnds = facts.lineEnds === 'mixed' || encoding.startsWith('utf-16');
  const decoded = createDecoder(encoding).decode(head.bytes, head.isWhole);
  const text = hasMixedLineEnds ? decoded.replace(/\r\n?/g, '\n') : decoded;
  if (text.trim() === '') return failed({ kind: 'emptyFile', file: fileName });
  const lineEnd =
    hasMixedLineEnds || facts.lineEnds === 'lf' ? '\n' : facts.lineEnds === 'cr' ? '\r' : '\r\n';
  const layout = detectDialect(text, lineEnd, head.isWhole, options);
  return ok({ facts, encoding, syntax: { delimiter: layout.delimiter, lineEnd }, hasMixedLineEnds, layout });
}
