import type { ImportNotice } from '../../../shared/importNotice';
import type { DecimalMark } from '../../../shared/table';
import { columnNames, tidyName } from '../columns/columnNames';
import { columnNotices, type FinishedColumn } from '../columns/columnNotices';
import type { ColumnCounts } from '../columns/columnCounts';
import type { ColumnReader } from '../columns/columnReader';
import type { ColumnReaders, ReadingPlan, TableSetting } from '../columns/columnReaders';
import {
  decideReading,
  provenDecimal,
  type ReadingContext,
  type ReadingDecision,
} from '../columns/decideReading';
import { isSameReading } from '../columns/reading';
import type { RowWidths } from './rowWidths';
import { summariseColumn } from '../columns/summariseColumn';
import { suggestRoles } from '../columns/suggestRole';
import type { StoredText } from './textStore';

/** All rows of a table, before anything is decided about its columns. */
export interface CollectedRows {
  readonly text: StoredText;
  readonly header: readonly string[] | null;
  readonly columns: readonly ColumnReader[];
  readonly widths: RowWidths;
  /** Reads all rows once more with other readers, by the index of their column. */
  readAgain(readers: ReadonlyMap<number, ColumnReader>): void;
}

export interface BuiltTable {
  readonly text: StoredText;
  readonly columns: readonly FinishedColumn[];
  /** What most columns prove, or are read with where none proves it. */
  readonly decimal: DecimalMark;
  readonly notices: ImportNotice[];
  readonly plans: readonly ReadingPlan[];
}

interface SettledColumn {
  readonly counts: ColumnCounts;
  readonly decision: ReadingDecision;
}

/** Decides how every column is read from all its cells, and reads again those that were begun differently. */
export function finishTable(rows: CollectedRows, readers: ColumnReaders, setting: TableSetting): BuiltTable {
  const { header } = rows;
  const found = rows.columns.map((reader) => reader.finish());
  const decimal = majorityDecimal(found);
  const contexts = found.map((_, index): ReadingContext => ({
    override: readers.overrideOf(index),
    chosenDecimal: setting.options.decimal ?? null,
    provenDecimal: decimal,
    delimiter: setting.syntax.delimiter,
    isWorkbook: setting.isWorkbook,
  }));
  const settled = settle(rows, readers, found, contexts);
  const kept = settled.slice(0, keptColumns(settled, header));
  const originals = kept.map((_, index) => header?.[index] ?? '');
  const names = columnNames(originals);
  const chosenTypes = kept.map((_, index) => readers.overrideOf(index)?.type);
  const summaries = suggestRoles(
    kept.map(({ counts, decision }, index) => {
      const place = { index, name: names[index] ?? '', originalName: originals[index] ?? '' };
      return summariseColumn(place, counts, decision, chosenTypes[index]);
    }),
  );
  const columns = kept.map((column, index): FinishedColumn => ({
    ...column,
    summary: summaries[index],
    hasChosenType: chosenTypes[index] !== undefined,
  }));
  return {
    text: rows.text,
    columns,
    decimal: setting.options.decimal ?? decimal ?? usualDecimal(columns),
    notices: [
      ...rowNotices(rows.widths, settled.length, kept.length),
      ...(header === null ? [] : nameNotices(columns.slice(0, rows.widths.width))),
      ...columnNotices(columns),
    ],
    plans: settled.map(({ decision }) => planOf(decision)),
  };
}

function majorityDecimal(found: readonly ColumnCounts[]): DecimalMark | null {
  let balance = 0;
  for (const { evidence } of found) {
    const proven = provenDecimal(evidence);
    if (proven !== null) balance += proven === '.' ? 1 : -1;
  }
  return balance === 0 ? null : balance > 0 ? '.' : ',';
}

function settle(
  rows: CollectedRows,
  readers: ColumnReaders,
  found: readonly ColumnCounts[],
  contexts: readonly ReadingContext[],
): SettledColumn[] {
  const decided = (counts: ColumnCounts, index: number): SettledColumn => ({
    counts,
    decision: decideReading(counts.evidence, contexts[index], counts),
  });
  const settled = found.map(decided);
  // A second reading can show cells that the counts could not, and so lead to a third; never more.
  for (let round = 0; round < 3; round++) {
    const again = new Map<number, ColumnReader>();
    settled.forEach((column, index) => {
      if (!isReadAs(column)) again.set(index, readers.create(index, planOf(column.decision)));
    });
    if (again.size === 0) break;
    rows.readAgain(again);
    for (const [index, reader] of again) settled[index] = decided(reader.finish(), index);
  }
  return settled;
}

/** Columns at the end without a name and any cell are what a delimiter at the end of lines leaves behind. */
function keptColumns(settled: readonly SettledColumn[], header: readonly string[] | null): number {
  let kept = settled.length;
  while (kept > 1) {
    const { counts } = settled[kept - 1];
    if ((header?.[kept - 1] ?? '').trim() !== '' || counts.blank !== counts.rows || counts.rows === 0) break;
    kept -= 1;
  }
  return kept;
}

function rowNotices(
  { shortRows, longRows, width }: RowWidths,
  columns: number,
  kept: number,
): ImportNotice[] {
  const notices: ImportNotice[] = [];
  if (shortRows !== null) notices.push({ kind: 'shortRows', ...shortRows });
  if (longRows !== null && kept > width) {
    notices.push({ kind: 'longRows', ...longRows, extraColumns: kept - width });
  }
  if (kept < columns) notices.push({ kind: 'emptyColumnsDropped', count: columns - kept });
  return notices;
}

function nameNotices(columns: readonly FinishedColumn[]): ImportNotice[] {
  const notices: ImportNotice[] = [];
  const named = columns.map(({ summary }) => summary);
  const nameless = named.filter(({ originalName }) => originalName.trim() === '').map(({ index }) => index);
  if (nameless.length > 0) notices.push({ kind: 'namelessColumns', columns: nameless });
  const repeated = named
    .filter(({ originalName, name }) => originalName.trim() !== '' && tidyName(originalName) !== name)
    .map(({ index }) => index);
  if (repeated.length > 0) notices.push({ kind: 'repeatedNames', columns: repeated });
  return notices;
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
function isReadAs({ counts, decision }: SettledColumn): boolean {
  return (
    isSameReading(counts.reading, decision.reading) &&
    (counts.values !== null) === (decision.kind === 'number')
  );
}
