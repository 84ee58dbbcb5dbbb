import type { ImportNotice } from '../../shared/importNotice';
import type { ColumnOverride, DecimalMark, ImportOptions } from '../../shared/table';
import { columnNames } from './columnNames';
import { columnNotices, type FinishedColumn } from './columnNotices';
import { ColumnReader, type ColumnCounts } from './columnReader';
import { decideReading, provenDecimal, type ReadingContext, type ReadingDecision } from './decideReading';
import { isSameReading, type Reading } from './reading';
import type { RowBlock } from './rowReader';
import type { RowSyntax } from './splitRows';
import { summariseColumn } from './summariseColumn';
import { TextReader, TextStore, type StoredText } from './textStore';
import { errorTexts, usualMissingCodes } from './usualMissingCodes';

export interface TableBuilderOptions {
  readonly syntax: RowSyntax;
  readonly hasHeader: boolean;
  /** True when the header has no name for the first column. */
  readonly isHeaderShifted: boolean;
  readonly options: ImportOptions;
  readonly isWorkbook: boolean;
  /** Readings to try first, by column: from the first rows of the file. */
  readonly firstReadings: readonly ReadingPlan[];
  readonly expectedRows: number;
  readonly expectedBytes: number;
}

/** How a column is read: as `reading`, keeping values or counting texts. */
export interface ReadingPlan {
  readonly reading: Reading;
  readonly keepsValues: boolean;
}

export interface BuiltTable {
  readonly text: StoredText;
  readonly columns: readonly FinishedColumn[];
  /** What most columns prove, or are read with where none proves it. */
  readonly decimal: DecimalMark;
  readonly notices: ImportNotice[];
  readonly plans: readonly ReadingPlan[];
}

/** A table has at most so many columns; more come from a file that is no table. */
export const mostColumns = 100_000;

const textPlan: ReadingPlan = { reading: { family: 'text' }, keepsValues: false };

/** Makes a table of rows that arrive block by block. */
export class TableBuilder {
  private readonly store: TextStore;
  private readonly columns: ColumnReader[] = [];
  private header: readonly string[] | null = null;
  private readonly missingCodes: ReadonlySet<string>;
  private readonly overrides: ReadonlyMap<number, ColumnOverride>;
  private shortRows: { count: number; firstRow: number } | null = null;
  private longRows: { count: number; firstRow: number } | null = null;
  /** Cells in the header, or in the first row where there is none: what other rows are measured by. */
  private width = 0;

  constructor(private readonly setting: TableBuilderOptions) {
    this.store = new TextStore(setting.syntax, setting.expectedBytes);
    const codes = setting.options.missingCodes ?? usualMissingCodes;
    // An error in a cell of a workbook is no text, whatever the codes are.
    this.missingCodes = new Set(setting.isWorkbook ? [...codes, ...errorTexts.values()] : codes);
    this.overrides = new Map((setting.options.columns ?? []).map((override) => [override.index, override]));
  }

  get rows(): number {
    return this.store.rows;
  }

  /** Takes the next rows; the first of all is the header where there is one. False when there are too many columns. */
  add(block: RowBlock): boolean {
    let { rows } = block;
    let leadingRows = 0;
    if (this.width === 0 && rows.length > 0) {
      const first = rows[0] ?? [];
      const cells = this.setting.hasHeader && this.setting.isHeaderShifted ? ['', ...first] : first;
      this.width = cells.length;
      if (this.setting.hasHeader) {
        this.header = cells;
        leadingRows = 1;
        rows = rows.slice(1);
      }
    }
    const firstRow = this.store.rows;
    let widest = this.columns.length === 0 ? this.width : this.columns.length;
    for (let index = 0; index < rows.length; index++) {
      const cells = rows[index].length;
      if (cells === this.width) continue;
      if (cells < this.width) this.shortRows = another(this.shortRows, firstRow + index);
      else this.longRows = another(this.longRows, firstRow + index);
      if (cells > widest) widest = cells;
    }
    if (widest > mostColumns) return false;
    while (this.columns.length < widest) this.addColumn(firstRow);
    for (let column = 0; column < widest; column++) this.columns[column].read(rows, column);
    this.store.add(block, leadingRows);
    return true;
  }

  private addColumn(rowsAbove: number): void {
    const index = this.columns.length;
    const reader = this.newReader(index, this.setting.firstReadings[index] ?? textPlan);
    if (rowsAbove > 0) reader.addAbsentRows(rowsAbove);
    this.columns.push(reader);
  }

  private newReader(index: number, plan: ReadingPlan): ColumnReader {
    const own = this.overrides.get(index)?.missingCodes ?? [];
    return new ColumnReader({
      ...plan,
      missingCodes: own.length > 0 ? new Set([...this.missingCodes, ...own]) : this.missingCodes,
      expectedRows: this.setting.expectedRows,
    });
  }

