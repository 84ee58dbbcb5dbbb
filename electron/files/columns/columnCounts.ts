import type { ColumnEvidence, Example, PlainNumbers } from './columnEvidence';
import type { TextsPart } from './columnTexts';
import type { Reading } from './reading';

/** What was found in part of a column, as plain data, with rows counted from the first of the part. */
export interface ColumnPart {
  readonly rows: number;
  readonly missing: number;
  readonly blank: number;
  readonly missingTexts: ReadonlyMap<string, number>;
  readonly unreadable: number;
  readonly unreadableExamples: readonly Example[];
  readonly plainNumbers: PlainNumbers;
  readonly texts: TextsPart;
  readonly values: Float64Array<SharedArrayBuffer>;
}

/** What reading a whole column found. */
export interface ColumnCounts {
  readonly reading: Reading;
  readonly rows: number;
  readonly evidence: ColumnEvidence;
  /** Blank cells and those with a missing code. */
  readonly missing: number;
  readonly blank: number;
  /** Missing codes by how often they came. */
  readonly missingTexts: ReadonlyMap<string, number>;
  /** Cells without a value under the reading. */
  readonly unreadable: number;
  readonly unreadableExamples: readonly Example[];
  /** Different texts and their counts in the order they came; without plain numbers where values were kept. */
  readonly texts: readonly { readonly text: string; readonly count: number }[];
  /** True when not all different texts could be counted. */
  readonly isOverflowing: boolean;
  readonly longest: { readonly length: number; readonly row: number };
  /** The value of each row, NaN where there is none, from the start of its buffer; null when values were not kept. */
  readonly values: Float64Array<SharedArrayBuffer> | null;
}
