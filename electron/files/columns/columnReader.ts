import { cellShape } from './cellShape';
import type { ColumnCounts, ColumnPart } from './columnCounts';
import type { Example, PlainNumbers } from './columnEvidence';
import { ColumnTexts, unshared, type TextEntry } from './columnTexts';
import { powersOfTen } from './powersOfTen';
import { numberOf, type Reading } from './reading';

export interface ColumnReaderOptions {
  readonly reading: Reading;
  /**
   * Keep the value of every cell; for columns of numbers only. The other columns keep counts of their texts instead.
   */
  readonly keepsValues: boolean;
  readonly missingCodes: ReadonlySet<string>;
  /** About how many rows there will be. */
  readonly expectedRows: number;
}

const mostExamples = 5;
const pointCode = 46;
const commaCode = 44;
const minusCode = 45;
const zeroCode = 48;
const blankCode = 32;

/**
 * Reads one column, block by block: counts what its cells can mean, and takes their values as `reading` says. After
 * all blocks the counts are of the whole column, whatever the reading was.
 */
export class ColumnReader {
  private missing = 0;
  private blank = 0;
  private unreadable = 0;
  private readonly unreadableExamples: Example[] = [];
  private readonly missingTexts = new Map<string, number>();
  /** The values so far, with room behind them; another array after room was made. */
  values: Float64Array<SharedArrayBuffer>;
  private rows = 0;
  private readonly texts: ColumnTexts;
  /** Missing codes that are numbers under the reading. */
  readonly numericCodes: ReadonlySet<number>;
  /** The decimal mark, as a character code. */
  readonly mark: number;
  /** Counted apart because they are most of all cells. */
  readonly plainNumbers: PlainNumbers = { count: 0, proofs: 0, ambiguous: 0, firstAmbiguous: null };

  constructor(private readonly options: ColumnReaderOptions) {
    const { reading, missingCodes } = options;
    this.values = sharedValues(options.keepsValues ? Math.max(16, options.expectedRows) : 0);
    this.mark = reading.family === 'number' && reading.decimal === ',' ? commaCode : pointCode;
    const codes = [...missingCodes].filter((code) => /\d/.test(code)).map((code) => cellShape(code));
    this.numericCodes = new Set(
      reading.family === 'number'
        ? codes.map((shape) => numberOf(shape, reading)).filter((code) => !Number.isNaN(code))
        : [],
    );
    this.texts = new ColumnTexts(reading, missingCodes, this.numericCodes);
  }

  /** Counts rows above the first that have no such column. */
  addAbsentRows(rows: number): void {
    this.reserve(this.rows + rows);
    if (this.options.keepsValues) this.values.fill(NaN, this.rows, this.rows + rows);
    this.rows += rows;
    this.missing += rows;
    this.blank += rows;
  }

  /** Reads cell `column` of each row; a row that is too short has a blank one. */
  read(rows: readonly (readonly string[])[], column: number): void {
    this.reserve(this.rows + rows.length);
    for (let index = 0; index < rows.length; index++) {
      this.readCell(rows[index][column] ?? '', this.rows + index);
    }
    this.rows += rows.length;
  }

  get keepsValues(): boolean {
    return this.options.keepsValues;
  }

  /** Reads the cell of one row. Answers what its text is, unless it is empty or a plain number. */
  readCell(text: string, row: number): TextEntry | null {
    if (text === '') {
      if (this.keepsValues) this.addBlankValue(row);
      else this.addBlank();
      return null;
    }
    if (this.keepsValues) return this.readNumber(text, row);
    const entry = this.texts.entryOf(text, row);
    this.count(entry, row);
    return entry;
  }

  /** Reads a cell with a text that came before. */
  readKnown(entry: TextEntry, row: number): void {
    this.count(entry, row);
    if (this.keepsValues) this.values[row] = entry.value;
  }

  /** Says that all rows below `rows` have been read. */
  endRows(rows: number): void {
    this.rows = rows;
  }

  /** Makes room for the values of rows below `needed`. */
  reserve(needed: number): void {
    if (!this.options.keepsValues || needed <= this.values.length) return;
    const larger = sharedValues(Math.max(needed, Math.ceil(this.values.length * 1.5)));
    larger.set(this.values);
    this.values = larger;
  }

