import { isAscii, isUtf8 } from 'node:buffer';
import type { ByteSource } from '../byteSource';
import type { DelimitedDialect } from '../delimited/delimitedDialect';
import type { RowSyntax } from '../delimited/splitRows';

/** Part of a file: from the beginning of a row to the end of one. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Text of whole rows that can be read byte by byte: valid UTF-8 without quotes, each line with the same end. */
export interface PlainText {
  readonly segments: SharedArrayBuffer[];
  /** How many bytes of each segment are rows. */
  readonly sizes: number[];
  readonly isAscii: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const nul = 0;

/** A longer line is left to the general reader. */
const largestSegment = 1 << 24;

/** True when the head of a file promises plain text. */
export function looksPlain({ facts, encoding, syntax, hasMixedLineEnds }: DelimitedDialect): boolean {
  return (
    encoding === 'utf-8' &&
    facts.encoding === 'utf-8' &&
    !facts.isEncodingGuessed &&
    facts.damagedCount === 0 &&
    !hasMixedLineEnds &&
    syntax.lineEnd !== '\r' &&
    syntax.delimiter !== 'whitespace'
  );
}

/** True when some whole lines are plain. */
export function isPlain(bytes: Buffer, lineEnd: RowSyntax['lineEnd']): boolean {
  if (bytes.includes(quote) || bytes.includes(nul) || !isUtf8(bytes)) return false;
  return lineEnd === '\n' ? !bytes.includes(carriageReturn) : hasOnlyPairs(bytes);
}

/** True when every carriage return is followed by a line feed, and nothing else is. */
function hasOnlyPairs(bytes: Buffer): boolean {
  let wasReturn = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if ((byte === lineFeed) !== wasReturn) return false;
    wasReturn = byte === carriageReturn;
  }
  return !wasReturn;
}

/**
 * Reads part of a file into shared memory. Null when it is not plain after all, as soon as that is known, or when
 * `isStopped`, which is asked before each piece.
 */
export async function loadPlainText(
  source: ByteSource,
  range: ByteRange,
  lineEnd: RowSyntax['lineEnd'],
  pieceBytes: number,
  isStopped: () => boolean,
): Promise<PlainText | null> {
  const segments: SharedArrayBuffer[] = [];
  const sizes: number[] = [];
  let hasOnlyAscii = true;
  let position = range.start;
  let carried: Buffer = Buffer.alloc(0);
  while (position < range.end) {
    // The last line of a file may lack its end.
    const wanted = carried.length + (range.end - position) + lineEnd.length;
    const segment = new SharedArrayBuffer(Math.min(largestSegment, wanted));
    const buffer = Buffer.from(segment);
    let used = carried.copy(buffer);
    let checked = 0;
    while (position < range.end && used < buffer.length) {
      if (isStopped()) return null;
      const length = Math.min(pieceBytes, buffer.length - used, range.end - position);
      const filled = await source.fill(buffer.subarray(used, used + length), position);
      // The file became shorter meanwhile.
      if (filled < length) return null;
      position += filled;
      used += filled;
      if (position === range.end && buffer[used - 1] !== lineFeed) {
        if (used + lineEnd.length > buffer.length) return null;
        used += buffer.write(lineEnd, used, 'latin1');
      }
      const border = buffer.lastIndexOf(lineFeed, used - 1) + 1;
      const lines = buffer.subarray(checked, Math.max(checked, border));
      if (!isPlain(lines, lineEnd)) return null;
      hasOnlyAscii &&= isAscii(lines);
      checked += lines.length;
    }
    if (checked === 0) return null;
    segments.push(segment);
    sizes.push(checked);
    carried = Buffer.from(buffer.subarray(checked, used));
  }
  return { segments, sizes, isAscii: hasOnlyAscii };
}
