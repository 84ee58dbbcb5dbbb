import type { ColumnOverride, ImportOptions } from '../../../shared/table';
import { ColumnReader } from './columnReader';
import type { Reading } from './reading';
import type { RowSyntax } from '../delimited/splitRows';
import { errorTexts, usualMissingCodes } from './usualMissingCodes';

/** What is known about a table before its rows are read. */
export interface TableSetting {
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

const textPlan: ReadingPlan = { reading: { family: 'text' }, keepsValues: false };

/** Makes the readers of the columns of one table. */
export class ColumnReaders {
  private readonly missingCodes: ReadonlySet<string>;
  private readonly overrides: ReadonlyMap<number, ColumnOverride>;

  constructor(private readonly setting: TableSetting) {
    const codes = setting.options.missingCodes ?? usualMissingCodes;
    // An error in a cell of a workbook is no text, whatever the codes are.
    this.missingCodes = new Set(setting.isWorkbook ? [...codes, ...errorTexts.values()] : codes);
    this.overrides = new Map((setting.options.columns ?? []).map((override) => [override.index, override]));
  }

  /** What a person decided about a column; null: nothing. */
  overrideOf(index: number): ColumnOverride | null {
    return this.overrides.get(index) ?? null;
  }

  /** How a column is read first. */
  firstPlan(index: number): ReadingPlan {
    return this.setting.firstReadings[index] ?? textPlan;
  }

  create(index: number, plan: ReadingPlan): ColumnReader {
    const own = this.overrides.get(index)?.missingCodes ?? [];
    return new ColumnReader({
      ...plan,
      missingCodes: own.length > 0 ? new Set([...this.missingCodes, ...own]) : this.missingCodes,
      expectedRows: this.setting.expectedRows,
    });
  }
}
