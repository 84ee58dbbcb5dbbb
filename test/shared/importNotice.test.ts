import { expect, test } from 'vitest';
import { importNotice, importNoticeText, isQuestion, type ImportNotice } from '../../shared/importNotice';

const example = { row: 1, text: 'abc' };
const notices: ImportNotice[] = [
  { kind: 'encodingGuessed', encoding: 'Windows-1252' },
  { kind: 'damagedCharacters', count: 1 },
  { kind: 'nulCharacters', count: 2 },
  { kind: 'unclosedQuote', line: 2, count: 3 },
  { kind: 'malformedQuotes', line: 2, count: 1 },
  { kind: 'skippedLines', lines: 3, firstText: 'Report' },
  { kind: 'blankLines', count: 1 },
  { kind: 'shortRows', count: 2, firstRow: 1 },
  { kind: 'longRows', count: 1, firstRow: 3, extraColumns: 1 },
  { kind: 'emptyColumnsDropped', count: 1 },
  { kind: 'longCell', column: 0, row: 0, length: 260_000 },
  { kind: 'noHeader' },
  { kind: 'headerUnsure', hasHeader: true },
  { kind: 'headerUnsure', hasHeader: false },
  { kind: 'headerRowsJoined', rows: 2 },
  { kind: 'namelessColumns', columns: [0, 1] },
  { kind: 'repeatedNames', columns: [1] },
  { kind: 'delimiterUnsure', delimiter: 'commas' },
  { kind: 'emptyColumns', columns: [0] },
  { kind: 'constantColumns', columns: [0, 1] },
  { kind: 'leadingZeros', columns: [0] },
  { kind: 'unreadableCells', column: 0, type: 'number', count: 7, examples: [example] },
  { kind: 'notFinite', column: 0, count: 1, firstRow: 0, text: '1e400' },
  { kind: 'hugeIntegers', column: 0, text: '9007199254740993' },
  { kind: 'ambiguousNumbers', column: 0, text: '1,234', decimal: ',', value: 1.234, otherValue: 1234 },
  { kind: 'ambiguousDates', column: 0, text: '01/02/2024', order: 'dmy' },
  { kind: 'possibleMissingCode', column: 0, text: '-999', count: 2 },
  { kind: 'missingOrCode', column: 0, text: 'NA', count: 1 },
  { kind: 'singleRow' },
  { kind: 'noRows' },
  { kind: 'otherSheets', sheet: 'A', others: ['B'] },
  { kind: 'hiddenSheets', sheets: ['C'] },
  { kind: 'mergedCells', count: 1, first: 'row 3, column 2 of the sheet' },
  { kind: 'errorCells', count: 2, first: 'B2', text: '#N/A' },
  { kind: 'formulasWithoutValue', count: 1, first: 'B3' },
];
const text = (notice: ImportNotice): string =>
  importNoticeText(notice, (index) => ['income', 'age'][index] ?? '?');

test.each(notices)('$kind passes its check and makes a whole sentence', (notice) => {
  expect(importNotice.parse(notice)).toEqual(notice);
  expect(text(notice)).toMatch(/^["A-Z0-9].*[.?]$/s);
  expect(text(notice)).not.toMatch(/undefined|NaN|\[object/);
});

test('rows and lines are shown counted from 1, columns by name', () => {
  expect(text({ kind: 'unclosedQuote', line: 2, count: 1 })).toContain('Line 3:');
  expect(text({ kind: 'unreadableCells', column: 0, type: 'number', count: 1, examples: [example] })).toBe(
    '"income" has 1 cell that cannot be read as number: row 2 (abc). Set its type to number to count them as missing, or leave the column out.',
  );
});

test('a question ends with a question mark or says what to do if it is wrong', () => {
  for (const notice of notices.filter(isQuestion)) expect(text(notice)).toMatch(/\?|If it is/);
});

test('long lists of names are cut short', () => {
  const columns = Array.from({ length: 1000 }, (_, index) => index);
  expect(importNoticeText({ kind: 'emptyColumns', columns }, (index) => `c${index}`)).toContain(
    'and 994 more',
  );
});
