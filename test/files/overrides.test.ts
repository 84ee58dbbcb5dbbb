import { expect, test } from 'vitest';
import { allCells, columnOf, failureOf, numbersOf, previewBytes, tableOf } from './readBytes';

const scores = 'id,score\n1,10\n2,abc\n3,12.5\n4,\n5,9\n';

test('a chosen type of number makes other cells missing values, counted', async () => {
  const table = await tableOf(scores, { columns: [{ index: 1, type: 'number' }] });
  expect(columnOf(table, 'score')).toMatchObject({
    type: 'number',
    isDetected: false,
    missing: 1,
    unreadable: { count: 1, examples: [{ row: 1, text: 'abc' }] },
    numeric: { sum: 31.5 },
  });
  expect(numbersOf(table, 'score')).toEqual([10, NaN, 12.5, NaN, 9]);
  expect(columnOf(table, 'id').isDetected).toBe(true);
});

test('numbers chosen to be text have no values', async () => {
  const table = await tableOf(scores, { columns: [{ index: 0, type: 'text' }] });
  expect(columnOf(table, 'id')).toMatchObject({
    type: 'text',
    isDetected: false,
    numeric: null,
    distinct: 5,
  });
  expect(() => table.numbers(0)).toThrow(RangeError);
});

test('codes for missing count as missing in their column only, as numbers too', async () => {
  const text = 'x,y\n1.5,-999\n-999.0,3\n2.5,4\n';
  const table = await tableOf(text, { columns: [{ index: 0, missingCodes: ['-999'] }] });
  expect(columnOf(table, 'x')).toMatchObject({
    missing: 1,
    missingSpellings: [{ text: '-999.0', count: 1 }],
  });
  expect(numbersOf(table, 'x')).toEqual([1.5, NaN, 2.5]);
  expect(columnOf(table, 'y').missing).toBe(0);
});

test('a list of codes for missing replaces the usual one', async () => {
  const text = 'country,iso2\nNamibia,NA\nNorway,NO\nNauru,none\n';
  const table = await tableOf(text, { missingCodes: ['none'] });
  expect(columnOf(table, 'iso2')).toMatchObject({
    missing: 1,
    missingSpellings: [{ text: 'none', count: 1 }],
  });
  expect(table.summary.dialect.missingCodes).toEqual(['none']);
});

test('"1,234" is a question until the decimal mark is chosen', async () => {
  const text = 'a;b\n1,234;x\n5,678;y\n9,012;z\n';
  const asked = await tableOf(text);
  expect(asked.summary.notices).toContainEqual({
    kind: 'ambiguousNumbers',
    column: 0,
    text: '1,234',
    decimal: ',',
    value: 1.234,
    otherValue: 1234,
  });
  for (const [decimal, first] of [
    [',', 1.234],
    ['.', 1234],
  ] as const) {
    const chosen = await tableOf(text, { columns: [{ index: 0, decimal }] });
    expect(numbersOf(chosen, 'a')[0]).toBe(first);
    expect(chosen.summary.notices).toEqual([]);
    expect(numbersOf(await tableOf(text, { decimal }), 'a')[0]).toBe(first);
  }
});

test('one cell anywhere in the column settles what "1,234" is', async () => {
  const rows = Array.from({ length: 20_000 }, () => '"1,234"');
  const point = await tableOf(['a', ...rows, '"1,234,567"'].join('\n'), { delimiter: ',' });
  expect(point.summary.notices).toEqual([]);
  expect(numbersOf(point, 'a').at(0)).toBe(1234);
  expect(columnOf(point, 'a')).toMatchObject({ type: 'integer', reading: { thousands: ',' } });
  const comma = await tableOf(['a', ...rows, '"12,5"'].join('\n'), { delimiter: ',' });
  expect(comma.summary.notices).toEqual([]);
  expect(numbersOf(comma, 'a').at(0)).toBe(1.234);
  expect(columnOf(comma, 'a')).toMatchObject({ type: 'number', reading: { decimal: ',' } });
});

test('one cell anywhere in the column settles the order of day and month', async () => {
  const rows = Array.from({ length: 20_000 }, () => '01/02/2024,1');
  const unsure = await tableOf(['d,x', ...rows].join('\n'));
  expect(unsure.summary.notices).toContainEqual({
    kind: 'ambiguousDates',
    column: 0,
    text: '01/02/2024',
    order: 'dmy',
  });
  const american = await tableOf(['d,x', ...rows, '01/31/2024,1'].join('\n'));
  expect(columnOf(american, 'd')).toMatchObject({
    type: 'date',
    reading: { dateOrder: 'mdy' },
    unreadable: { count: 0 },
  });
  expect(american.summary.notices.map(({ kind }) => kind)).toEqual(['constantColumns']);
});

