import { formatCount, formatCounted } from '../../../shared/format';
import type { ColumnSummary, ColumnType, Dialect } from '../../../shared/table';

const typeWords: Record<ColumnType, string> = {
  integer: 'whole number',
  number: 'number',
  percent: 'percentage',
  currency: 'currency',
  boolean: 'yes or no',
  category: 'category',
  text: 'text',
  date: 'date',
  datetime: 'date and time',
  time: 'time of day',
  mixed: 'numbers and text mixed',
  empty: 'empty',
};

/** A type of column in words: `whole number`. */
export function columnTypeText(type: ColumnType): string {
  return typeWords[type];
}

const dateOrders = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' };
const decimalMarks = { '.': 'decimal point', ',': 'decimal comma' };
const shownSpellings = 3; // enough to recognise them; the inspector lists all

const quoted = (text: string): string => `“${text}”`;

/**
 * How a column was read, as one line: `number, decimal comma, 3 blanks, 2 cells “n/a”`.
 * Only what is particular is said: a point as decimal mark is.
 */
export function readingText(column: ColumnSummary): string {
  const { reading, type, unreadable } = column;
  const parts = [typeWords[type]];
  if (type === 'currency' && reading.currency !== null) parts[0] = `currency in ${reading.currency}`;
  if (reading.decimal !== null && type !== 'integer') parts.push(decimalMarks[reading.decimal]);
  if (reading.thousands !== null) parts.push(`thousands by ${separatorText(reading.thousands)}`);
  if (reading.dateOrder !== null) parts.push(dateOrders[reading.dateOrder]);
  parts.push(...missingParts(column));
  if (unreadable.count > 0) parts.push(`${formatCounted(unreadable.count, 'cell')} unreadable`);
  if (!column.isDetected) parts.push('type chosen by you');
  return parts.join(', ');
}

function separatorText(separator: string): string {
  if (separator === ',') return 'comma';
  if (separator === '.') return 'point';
  if (separator.trim() === '') return 'space';
  return quoted(separator);
}

/** Missing cells by their spelling: `3 blanks`, `2 cells “n/a”`. */
export function missingParts(column: Pick<ColumnSummary, 'missing' | 'missingSpellings'>): string[] {
  const spelled = column.missingSpellings.filter((spelling) => spelling.text.trim() !== '');
  const counted = column.missingSpellings.reduce((sum, spelling) => sum + spelling.count, 0);
  const spelledCount = spelled.reduce((sum, spelling) => sum + spelling.count, 0);
  const shown = spelled.slice(0, shownSpellings);
  const parts: string[] = [];
  const blanks = counted - spelledCount;
  if (blanks > 0) parts.push(formatCounted(blanks, 'blank'));
  for (const { text, count } of shown) parts.push(`${formatCounted(count, 'cell')} ${quoted(text)}`);
  const shownCount = shown.reduce((sum, spelling) => sum + spelling.count, 0);
  const others = column.missing - Math.max(0, blanks) - shownCount;
  if (others > 0) parts.push(`${formatCounted(others, 'other missing cell')}`);
  return parts;
}

const delimiterNames = {
  ',': 'comma-separated text',
  ';': 'semicolon-separated text',
  '\t': 'tab-separated text',
  '|': 'bar-separated text',
  whitespace: 'text separated by blanks',
};

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  'iso-8859-1': 'ISO 8859-1',
};

/** An encoding by its usual name. */
export function encodingText(encoding: keyof typeof encodingNames): string {
  return encodingNames[encoding];
}

/** How a file was read, as one line: `Semicolon-separated text, UTF-8, decimal comma, names in line 1`. */
export function dialectText(dialect: Dialect): string {
  const parts =
    dialect.format === 'workbook'
      ? [`workbook, sheet ${quoted(dialect.sheet ?? '')}`]
      : [dialect.delimiter === null ? 'text, one column' : delimiterNames[dialect.delimiter]];
  if (dialect.encoding !== null) parts.push(encodingNames[dialect.encoding]);
  if (dialect.format === 'delimited') parts.push(decimalMarks[dialect.decimal]);
  const line = dialect.format === 'workbook' ? 'row' : 'line';
  parts.push(dialect.hasHeader ? `names in ${line} ${formatCount(dialect.skippedLines + 1)}` : 'no header');
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
