import { ByteTexts, longestKnownText } from './byteTexts';
import type { ColumnReader } from '../columns/columnReader';
import { powersOfTen } from '../columns/powersOfTen';

/** What ends a cell, as bytes. */
export interface CellEnds {
  readonly delimiter: number;
  /** The first byte of a line end. */
  readonly lineEnd: number;
}

const minus = 45;
const zero = 48;
const blank = 32;
/** So many digits make a number that an integer of 32 bits can hold. */
const mostShortDigits = 9;
/** Integers below are exact. */
const exactLimit = 2 ** 53;
/** More whole digits may make an integer that is not exact; the reader of texts tells. */
const mostWholeDigits = 15;

/**
 * Reads the cells of one column straight from the bytes of text without quotes: plain numbers and texts that came
 * before without making a string of them, anything else by the reader of the column.
 */
export class ByteColumn {
  private readonly texts = new ByteTexts();
  private values: Float64Array;
  private readonly mark: number;
  private readonly hasCodes: boolean;

  constructor(
    readonly reader: ColumnReader,
    private readonly ends: CellEnds,
  ) {
    this.values = reader.values;
    this.mark = reader.mark;
    this.hasCodes = reader.numericCodes.size > 0;
  }

  /** Makes room for rows below `rows`. */
  reserve(rows: number): void {
    this.reader.reserve(rows);
    this.values = this.reader.values;
  }

  /** Reads the cell of row `row` that begins at `start`. Answers where it ends. */
  read(bytes: Buffer, start: number, row: number): number {
    return this.reader.keepsValues ? this.readValue(bytes, start, row) : this.readText(bytes, start, row);
  }

  private readValue(bytes: Buffer, start: number, row: number): number {
    const { delimiter, lineEnd } = this.ends;
    let at = start;
    let code = bytes[at];
    while (code === blank && blank !== delimiter) code = bytes[++at];
    const isNegative = code === minus;
    if (isNegative) code = bytes[++at];
    const first = at;
    let digit = code - zero;
    // More digits overflow, and are counted afterwards.
    let mantissa = 0;
    while (digit >= 0 && digit <= 9) {
      mantissa = (Math.imul(mantissa, 10) + digit) | 0;
      digit = bytes[++at] - zero;
    }
    const whole = at - first;
    let fraction = 0;
    const isMarked = digit === this.mark - zero && this.mark !== delimiter;
    if (isMarked) {
      digit = bytes[++at] - zero;
      while (digit >= 0 && digit <= 9) {
        mantissa = (Math.imul(mantissa, 10) + digit) | 0;
        digit = bytes[++at] - zero;
      }
      fraction = at - first - whole - 1;
    }
    const end = at;
    code = digit + zero;
    while (code === blank && blank !== delimiter) code = bytes[++at];
    const digits = whole + fraction;
    if (
      (code !== delimiter && code !== lineEnd) ||
      digits === 0 ||
      whole > mostWholeDigits ||
      fraction >= powersOfTen.length ||
      (whole > 1 && bytes[first] === zero)
    ) {
      return this.readText(bytes, start, row);
    }
    if (digits > mostShortDigits) {
      mantissa = longMantissa(bytes, first, end);
      if (mantissa >= exactLimit) return this.readText(bytes, start, row);
    }
    const size = fraction === 0 ? mantissa : mantissa / powersOfTen[fraction];
    const value = isNegative ? 0 - size : size;
    if (this.hasCodes && this.reader.numericCodes.has(value)) return this.readText(bytes, start, row);
    this.values[row] = value;
    const { plainNumbers } = this.reader;
    plainNumbers.count += 1;
    if (!isMarked) return at;
    if (fraction === 3 && whole >= 1 && whole <= 3 && bytes[first] !== zero) {
      plainNumbers.ambiguous += 1;
      plainNumbers.firstAmbiguous ??= bytes.toString('utf8', start, at);
    } else plainNumbers.proofs += 1;
    return at;
  }

  private readText(bytes: Buffer, start: number, row: number): number {
    const { delimiter, lineEnd } = this.ends;
    let end = start;
    let code = bytes[end];
    // FNV-1a, of 32 bits.
    let hash = 0x811c9dc5 | 0;
    while (code !== delimiter && code !== lineEnd) {
      hash = Math.imul(hash ^ code, 0x01000193);
      code = bytes[++end];
    }
    if (end === start) this.reader.readCell('', row);
    else if (end - start > longestKnownText) this.reader.readCell(bytes.toString('utf8', start, end), row);
    else {
      hash ^= hash >>> 15;
      const known = this.texts.find(bytes, start, end, hash);
      if (known !== null) this.reader.readKnown(known, row);
      else {
        const entry = this.reader.readCell(bytes.toString('utf8', start, end), row);
        if (entry !== null && entry.isKept) this.texts.add(bytes, start, end, hash, entry);
      }
    }
    return end;
  }
}

/** The digits of `bytes` [start, end) as one integer, exact below 2^53. What is no digit is left out. */
function longMantissa(bytes: Buffer, start: number, end: number): number {
  let mantissa = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - zero;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
  }
  return mantissa;
}
