import type { ImportNotice } from '../../../shared/importNotice';
import type { ColumnSummary } from '../../../shared/table';
import type { ColumnCounts } from './columnCounts';
import type { ReadingDecision } from './decideReading';
import { findMissingCode } from './findMissingCode';
import { cellShape } from './cellShape';
import { numberOf } from './reading';

/** A column with all that is known about it when notices are written. */
export interface FinishedColumn {
  readonly summary: ColumnSummary;
  readonly counts: ColumnCounts;
  readonly decision: ReadingDecision;
  /** True when a person decided what would otherwise be asked. */
  readonly hasChosenType: boolean;
}

/** Longer cells are worth a word: often a quote went wrong. */
const longCellLength = 32_767; // what a cell of Excel can hold

/** What a person should know about the columns, questions among it. */
export function columnNotices(columns: readonly FinishedColumn[]): ImportNotice[] {
  const where = (test: (column: FinishedColumn) => boolean): number[] =>
    columns.filter(test).map(({ summary }) => summary.index);
  const together: ImportNotice[] = [];
  const empty = where(({ summary }) => summary.type === 'empty');
  if (empty.length > 0) together.push({ kind: 'emptyColumns', columns: empty });
  const constant = where(
    ({ summary, counts }) =>
      summary.distinct === 1 &&
      !summary.isDistinctLowerBound &&
      counts.rows - counts.missing - counts.unreadable > 1,
  );
  if (constant.length > 0) together.push({ kind: 'constantColumns', columns: constant });
  const zeros = where(
    ({ counts, decision, hasChosenType }) =>
      !hasChosenType &&
      decision.kind === 'text' &&
      counts.evidence.leadingZeros > 0 &&
      counts.evidence.numbers === counts.evidence.cells,
  );
  if (zeros.length > 0) together.push({ kind: 'leadingZeros', columns: zeros });
  return [...together, ...columns.flatMap(noticesOf)];
}

function noticesOf({ summary, counts, decision, hasChosenType }: FinishedColumn): ImportNotice[] {
  const notices: ImportNotice[] = [];
  const { evidence, values } = counts;
  const column = summary.index;
  const { reading } = decision;
  if (reading.family === 'number' && decision.isDecimalGuessed && evidence.firstAmbiguousNumber !== null) {
    const shape = cellShape(evidence.firstAmbiguousNumber);
    const value = numberOf(shape, { ...reading, unit: 'all' });
    const otherValue = numberOf(shape, {
      ...reading,
      unit: 'all',
      decimal: reading.decimal === '.' ? ',' : '.',
    });
    const text = evidence.firstAmbiguousNumber.trim();
    notices.push({ kind: 'ambiguousNumbers', column, text, decimal: reading.decimal, value, otherValue });
  }
  if (reading.family === 'date' && decision.isDateOrderGuessed && evidence.firstAmbiguousDate !== null) {
    if (reading.order !== 'ymd' && evidence.datesWithPoints === 0) {
      notices.push({
        kind: 'ambiguousDates',
        column,
        text: evidence.firstAmbiguousDate,
        order: reading.order,
      });
    }
  }
  if (evidence.huge > 0 && evidence.firstHuge !== null && reading.family === 'number') {
    notices.push({ kind: 'hugeIntegers', column, text: evidence.firstHuge });
  }
  if (evidence.firstNotFinite !== null && reading.family === 'number') {
    const { row, text } = evidence.firstNotFinite;
    notices.push({ kind: 'notFinite', column, count: evidence.notFinite, firstRow: row, text });
  }
  const unreadable = counts.unreadable - (reading.family === 'number' ? evidence.notFinite : 0);
  if (unreadable > 0) {
    const examples = summary.unreadable.examples.filter(({ text }) => cellShape(text).kind !== 'notFinite');
    const type = reading.family === 'number' ? 'number' : reading.family;
    notices.push({ kind: 'unreadableCells', column, type, count: unreadable, examples });
  }
  if (values !== null && summary.numeric !== null) {
    const code = findMissingCode(values, summary.numeric.min, summary.numeric.max);
    if (code !== null)
      notices.push({ kind: 'possibleMissingCode', column, text: String(code.value), count: code.count });
  }
  if (!hasChosenType && (decision.kind === 'text' || decision.kind === 'empty')) {
    const code = missingOrCode(counts);
    if (code !== null) notices.push({ kind: 'missingOrCode', column, ...code });
  }
  if (counts.longest.length > longCellLength) {
    notices.push({ kind: 'longCell', column, row: counts.longest.row, length: counts.longest.length });
  }
  return notices;
}

/** "NA" among codes of two capital letters is Namibia as likely as nothing. */
function missingOrCode(counts: ColumnCounts): { text: string; count: number } | null {
  const { texts } = counts;
  for (const [text, count] of counts.missingTexts) {
    if (!/^[A-Z]+$/.test(text) || texts.length === 0) continue;
    const isLikeOthers = texts.every(
      (other) => /^[A-Z]+$/.test(other.text) && other.text.length === text.length,
    );
    if (isLikeOthers) return { text, count };
  }
  return null;
}