  /** Decides how every column is read from all its cells, and reads again those that were begun differently. */
  finish(): BuiltTable {
    const text = this.store.finish();
    // A header alone has columns too.
    while (this.columns.length < this.width) this.addColumn(this.store.rows);
    const found = this.columns.map((reader) => reader.finish());
    const decimal = this.majorityDecimal(found);
    const contexts = found.map((_, index) => this.contextOf(index, decimal));
    const settled = this.settle(text, found, contexts);
    const kept = settled.slice(0, this.keptColumns(settled));
    const originals = kept.map((_, index) => this.header?.[index] ?? '');
    const names = columnNames(originals);
    const columns = kept.map(({ counts, decision }, index): FinishedColumn => {
      const chosenType = this.overrides.get(index)?.type;
      const place = { index, name: names[index] ?? '', originalName: originals[index] ?? '' };
      const summary = summariseColumn(place, counts, decision, chosenType);
      return { summary, counts, decision, hasChosenType: chosenType !== undefined };
    });
    return {
      text,
      columns,
      decimal: this.setting.options.decimal ?? decimal ?? usualDecimal(columns),
      notices: [
        ...this.rowNotices(settled.length, kept.length),
        ...this.nameNotices(columns),
        ...columnNotices(columns),
      ],
      plans: settled.map(({ decision }) => planOf(decision)),
    };
  }

  private majorityDecimal(found: readonly ColumnCounts[]): DecimalMark | null {
    let balance = 0;
    for (const { evidence } of found) {
      const proven = provenDecimal(evidence);
      if (proven !== null) balance += proven === '.' ? 1 : -1;
    }
    return balance === 0 ? null : balance > 0 ? '.' : ',';
  }

  private contextOf(index: number, decimal: DecimalMark | null): ReadingContext {
    return {
      override: this.overrides.get(index) ?? null,
      chosenDecimal: this.setting.options.decimal ?? null,
      provenDecimal: decimal,
      delimiter: this.setting.syntax.delimiter,
      isWorkbook: this.setting.isWorkbook,
    };
  }

  private settle(
    text: StoredText,
    found: readonly ColumnCounts[],
    contexts: readonly ReadingContext[],
  ): { counts: ColumnCounts; decision: ReadingDecision }[] {
    const settled = found.map((counts, index) => ({
      counts,
      decision: decideReading(counts.evidence, contexts[index], counts),
    }));
    // A second reading can show cells that the counts could not, and so lead to a third; never more.
    for (let round = 0; round < 3; round++) {
      const again = settled.flatMap(({ counts, decision }, index) =>
        isReadAs(counts, decision) ? [] : [index],
      );
      if (again.length === 0) break;
      const readers = again.map((index) => {
        const { decision } = settled[index];
        return { index, reader: this.newReader(index, planOf(decision)) };
      });
      const source = new TextReader(text);
      for (let block = 0; block < source.blockCount; block++) {
        const { rows } = source.readBlock(block);
        for (const { index, reader } of readers) reader.read(rows, index);
      }
      for (const { index, reader } of readers) {
        const counts = reader.finish();
        const decision = decideReading(counts.evidence, contexts[index], counts);
        settled[index] = { counts, decision };
      }
    }
    return settled;
  }

  /** Columns at the end without a name and any cell are what a delimiter at the end of lines leaves behind. */
  private keptColumns(settled: readonly { counts: ColumnCounts }[]): number {
    let kept = settled.length;
    while (kept > 1) {
      const { counts } = settled[kept - 1];
      if ((this.header?.[kept - 1] ?? '').trim() !== '' || counts.blank !== counts.rows || counts.rows === 0)
        break;
      kept -= 1;
    }
    return kept;
  }

  private rowNotices(columns: number, kept: number): ImportNotice[] {
    const notices: ImportNotice[] = [];
    if (this.shortRows !== null) notices.push({ kind: 'shortRows', ...this.shortRows });
    if (this.longRows !== null && kept > this.width) {
      notices.push({ kind: 'longRows', ...this.longRows, extraColumns: kept - this.width });
    }
    if (kept < columns) notices.push({ kind: 'emptyColumnsDropped', count: columns - kept });
    return notices;
  }

  private nameNotices(columns: readonly FinishedColumn[]): ImportNotice[] {
    if (this.header === null) return [];
    const notices: ImportNotice[] = [];
    const named = columns.slice(0, this.width).map(({ summary }) => summary);
    const nameless = named.filter(({ originalName }) => originalName.trim() === '').map(({ index }) => index);
    if (nameless.length > 0) notices.push({ kind: 'namelessColumns', columns: nameless });
    const repeated = named
      .filter(
        ({ originalName, name }) =>
          originalName.trim() !== '' && originalName.replace(/\s+/gu, ' ').trim() !== name,
      )
      .map(({ index }) => index);
    if (repeated.length > 0) notices.push({ kind: 'repeatedNames', columns: repeated });
    return notices;
  }
}

/** The decimal mark that more columns are read with, where it matters; '.' when it matters nowhere. */
function usualDecimal(columns: readonly FinishedColumn[]): DecimalMark {
  const marks = columns.map(({ summary }) => summary.reading.decimal);
  const count = (wanted: DecimalMark): number => marks.filter((mark) => mark === wanted).length;
  return count(',') > count('.') ? ',' : '.';
}

function planOf(decision: ReadingDecision): ReadingPlan {
  return { reading: decision.reading, keepsValues: decision.kind === 'number' };
}

/** True when a column was read as was decided in the end. */
function isReadAs(counts: ColumnCounts, decision: ReadingDecision): boolean {
  return (
    isSameReading(counts.reading, decision.reading) &&
    (counts.values !== null) === (decision.kind === 'number')
  );
}

function another(
  found: { count: number; firstRow: number } | null,
  row: number,
): { count: number; firstRow: number } {
  return found === null ? { count: 1, firstRow: row } : { count: found.count + 1, firstRow: found.firstRow };
}