  /**
   * Takes the value of a cell that is not empty. Most cells of most tables are short plain numbers, so those are read
   * here without a regular expression; for other texts, answers what they are.
   */
  private readNumber(text: string, row: number): TextEntry | null {
    const { values, mark } = this;
    const length = text.length;
    // Reading past the end gives NaN, which would make every code a floating-point number.
    let at = 0;
    while (at < length && text.charCodeAt(at) === blankCode) at += 1;
    const isNegative = at < length && text.charCodeAt(at) === minusCode;
    if (isNegative) at += 1;
    const start = at;
    let markAt = -1;
    let mantissa = 0;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      const digit = code - zeroCode;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (code === mark && markAt < 0) markAt = at;
      else break;
    }
    const whole = (markAt < 0 ? at : markAt) - start;
    const fraction = markAt < 0 ? 0 : at - markAt - 1;
    while (at < length && text.charCodeAt(at) === blankCode) at += 1;
    const digits = whole + fraction;
    if (at < length || digits === 0 || whole > 15 || (whole > 1 && text.charCodeAt(start) === zeroCode)) {
      const entry = this.texts.entryOf(text, row);
      this.count(entry, row);
      values[row] = entry.value;
      return entry;
    }
    let value: number;
    if (digits > 15)
      value = Number(mark === pointCode ? text : text.replace(',', '.')) + 0; // never -0
    else {
      const size = fraction === 0 ? mantissa : mantissa / powersOfTen[fraction];
      value = isNegative ? 0 - size : size;
    }
    if (this.numericCodes.has(value)) {
      this.addMissing(text);
      values[row] = NaN;
      return null;
    }
    values[row] = value;
    const { plainNumbers } = this;
    plainNumbers.count += 1;
    if (markAt < 0) return null;
    if (fraction === 3 && whole >= 1 && whole <= 3 && text.charCodeAt(start) !== zeroCode) {
      plainNumbers.ambiguous += 1;
      plainNumbers.firstAmbiguous ??= text;
    } else plainNumbers.proofs += 1;
    return null;
  }

  private count(entry: TextEntry, row: number): void {
    entry.count += 1;
    if (entry.isMissing) this.addMissing(entry.text);
    else if (!entry.isReadable) this.addUnreadable(entry.text, row);
  }

  private addBlank(): void {
    this.missing += 1;
    this.blank += 1;
  }

  private addBlankValue(row: number): void {
    this.addBlank();
    this.values[row] = NaN;
  }

  private addMissing(text: string): void {
    this.missing += 1;
    const spelling = text.trim();
    if (spelling === '') this.blank += 1;
    else this.missingTexts.set(spelling, (this.missingTexts.get(spelling) ?? 0) + 1);
  }

  private addUnreadable(text: string, row: number): void {
    this.unreadable += 1;
    if (this.unreadableExamples.length < mostExamples)
      this.unreadableExamples.push({ row, text: unshared(text) });
  }

  /** What was read, to be appended to what another reader of the same column read above it. */
  part(): ColumnPart {
    const { rows, missing, blank, missingTexts, unreadable, unreadableExamples, plainNumbers } = this;
    return {
      rows,
      missing,
      blank,
      missingTexts,
      unreadable,
      unreadableExamples,
      plainNumbers,
      texts: this.texts.part(),
      values: this.values,
    };
  }

  /**
   * Adds what was read below by a reader with the same options. False when there are more texts than are counted:
   * which ones are depends on the order, so all cells must be read again by one reader.
   */
  append(part: ColumnPart): boolean {
    const above = this.rows;
    if (!this.texts.append(part.texts, above)) return false;
    if (this.keepsValues) {
      this.reserve(above + part.rows);
      this.values.set(part.values.subarray(0, part.rows), above);
    }
    this.rows += part.rows;
    this.missing += part.missing;
    this.blank += part.blank;
    for (const [text, count] of part.missingTexts)
      this.missingTexts.set(text, (this.missingTexts.get(text) ?? 0) + count);
    this.unreadable += part.unreadable;
    for (const { row, text } of part.unreadableExamples) {
      if (this.unreadableExamples.length < mostExamples)
        this.unreadableExamples.push({ row: above + row, text });
    }
    this.plainNumbers.count += part.plainNumbers.count;
    this.plainNumbers.proofs += part.plainNumbers.proofs;
    this.plainNumbers.ambiguous += part.plainNumbers.ambiguous;
    this.plainNumbers.firstAmbiguous ??= part.plainNumbers.firstAmbiguous;
    return true;
  }

  /** The counts over everything read. Call once, after the last block. */
  finish(): ColumnCounts {
    const { evidence, counts, isOverflowing, longest } = this.texts.finish();
    evidence.addPlainNumbers(this.plainNumbers, this.mark === pointCode ? '.' : ',');
    return {
      reading: this.options.reading,
      rows: this.rows,
      evidence,
      missing: this.missing,
      blank: this.blank,
      missingTexts: this.missingTexts,
      unreadable: this.unreadable,
      unreadableExamples: this.unreadableExamples,
      texts: counts,
      isOverflowing,
      longest,
      values: this.options.keepsValues ? this.values.subarray(0, this.rows) : null,
    };
  }
}

const sharedValues = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
