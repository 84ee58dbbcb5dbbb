import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, type FineBins } from '../../electron/files/columns/median';
import { numericSummary } from '../../electron/files/columns/numericSummary';
import { plainThreadHere } from '../../electron/files/plain/plainThread';
import type { Table } from '../../electron/files/table/table';
import { allCells, noticeKinds, numbersOf, readBytes, tableOf, type Pieces } from './readBytes';

/**
 * A file of these bytes that is read by the general reader: a quote at the very end, in a column of its own row that
 * no other row reaches, is all that keeps it from being plain.
 */
const lastRow = (quote: string): string => `${quote}z${quote}`;

/** What two files that differ in the spelling of one cell must have in common. */
const essence = (table: Table): unknown => ({
  ...table.summary,
  sizeBytes: 0,
  cells: allCells(table),
  values: table.summary.columns.map(({ numeric }, index) => (numeric ? [...table.numbers(index)] : null)),
});

async function expectSame(body: string, lineEnd: string): Promise<void> {
  const plain = await tableOf(body + lastRow('') + lineEnd);
  const general = await tableOf(body + lastRow('"') + lineEnd);
  expect(essence(plain)).toEqual(essence(general));
}

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 });
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+', ' ', ' -', '\u2212'), digits, fc.constantFrom('.', ',', ''), digits)
  .map((parts) => parts.join(''));
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.double({ noNaN: true }).map(String) },
  { weight: 3, arbitrary: decimal },
  { weight: 2, arbitrary: fc.integer({ min: -1100, max: 1100 }).map((value) => String(value / 1000)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '', ' ', '\u00a0', 'NA', '-999', '007', '1e5', 'yes', 'no', '2024-01-31', '31.12.2024', '12 %', '1.234', '5\u20ac',
      '1.234.567', '-0.0000000000000000', 'inf', 'K\u00f6ln', '\u6771\u4eac', '\ud83d\ude00', '\t', '\u0001', 'a longer text than is known by its bytes',
    ), // prettier-ignore
  },
);

test('a plain file reads as the same table as one that needs the parser', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 }),
      fc.constantFrom(';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (rows, delimiter, lineEnd, hasHeader) => {
        const all = hasHeader ? [['a', 'b', 'c'], ...rows] : rows;
        const lines = all.map(
          (row) => row.map((text) => text.replaceAll(delimiter, '')).join(delimiter) + lineEnd,
        );
        await expectSame(lines.join(''), lineEnd);
      },
    ),
    { numRuns: 150 },
  );
}, 30_000);

const inParts = (threads: number): Pieces => ({ threads, startThread: plainThreadHere, pieceBytes: 64 });

test('the same table comes out however many threads read a plain file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 2, max: 5 }),
      async (rows, lineEnd, hasHeader, threads) => {
        const all = hasHeader ? [['a', 'b', 'c'], ...rows] : rows;
        const text = all.map((row) => row.map((part) => part.replaceAll(';', '')).join(';')).join(lineEnd);
        const one = await readBytes(text);
        const many = await readBytes(text, {}, inParts(threads));
        expect(many.ok ? essence(many.value) : many).toEqual(one.ok ? essence(one.value) : one);
      },
    ),
    { numRuns: 200 },
  );
}, 30_000);

test('a column with more texts than are counted is the same however many threads read it', async () => {
  const rows = Array.from(
    { length: 50_000 },
    (_, row) =>
      `text ${(row * 7919) % 24_000},${row % 3 === 0 ? `${row}1,5 kg` : row},${row % 7},${row === 40_000 ? 'long '.repeat(60) : row % 5}`,
  );
  const text = ['name,amount,day,note', ...rows].join('\n');
  const one = await tableOf(text);
  for (const threads of [2, 3]) {
    const many = await tableOf(text, {}, { ...inParts(threads), pieceBytes: 1 << 16 });
    expect(many.summary).toEqual(one.summary);
    expect(many.slice(49_990, 50_000, 0, 4)).toEqual(one.slice(49_990, 50_000, 0, 4));
  }
  expect(one.summary.columns[0]).toMatchObject({ distinct: 20_000, isDistinctLowerBound: true });
});

test('columns of numbers are rounded as Number() rounds them, extremes and all', async () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
    fc
      .tuple(fc.maxSafeInteger(), fc.nat({ max: 30 }))
      .map(([value, places]) => `${value < 0 ? '-' : ''}0.${'0'.repeat(places)}${Math.abs(value)}`),
    fc.tuple(fc.nat({ max: 2 ** 31 - 1 }), digits).map(([whole, fraction]) => `${whole}.${fraction}`),
    fc.constantFrom(
      '9007199254740991',
      '9007199254740993',
      '0.9007199254740993',
      '4.9e-324',
      '1.7976931348623157e308',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 20, maxLength: 40 }), async (texts) => {
      const table = await tableOf(['x\ty', ...texts.map((text) => `${text}\t${text}`), ''].join('\n'), {
        columns: [
          { index: 0, type: 'number', decimal: '.' },
          { index: 1, type: 'number', decimal: '.' },
        ],
      });
      const expected = texts.map((text) => Number(text) + 0);
      expect(numbersOf(table, 'x')).toEqual(expected);
      expect(numbersOf(table, 'y')).toEqual(expected);
    }),
    { numRuns: 200 },
  );
}, 30_000);

test('a quote, a NUL or a lone carriage return far down changes nothing above it', async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `${row},${row / 8},name`);
  for (const odd of ['"1","2","x"', '1,2,\0', '1,2,a\rb', '1,2,"a\nb"']) {
    const table = await tableOf(['id,value,name', ...rows, odd, ''].join('\n'));
    expect(table.summary.rows).toBeGreaterThanOrEqual(rows.length + 1);
    expect(table.slice(19_999, 20_000, 0, 3)).toEqual([['19999', '2499.875', 'name']]);
  }
});

test('rows that are too long give the rows above blank cells, blank lines no rows', async () => {
  const table = await tableOf('a,b\n1,2\n\n , \n3\n4,5,6\n7,8\n\n');
  expect(allCells(table)).toEqual([
    ['1', '2', ''],
    ['3', '', ''],
    ['4', '5', '6'],
    ['7', '8', ''],
  ]);
  expect(noticeKinds(table)).toEqual(expect.arrayContaining(['shortRows', 'longRows', 'blankLines']));
  expect(table.summary.notices.find(({ kind }) => kind === 'blankLines')).toMatchObject({ count: 2 });
});

test('the median is the middle of the sorted values, wherever they crowd', () => {
  const values = fc.array(
    fc.oneof(
      fc.double({ noDefaultInfinity: true }).map((value) => value + 0),
      fc.integer({ min: -3, max: 3 }),
      fc.constant(1e300),
    ),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(values, (list) => {
      const sorted = list.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
      const summary = numericSummary(Float64Array.from(list));
      expect(summary === null).toBe(sorted.length === 0);
      if (summary === null) return;
      const upper = sorted[sorted.length >> 1];
      const lower = sorted[(sorted.length - 1) >> 1];
      expect(summary.median).toBe(upper === lower ? upper : lower / 2 + upper / 2);
      expect(summary.histogram.reduce((sum, count) => sum + count, 0)).toBe(sorted.length);
    }),
    { numRuns: 500 },
  );
  const noBins: FineBins | null = null;
  expect(median(Float64Array.of(3, NaN, 1, 2), 3, noBins)).toBe(2);
});
