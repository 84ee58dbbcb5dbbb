import type { Table } from '../../files/table/table';

/** Rows whose text is read at once. By taste: a few megabytes. */
const rowsAtOnce = 8192;

/** The texts of a column that is not numeric, as codes: `texts[code]` in the order they first came, -1 for missing. */
export interface TextCells {
  readonly code: Int32Array;
  readonly texts: readonly string[];
}

/**
 * The cells of columns that hold no numbers, each as a code for its text without blanks around it. The words of a
 * yes/no column count as equal whatever their case. Columns are read together, because rows are stored whole.
 */
export function readTextCells(table: Table, columns: readonly number[]): Map<number, TextCells> {
  const reading = readingTextCells(table, columns);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** The same with pauses: gives the share of the rows that has been read after each block of them. */
export function* readingTextCells(
  table: Table,
  columns: readonly number[],
): Generator<number, Map<number, TextCells>> {
  const readers = columns.map((column) => new Coder(table, column));
  const first = Math.min(...columns);
  const end = Math.max(...columns) + 1;
  const { rows } = table.summary;
  for (let from = 0; columns.length > 0 && from < rows; from += rowsAtOnce) {
    const block = table.slice(from, Math.min(rows, from + rowsAtOnce), first, end);
    for (const reader of readers) reader.read(block, from, first);
    yield Math.min(1, (from + rowsAtOnce) / rows);
  }
  return new Map(readers.map((reader) => [reader.column, reader]));
}

class Coder implements TextCells {
  readonly code: Int32Array;
  readonly texts: string[] = [];
  private readonly codes = new Map<string, number>();
  private readonly missing: ReadonlySet<string>;
  private readonly ignoresCase: boolean;

  constructor(
    table: Table,
    readonly column: number,
  ) {
    const { rows, dialect, columns } = table.summary;
    const { type, missingSpellings } = columns[column];
    this.code = new Int32Array(rows).fill(-1);
    this.missing = new Set(['', ...dialect.missingCodes, ...missingSpellings.map(({ text }) => text)]);
    this.ignoresCase = type === 'boolean';
  }

  read(block: readonly (readonly string[])[], firstRow: number, firstColumn: number): void {
    for (const [index, row] of block.entries()) {
      const text = row[this.column - firstColumn].trim();
      if (this.missing.has(text)) continue;
      this.code[firstRow + index] = this.codeOf(text);
    }
  }

  private codeOf(text: string): number {
    const key = this.ignoresCase ? text.toLowerCase() : text;
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    const code = this.texts.length;
    this.codes.set(key, code);
    this.texts.push(text);
    return code;
  }
}
