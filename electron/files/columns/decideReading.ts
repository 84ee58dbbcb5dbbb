import type { ColumnOverride, ColumnType, DecimalMark, Delimiter } from '../../../shared/table';
import { mostFrequent, type ColumnEvidence } from './columnEvidence';
import { isSameReading, type DateOrder, type Reading } from './reading';

/** What is known about a column besides its cells. */
export interface ReadingContext {
  /** What a person decided about the column; null: nothing. */
  readonly override: ColumnOverride | null;
  /** The decimal mark a person chose for the whole file. */
  readonly chosenDecimal: DecimalMark | null;
  /** The decimal mark that other columns of the file prove. */
  readonly provenDecimal: DecimalMark | null;
  readonly delimiter: Delimiter | null;
  /** True when numbers come from a workbook, which writes them with a point. */
  readonly isWorkbook: boolean;
}

/** How a column is to be read, and what about that is a guess. */
export interface ReadingDecision {
  /** What the cells are; `number` stands for all types with values, and `text` for category as well. */
  readonly kind: 'number' | 'mixed' | 'boolean' | 'date' | 'datetime' | 'time' | 'text' | 'empty';
  readonly reading: Reading;
  readonly isDecimalGuessed: boolean;
  readonly isDateOrderGuessed: boolean;
}

/** Share of cells that must be dates for a column to be one; the rest is unreadable. By taste. */
const dateShare = 0.9;
/** Share of cells that must be numbers for a column to be numbers with unreadable cells. By taste. */
const mixedShare = 0.5;

const text: ReadingDecision = {
  kind: 'text',
  reading: { family: 'text' },
  isDecimalGuessed: false,
  isDateOrderGuessed: false,
};

/**
 * Decides how a column is read from the counts over all its cells. `exact`: how many cells are unreadable under a
 * reading, where that was counted.
 */
export function decideReading(
  evidence: ColumnEvidence,
  context: ReadingContext,
  exact: { reading: Reading; unreadable: number } | null,
): ReadingDecision {
  const chosen = context.override?.type;
  if (chosen !== undefined) return chosenReading(chosen, evidence, context);
  const { cells } = evidence;
  if (cells === 0) return { ...text, kind: 'empty' };
  if (evidence.booleans.size === 1 && mostCount(evidence.booleans) === cells) {
    return {
      ...text,
      kind: 'boolean',
      reading: { family: 'boolean', pair: mostFrequent(evidence.booleans) },
    };
  }
  if (evidence.times >= dateShare * cells) return { ...text, kind: 'time', reading: { family: 'time' } };
  if (dateCount(evidence) >= dateShare * cells) return dateReading(evidence, context);
  // Codes with leading zeros, such as post codes, would lose their digits as numbers.
  const numbers = evidence.leadingZeros > 0 && !hasMarks(evidence) ? 0 : evidence.numbers;
  if (numbers + evidence.notFinite < mixedShare * cells) return text;
  const decision = numberReading(evidence, context);
  const known = exact !== null && isSameReading(exact.reading, decision.reading);
  const unreadable = known
    ? exact.unreadable - evidence.notFinite
    : cells - evidence.numbers - evidence.notFinite + mismatches(evidence, decision.reading);
  if (unreadable === 0) return decision;
  return cells - unreadable >= mixedShare * cells ? { ...decision, kind: 'mixed' } : text;
}

/** The decimal mark that the cells themselves prove; null when they prove none or both alike. */
export function provenDecimal(evidence: ColumnEvidence): DecimalMark | null {
  const { pointProofs, commaProofs } = evidence;
  if (pointProofs === commaProofs) return null;
  return pointProofs > commaProofs ? '.' : ',';
}

function hasMarks(evidence: ColumnEvidence): boolean {
  return evidence.pointProofs + evidence.commaProofs + evidence.pointsOrGroups + evidence.commasOrGroups > 0;
}

function mostCount(counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...counts.values());
}

function dateCount(evidence: ColumnEvidence): number {
  const { ymd, dmy, mdy, dmyOrMdy } = evidence.dates;
  return ymd + dmy + mdy + dmyOrMdy;
}

