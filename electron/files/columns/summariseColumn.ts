import type { ColumnSummary, ColumnType } from '../../../shared/table';
import { mostFrequent } from './columnEvidence';
import type { ColumnCounts } from './columnCounts';
import type { ReadingDecision } from './decideReading';
import { countDistinct, numericSummary } from './numericSummary';
import { suggestRole } from './suggestRole';

/** Texts shown on the card of a column that is not numeric. */
const mostShown = 20;
/** Longer texts are cut on a card; the grid shows them whole. */
const longestShown = 200;
/** A category has at most so many different texts, each twice on average. By taste. */
const mostCategories = 1000;

/** One column as it was read. `chosenType`: what a person said it is. */
export function summariseColumn(
  place: { readonly index: number; readonly name: string; readonly originalName: string },
  counts: ColumnCounts,
  decision: ReadingDecision,
  chosenType: ColumnType | undefined,
): ColumnSummary {
  const { evidence, values, texts } = counts;
  const cells = counts.rows - counts.missing;
  const numeric = values === null ? null : numericSummary(values);
  const found =
    values === null ? { distinct: texts.length, isLowerBound: counts.isOverflowing } : countDistinct(values);
  const type = chosenType ?? finalType(decision, counts, found.distinct, found.isLowerBound);
  const { reading } = decision;
  const isNumber = reading.family === 'number';
  const ranked = [...texts].sort((left, right) => right.count - left.count).slice(0, mostShown);
  return {
    ...place,
    type,
    isDetected: chosenType === undefined,
    suggestedRole: suggestRole({
      type,
      name: place.name,
      cells,
      distinct: found.distinct,
      isDistinctLowerBound: found.isLowerBound,
      hasHugeIntegers: evidence.huge > 0,
      values,
    }),
    reading: {
      decimal: isNumber && hasDecimalMarks(counts) ? reading.decimal : null,
      thousands: isNumber ? thousandsSeparator(counts, reading.decimal) : null,
      currency: isNumber ? mostFrequent(evidence.currencies) : null,
      dateOrder: reading.family === 'date' ? reading.order : null,
    },
    missing: counts.missing,
    missingSpellings: missingSpellings(counts),
    unreadable: {
      count: counts.unreadable,
      examples: counts.unreadableExamples.map(({ row, text }) => ({
        row,
        text: text.slice(0, longestShown),
      })),
    },
    distinct: found.distinct,
    isDistinctLowerBound: found.isLowerBound,
    numeric,
    frequent:
      values === null ? ranked.map(({ text, count }) => ({ text: text.slice(0, longestShown), count })) : [],
  };
}

function finalType(
  decision: ReadingDecision,
  counts: ColumnCounts,
  distinct: number,
  isLowerBound: boolean,
): ColumnType {
  if (decision.kind === 'text') {
    const cells = counts.rows - counts.missing;
    const isCategory = !isLowerBound && distinct <= mostCategories && 2 * distinct <= cells;
    return isCategory ? 'category' : 'text';
  }
  if (decision.kind !== 'number' || decision.reading.family !== 'number') return decision.kind;
  const { unit } = decision.reading;
  if (unit === 'percent') return 'percent';
  if (typeof unit === 'object') return 'currency';
  const hasOnlyIntegers =
    counts.values?.every((value) => Number.isNaN(value) || Number.isInteger(value)) ?? false;
  return hasOnlyIntegers && counts.evidence.notFinite === 0 ? 'integer' : 'number';
}

function hasDecimalMarks({ evidence }: ColumnCounts): boolean {
  return evidence.pointProofs + evidence.commaProofs + evidence.pointsOrGroups + evidence.commasOrGroups > 0;
}

function thousandsSeparator({ evidence }: ColumnCounts, decimal: string): string | null {
  const sure = mostFrequent(evidence.thousands);
  if (sure !== null && sure !== decimal) return sure;
  const isGrouped = decimal === '.' ? evidence.commasOrGroups > 0 : evidence.pointsOrGroups > 0;
  return isGrouped ? (decimal === '.' ? ',' : '.') : null;
}

function missingSpellings(counts: ColumnCounts): { text: string; count: number }[] {
  const spelt = [...counts.missingTexts].map(([text, count]) => ({ text, count }));
  const all = counts.blank > 0 ? [{ text: '', count: counts.blank }, ...spelt] : spelt;
  return all.sort((left, right) => right.count - left.count).slice(0, mostShown);
}
