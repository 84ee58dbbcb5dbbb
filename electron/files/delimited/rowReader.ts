import { BlankLines } from './blankLines';
import {
  delimiterCharacter,
  isBlankRow,
  rowOffset,
  splitRows,
  type RowSyntax,
  type SplitMode,
} from './splitRows';
import { unchanged, unifyLineEnds, type UnifiedText } from './unifyLineEnds';

/** A stretch of text with the rows in it. Splitting `text` again in `mode` gives the same rows. */
export interface RowBlock {
  readonly text: string;
  readonly mode: SplitMode;
  /** Without blank lines. */
  readonly rows: string[][];
}

/** Something odd about lines of the text: where it came first, counted from 0, and how often. */
export interface LineProblem {
  readonly line: number;
  readonly count: number;
}

export interface RowReaderOptions {
  readonly syntax: RowSyntax;
  /** True where line ends must be made the same first. */
  readonly hasMixedLineEnds: boolean;
  /** Lines at the top that are not part of the table. */
  readonly skippedLines: number;
  /** Characters to gather before they are split. @default 65536 */
  readonly blockLength?: number | undefined;
  readonly onBlock: (block: RowBlock) => void;
}

/** A row over several lines that is longer than this is taken for a quote that was never closed. */
const longestSpanningRow = 1 << 20;
/** Past this many unclosed quotes the file does not quote the usual way: all the rest are ordinary characters. */
const mostRepairs = 20;
/** A line longer than this is not a row of a table. Below the longest string of the engine. */
const longestLine = 1 << 28;

/**
 * Splits text that arrives piece by piece into blocks of whole rows. The rows do not depend on how the text was cut
 * into pieces. Work is linear in the text even when quotes are never closed.
 */
export class RowReader {
  unclosedQuotes: LineProblem | null = null;
  malformedQuotes: LineProblem | null = null;
  readonly blankLines = new BlankLines();

  private readonly blockLength: number;
  private gathered: string[] = [];
  private gatheredLength = 0;
  private pending = '';
  private splitAgainAt: number;
  private mode: 'quoted' | 'unquoted' = 'quoted';
  private linesToSkip: number;
  private linesDone = 0;

  constructor(private readonly options: RowReaderOptions) {
    this.blockLength = options.blockLength ?? 1 << 16;
    this.splitAgainAt = this.blockLength;
    this.linesToSkip = options.skippedLines;
  }

  /** Takes the next piece. Returns false when the text cannot be a table: a line has no end. */
  push(piece: string, isLast: boolean): boolean {
    this.gathered.push(piece);
    this.gatheredLength += piece.length;
    if (!isLast && this.pending.length + this.gatheredLength < this.splitAgainAt) return true;
    this.pending += this.gathered.join('');
    this.gathered = [];
    this.gatheredLength = 0;
    if (!this.dropSkippedLines(isLast)) return true;
    return this.splitPending(isLast);
  }

  /** What is pending with one kind of line end. A carriage return at the end may be half of one. */
  private unified(isLast: boolean): UnifiedText {
    if (!this.options.hasMixedLineEnds) return unchanged(this.pending);
    const isHalf = !isLast && this.pending.endsWith('\r');
    const delimiter = delimiterCharacter(this.options.syntax.delimiter);
    return unifyLineEnds(isHalf ? this.pending.slice(0, -1) : this.pending, delimiter);
  }

  /** False while the lines to skip have not all arrived. */
  private dropSkippedLines(isLast: boolean): boolean {
    const { syntax, hasMixedLineEnds } = this.options;
    while (this.linesToSkip > 0) {
      // Quotes in lines that are no part of the table mean nothing.
      const end = hasMixedLineEnds ? this.pending.search(/[\r\n]/) : this.pending.indexOf(syntax.lineEnd);
      const isHalf = !isLast && hasMixedLineEnds && end === this.pending.length - 1;
      if (end < 0 || isHalf) {
        if (isLast) this.pending = '';
        return isLast;
      }
      const isPair = hasMixedLineEnds && this.pending.startsWith('\r\n', end);
      this.pending = this.pending.slice(end + (isPair ? 2 : syntax.lineEnd.length));
      this.linesToSkip -= 1;
      this.linesDone += 1;
    }
    return true;
  }