function numberReading(evidence: ColumnEvidence, context: ReadingContext): ReadingDecision {
  const { decimal, isGuessed } = decideDecimal(evidence, context);
  const currency = mostFrequent(evidence.currencies);
  const isPercent = evidence.percents > 0 && evidence.percents * 2 >= evidence.numbers;
  return {
    kind: 'number',
    reading: {
      family: 'number',
      decimal,
      unit: isPercent ? 'percent' : currency === null ? 'none' : { currency },
    },
    isDecimalGuessed: isGuessed,
    isDateOrderGuessed: false,
  };
}

function decideDecimal(
  evidence: ColumnEvidence,
  context: ReadingContext,
): { decimal: DecimalMark; isGuessed: boolean } {
  const chosen = context.override?.decimal ?? context.chosenDecimal;
  if (chosen !== null) return { decimal: chosen, isGuessed: false };
  const own = provenDecimal(evidence);
  if (own !== null) return { decimal: own, isGuessed: false };
  const { pointsOrGroups, commasOrGroups } = evidence;
  const others = context.provenDecimal;
  if (pointsOrGroups + commasOrGroups === 0) return { decimal: others ?? '.', isGuessed: false };
  if (commasOrGroups === 0) {
    // A workbook, or a file with commas between cells, hardly groups digits with points.
    const isUsual =
      (context.isWorkbook && others !== ',') ||
      others === '.' ||
      (others === null && context.delimiter === ',');
    return { decimal: others ?? '.', isGuessed: !isUsual };
  }
  // Exports are written with semicolons where this comes to commas, so that they are read as they were.
  const guess = others ?? (context.delimiter === ';' && pointsOrGroups === 0 ? ',' : '.');
  return { decimal: guess, isGuessed: true };
}

/** About how many cells that look like numbers have none under the reading. 0 is exact. */
function mismatches(evidence: ColumnEvidence, reading: Reading): number {
  if (reading.family !== 'number') return 0;
  const inOtherMark = reading.decimal === '.' ? evidence.commaProofs : evidence.pointProofs;
  const inCurrencies = [...evidence.currencies.values()].reduce((sum, count) => sum + count, 0);
  const { unit } = reading;
  if (unit === 'all') return inOtherMark;
  if (unit === 'percent') return inOtherMark + evidence.numbers - evidence.percents;
  if (unit === 'none') return inOtherMark + evidence.percents + inCurrencies;
  return inOtherMark + evidence.percents + inCurrencies - (evidence.currencies.get(unit.currency) ?? 0);
}

function dateReading(evidence: ColumnEvidence, context: ReadingContext): ReadingDecision {
  const { order, isGuessed } = decideDateOrder(evidence, context);
  return {
    kind: evidence.datesWithTime > 0 ? 'datetime' : 'date',
    reading: { family: 'date', order },
    isDecimalGuessed: false,
    isDateOrderGuessed: isGuessed,
  };
}

function decideDateOrder(
  evidence: ColumnEvidence,
  context: ReadingContext,
): { order: DateOrder; isGuessed: boolean } {
  const chosen = context.override?.dateOrder;
  if (chosen !== undefined) return { order: chosen, isGuessed: false };
  const { dmy, mdy, dmyOrMdy } = evidence.dates;
  if (dmy + mdy > 0) return { order: mdy > dmy ? 'mdy' : 'dmy', isGuessed: false };
  return dmyOrMdy > 0 ? { order: 'dmy', isGuessed: true } : { order: 'ymd', isGuessed: false };
}

function chosenReading(type: ColumnType, evidence: ColumnEvidence, context: ReadingContext): ReadingDecision {
  switch (type) {
    case 'integer':
    case 'number':
    case 'percent':
    case 'currency':
    case 'mixed': {
      const decision = numberReading(evidence, context);
      const { decimal } = decideDecimal(evidence, context);
      return {
        ...decision,
        kind: type === 'mixed' ? 'mixed' : 'number',
        reading: { family: 'number', decimal, unit: 'all' },
      };
    }
    case 'boolean':
      return { ...text, kind: 'boolean', reading: { family: 'boolean', pair: null } };
    case 'date':
    case 'datetime':
      return { ...dateReading(evidence, context), kind: type };
    case 'time':
      return { ...text, kind: 'time', reading: { family: 'time' } };
    case 'category':
    case 'text':
    case 'empty':
      return text;
  }
}
