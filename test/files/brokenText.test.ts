import { expect, test } from 'vitest';
import { allCells, columnOf, failureOf, noticeKinds, tableOf } from './readBytes';

test('a quote that is never closed costs its own line only', async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `${row},name ${row}`);
  rows[500] = '500,"name 500';
  const table = await tableOf(['id,name', ...rows].join('\n'));
  expect(table.summary.rows).toBe(20_000);
  expect(table.slice(500, 502, 0, 2)).toEqual([
    ['500', '"name 500'],
    ['501', 'name 501'],
  ]);
  expect(table.summary.notices).toContainEqual({ kind: 'unclosedQuote', line: 501, count: 1 });
});

test('a quote that is never closed is found among proper quotes', async () => {
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},"name, ${row}"`);
  rows[500] = '500,"name 500';
  const table = await tableOf(['id,name', ...rows].join('\n'));
  expect(table.summary.rows).toBe(5000);
  expect(table.slice(499, 502, 0, 2)).toEqual([
    ['499', 'name, 499'],
    ['500', '"name 500'],
    ['501', 'name, 501'],
  ]);
});

test('where every line opens a quote, quotes are ordinary characters', async () => {
  const rows = Array.from({ length: 3000 }, (_, row) => `"${row} inch,${row}`);
  const table = await tableOf(['size,n', ...rows].join('\n'));
  expect(table.summary.rows).toBe(3000);
  expect(table.slice(2999, 3000, 0, 2)).toEqual([['"2999 inch', '2999']]);
  expect(columnOf(table, 'n').type).toBe('integer');
});

test('a proper cell of many lines and a million characters is one cell', async () => {
  const text = 'line, with comma\n'.repeat(50_000);
  const table = await tableOf(`id,text\n1,"${text}"\n2,x\n`);
  expect(table.summary.rows).toBe(2);
  expect(table.slice(0, 1, 1, 2)[0]![0]).toBe(text);
  expect(noticeKinds(table)).toContain('longCell');
});

test('extra cells are kept in columns of their own, from the row where they come', async () => {
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},${row}`);
  rows[4000] += ',7,8';
  const table = await tableOf(['a,b', ...rows].join('\n'));
  expect(table.summary.columns.map(({ name, missing }) => [name, missing])).toEqual([
    ['a', 0],
    ['b', 0],
    ['column_3', 4999],
    ['column_4', 4999],
  ]);
  expect(table.numbers(2)[4000]).toBe(7);
  expect(table.slice(4000, 4001, 0, 4)).toEqual([['4000', '4000', '7', '8']]);
});

test('lines of blanks or delimiters between rows are skipped and counted', async () => {
  const table = await tableOf('a,b\n1,2\n\n  \n,\n3,4\n\n');
  expect(allCells(table)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect(table.summary.notices).toContainEqual({ kind: 'blankLines', count: 3 });
});

test('blank columns at the end are dropped only where they hold nothing and have no name', async () => {
  const spread = await tableOf('a,b,,\n1,2,,\n3,4,,\n');
  expect(spread.summary.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  const kept = await tableOf('a,b,c,\n1,2,,\n3,4,,x\n');
  expect(kept.summary.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'column_4']);
});

test('a row of far too many cells is refused', async () => {
  expect(await failureOf(`a,b\n1,2\n${',1'.repeat(150_000)}\n`)).toMatchObject({ kind: 'tooLarge' });
});

test.each(['', '\n\r\n\n', '   \n \t \n', '\ufeff'])('%j is an empty file', async (text) => {
  expect(await failureOf(text)).toMatchObject({ kind: 'emptyFile' });
});

test('texts separated by blanks are not columns, numbers are', async () => {
  const words = await tableOf('city\nNew York\nLos Angeles\nSan Francisco\n');
  expect(words.summary.dialect.delimiter).toBeNull();
  const numbers = await tableOf('1.0   2.0  3\n10.5  -2   4\n7     8    15\n');
  expect(numbers.summary.columns).toHaveLength(3);
});

test('one column of decimal commas is one column', async () => {
  const table = await tableOf('value\n1,5\n2,25\n3,75\n');
  expect(table.summary.columns).toHaveLength(1);
  expect(columnOf(table, 'value').numeric?.sum).toBe(7.5);
});