test('a chosen order of day and month is obeyed, and impossible days are counted', async () => {
  const text = 'd,x\n01/02/2024,1\n31/01/2024,2\n';
  const table = await tableOf(text, { columns: [{ index: 0, type: 'date', dateOrder: 'mdy' }] });
  expect(columnOf(table, 'd')).toMatchObject({ reading: { dateOrder: 'mdy' }, unreadable: { count: 1 } });
});

test('types are decided by all rows, not by the first', async () => {
  const rows = Array.from({ length: 50_000 }, (_, row) => `${row},${row}`);
  const table = await tableOf(['a,b', ...rows, '50000,n.a. yet'].join('\n'));
  expect(columnOf(table, 'b')).toMatchObject({
    type: 'mixed',
    unreadable: { count: 1, examples: [{ row: 50_000, text: 'n.a. yet' }] },
  });
  const words = Array.from({ length: 20_000 }, (_, row) => `${row},word${row}`);
  const numbers = Array.from({ length: 60_000 }, (_, row) => `${row},${row}`);
  const late = await tableOf(['a,b', ...words, ...numbers].join('\n'));
  expect(columnOf(late, 'b')).toMatchObject({ type: 'mixed', unreadable: { count: 20_000 } });
});

test('a header can be chosen or denied', async () => {
  const text = '1990,2000\n1.5,2.5\n3.5,4.5\n';
  const without = await tableOf(text, { hasHeader: false });
  expect(without.summary.columns.map(({ name }) => name)).toEqual(['column_1', 'column_2']);
  expect(without.summary.rows).toBe(3);
  const withHeader = await tableOf('1,2\n3,4\n5,6\n', { hasHeader: true });
  expect(withHeader.summary.columns.map(({ name }) => name)).toEqual(['1', '2']);
});

test('a chosen delimiter and number of lines above the table are obeyed', async () => {
  const table = await tableOf('note\n"a broken title\na b,c\n1 2,3\n4 5,6\n', {
    delimiter: ',',
    skippedLines: 2,
  });
  expect(table.summary.columns.map(({ name }) => name)).toEqual(['a b', 'c']);
  expect(allCells(table)).toEqual([
    ['1 2', '3'],
    ['4 5', '6'],
  ]);
});

test('the line that names the delimiter for Excel is not part of the table', async () => {
  const table = await tableOf('sep=;\na;b\n1,5;2\n');
  expect(table.summary.dialect).toMatchObject({ delimiter: ';', skippedLines: 1 });
  expect(columnOf(table, 'a').numeric?.sum).toBe(1.5);
});

test('row names as R writes them have a column without a name', async () => {
  const table = await tableOf('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Valiant" 18.1 6\n');
  expect(table.summary.columns.map(({ name }) => name)).toEqual(['column_1', 'mpg', 'cyl']);
  expect(numbersOf(table, 'mpg')).toEqual([21, 18.1]);
});

test('a preview follows the options', async () => {
  const preview = await previewBytes('a;b\n1,234;x\n', {
    columns: [{ index: 0, type: 'text' }],
    hasHeader: false,
  });
  expect(preview.ok && preview.value.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'column_1 text',
    'column_2 text',
  ]);
});

test('a table without rows is refused with the number of its columns', async () => {
  expect(await failureOf('a,b,c\n')).toEqual({ kind: 'noDataRows', file: 'table.csv', columns: 3 });
  expect(await failureOf('1,2,3\n', { hasHeader: true })).toMatchObject({ kind: 'noDataRows', columns: 3 });
});

test('roles: counters and names are identifiers, constants are ignored, years are features', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, row) => `${row + 1},name ${row},${1980 + row},${row * row},7,${row % 2 ? 'a' : 'b'}`,
  );
  const table = await tableOf(['nr,who,year,x,const,group', ...rows].join('\n'));
  expect(table.summary.columns.map(({ suggestedRole }) => suggestedRole)).toEqual([
    'identifier',
    'identifier',
    'feature',
    'feature',
    'ignore',
    'label',
  ]);
});

test('roles: without a number to cluster by, answers and categories are features, but for the one named class', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, row) => `${row % 2 ? 'yes' : 'no'},${['red', 'green', 'blue'][row % 3]},${row % 2 ? 'a' : 'b'}`,
  );
  const rolesOf = async (header: string, further = (_row: number) => ''): Promise<unknown> => {
    const table = await tableOf([header, ...rows.map((cells, row) => cells + further(row))].join('\n'));
    return table.summary.columns.map(({ suggestedRole }) => suggestedRole);
  };
  expect(await rolesOf('likes,colour,Class')).toEqual(['feature', 'feature', 'label']);
  expect(await rolesOf('likes,colour,other,constant', () => ',1.5')).toEqual([
    'feature',
    'feature',
    'feature',
    'ignore',
  ]);
  expect(await rolesOf('likes,colour,Class,x', (row) => `,${row / 2}`)).toEqual([
    'label',
    'label',
    'label',
    'feature',
  ]);
});
