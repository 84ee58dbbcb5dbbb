import { cellShape, type CellShape } from './cellShape';
import { ColumnEvidence } from './columnEvidence';
import { isReadable, numberOf, type Reading } from './reading';

/** What one text in a column is, worked out once however often it comes. */
export interface TextEntry {
  count: number;
  readonly text: string;
  readonly firstRow: number;
  /** False when there are too many texts to count this one too: it will be worked out again. */
  readonly isKept: boolean;
  readonly isMissing: boolean;
  readonly shape: CellShape;
  readonly isReadable: boolean;
  readonly value: number;
}

/** Different texts that are counted; past this, `distinct` is a lower bound. By taste: memory stays small. */
const mostTexts = 20_000;
/** Longer texts are not counted: no two rows of interest share one. */
const longestCountedText = 256;

interface LongestText {
  readonly length: number;
  readonly row: number;
}

/** The texts of part of a column, as plain data. */
export interface TextsPart {
  readonly texts: readonly { readonly text: string; readonly count: number; readonly firstRow: number }[];
  readonly isOverflowing: boolean;
  readonly longest: LongestText;
}

/** The different texts of a column that are no plain numbers: what each is, and how often it comes. */
export class ColumnTexts {
  private readonly evidence = new ColumnEvidence();
  private readonly entries = new Map<string, TextEntry>();
  private isOverflowing = false;
  private longest: LongestText = { length: 0, row: 0 };

  /** `numericCodes`: missing codes that are numbers under the reading. */
  constructor(
    private readonly reading: Reading,
    private readonly missingCodes: ReadonlySet<string>,
    private readonly numericCodes: ReadonlySet<number>,
  ) {}

  /** What a text is. The caller counts it. */
  entryOf(text: string, row: number): TextEntry {
    const known = this.entries.get(text);
    if (known !== undefined) return known;
    const isKept = this.entries.size < mostTexts && text.length <= longestCountedText;
    const entry = this.examine(isKept ? unshared(text) : text, row, isKept);
    if (isKept) this.entries.set(entry.text, entry);
    else {
      this.isOverflowing = true;
      if (!entry.isMissing) this.evidence.add(entry.shape, text, row, 1);
    }
    this.noteLength(text.length, row);
    return entry;
  }

  private noteLength(length: number, row: number): void {
    if (length > this.longest.length) this.longest = { length, row };
  }

  private examine(text: string, row: number, isKept: boolean): TextEntry {
    const { reading, missingCodes } = this;
    const shape = cellShape(text);
    const value = reading.family === 'number' ? numberOf(shape, reading) : NaN;
    const isMissing =
      text.trim() === '' ||
      missingCodes.has(text) ||
      missingCodes.has(text.trim()) ||
      this.numericCodes.has(value);
    return {
      count: 0,
      text,
      firstRow: row,
      isKept,
      isMissing,
      shape,
      isReadable: isReadable(shape, reading),
      value: isMissing ? NaN : value,
    };
  }

  part(): TextsPart {
    const { isOverflowing, longest } = this;
    const texts = [...this.entries.values()].map(({ text, count, firstRow }) => ({ text, count, firstRow }));
    return { texts, isOverflowing, longest };
  }

  /** Adds the texts of the rows from `above` on. False when there are more than are counted, or too long ones. */
  append(part: TextsPart, above: number): boolean {
    if (this.isOverflowing || part.isOverflowing) return false;
    for (const { text, count, firstRow } of part.texts) {
      let entry = this.entries.get(text);
      if (entry === undefined) {
        if (this.entries.size >= mostTexts) return false;
        entry = this.examine(text, above + firstRow, true);
        this.entries.set(text, entry);
      }
      entry.count += count;
    }
    this.noteLength(part.longest.length, above + part.longest.row);
    return true;
  }

  /** What all texts can mean, and the counts of those that are not missing, in the order they came. Call once. */
  finish(): {
    evidence: ColumnEvidence;
    counts: { text: string; count: number }[];
    isOverflowing: boolean;
    longest: LongestText;
  } {
    const { evidence, isOverflowing, longest } = this;
    const present = [...this.entries.values()].filter(({ isMissing }) => !isMissing);
    for (const { shape, text, firstRow, count } of present) evidence.add(shape, text, firstRow, count);
    return { evidence, counts: present.map(({ text, count }) => ({ text, count })), isOverflowing, longest };
  }
}

/** A copy of a piece of text that does not keep the whole text it was cut from in memory. */
export function unshared(text: string): string {
  // The engine copies shorter pieces anyway.
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}