  private splitPending(isLast: boolean): boolean {
    const { syntax } = this.options;
    while (this.pending !== '') {
      const unified = this.unified(isLast);
      const { text } = unified;
      const split = splitRows(text, syntax, this.mode, isLast);
      const brokenRow = split.brokenRow ?? this.overlongRow(split.rows, text, split.consumed, isLast);
      if (brokenRow !== null) {
        this.emitAround(brokenRow, split.malformedRows, unified);
        continue;
      }
      if (split.rows.length === 0 && text.length > longestLine) return false;
      if (split.consumed > 0) {
        this.noteMalformed(split.malformedRows, split.rows, text);
        this.emit(text.slice(0, split.consumed), this.mode, split.rows);
        this.pending = this.pending.slice(unified.originalOffset(split.consumed));
      }
      // A row that is not whole yet is looked at again only when there is twice as much of it.
      this.splitAgainAt = Math.max(this.blockLength, this.pending.length + this.blockLength);
      if (split.consumed === 0) this.splitAgainAt = Math.max(this.splitAgainAt, 2 * this.pending.length);
      break;
    }
    return true;
  }

  /** A row over several lines that is too long to be meant; null when there is none. */
  private overlongRow(
    rows: readonly string[][],
    text: string,
    consumed: number,
    isLast: boolean,
  ): number | null {
    if (this.mode === 'unquoted' || text.length <= longestSpanningRow) return null;
    const isOverlong = (cell: string): boolean => cell.length > longestSpanningRow && /[\n\r]/.test(cell);
    const found = rows.findIndex((row) => row.some(isOverlong));
    if (found >= 0) return found;
    const isRestTooLong = !isLast && text.length - consumed > longestSpanningRow;
    return isRestTooLong && text.includes(this.options.syntax.lineEnd, consumed) ? rows.length : null;
  }

  /** Emits the rows above row `row`, and then the one line it begins on, with its open quote as a character. */
  private emitAround(row: number, malformedRows: readonly number[], unified: UnifiedText): void {
    const { syntax } = this.options;
    const { text } = unified;
    const start = rowOffset(text, syntax, row);
    if (start > 0) {
      const above = text.slice(0, start);
      const { rows } = splitRows(above, syntax, this.mode, false);
      this.noteMalformed(malformedRows, rows, above);
      this.emit(above, this.mode, rows);
    }
    const lineEnd = text.indexOf(syntax.lineEnd, start);
    const end = lineEnd < 0 ? text.length : lineEnd + syntax.lineEnd.length;
    const line = text.slice(start, end);
    this.unclosedQuotes = another(this.unclosedQuotes, this.linesDone);
    this.emit(line, 'literalLine', splitRows(line, syntax, 'literalLine', true).rows);
    this.pending = this.pending.slice(unified.originalOffset(end));
    if (this.unclosedQuotes.count > mostRepairs) this.mode = 'unquoted';
  }

  /** `text` begins at the first line that is not done, and splits into `rows`. */
  private noteMalformed(malformedRows: readonly number[], rows: readonly string[][], text: string): void {
    for (const row of malformedRows) {
      if (row >= rows.length) continue;
      // Where it came first is looked for once; later ones are only counted.
      const isFirst = this.malformedQuotes === null;
      const above = isFirst ? text.slice(0, rowOffset(text, this.options.syntax, row)) : '';
      this.malformedQuotes = another(this.malformedQuotes, this.linesDone + this.lineEndsIn(above));
    }
  }

  private emit(text: string, mode: SplitMode, rows: string[][]): void {
    this.linesDone += this.countLines(text, rows);
    let blankRows = 0;
    for (const row of rows) {
      if (isBlankRow(row)) {
        blankRows += 1;
        this.blankLines.addBlankLine();
      } else this.blankLines.addRow();
    }
    this.options.onBlock({
      text,
      mode,
      rows: blankRows === 0 ? rows : rows.filter((row) => !isBlankRow(row)),
    });
  }

  private countLines(text: string, rows: readonly string[][]): number {
    return text.includes('"') ? this.lineEndsIn(text) : rows.length;
  }

  private lineEndsIn(text: string): number {
    const { lineEnd } = this.options.syntax;
    let lines = 0;
    for (let at = text.indexOf(lineEnd); at >= 0; at = text.indexOf(lineEnd, at + lineEnd.length)) lines += 1;
    return lines;
  }
}

function another(problem: LineProblem | null, line: number): LineProblem {
  return problem === null ? { line, count: 1 } : { line: problem.line, count: problem.count + 1 };
}
