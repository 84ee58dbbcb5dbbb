import { readFile as readText } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeRows, type AddedColumn } from '../../electron/files/writeRows';
import type { Table } from '../../electron/files/table/table';
import { allCells, expectTable, inFolder, noticeKinds, readFile, tableOf, type Pieces } from './readBytes';

const run = { signal: new AbortController().signal, onProgress: () => undefined };

async function written<T>(
  table: Table,
  added: readonly AddedColumn[],
  use: (file: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'rows.csv');
    const result = await writeRows(table, added, file, run);
    expect(result).toMatchObject({ ok: true, value: { rows: table.summary.rows } });
    return use(file);
  });
}

const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a,b',
    'a;b',
    '"',
    '""',
    'say "hi"',
    'x\ny',
    'x\r\ny',
    'x\ry',
    '\t',
    '\u001f',
    '\u001e',
    "'",
    'NA',
    '-',
  ),
  fc.constantFrom('Größe', '日本', '\u{1f600}', '\ufeff', 'e\u0301', '\u00a0', '\u2028'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '1.5',
    '-5',
    '1,234',
    '12 %',
    '€ 3',
    '2024-01-31',
    '0x1F',
    '1e5',
    '007',
    '9007199254740993',
  ),
);

const nastyTable = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    rows: fc.array(fc.array(nastyText, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 12,
    }),
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    hasFinalLineEnd: fc.boolean(),
    encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const),
  }),
);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '');

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

test('every cell of any table comes back as it was written, whatever the dialect', async () => {
  await fc.assert(
    fc.asyncProperty(nastyTable, async ({ rows, delimiter, lineEnd, hasFinalLineEnd, encoding }) => {
      const header = rows[0]!.map((_, index) => `name ${index}`);
      const text = [header, ...rows].map((row) => row.map(quoted).join(delimiter)).join(lineEnd);
      const content = text + (hasFinalLineEnd ? lineEnd : '');
      const kept = rows.filter((row) => !isBlank(row));
      fc.pre(kept.length > 0);
      const bytes = encoding === 'utf-8' ? Buffer.from(content) : utf16(content);
      const table = await tableOf(bytes, { delimiter, hasHeader: true, skippedLines: 0 });
      // Columns at the end without any cell keep their names, so none is dropped.
      expect(allCells(table)).toEqual(kept);
    }),
    { numRuns: 150 },
  );
});

test('what is exported reads back as the same texts, types and values', async () => {
  await fc.assert(
    fc.asyncProperty(nastyTable, async ({ rows, delimiter }) => {
      const header = rows[0]!.map((_, index) => `name ${index}`);
      const content = [header, ...rows].map((row) => row.map(quoted).join(delimiter)).join('\n');
      fc.pre(rows.some((row) => !isBlank(row)));
      const before = await tableOf(content, { delimiter, hasHeader: true, skippedLines: 0 });
      await written(
        before,
        [
          { name: 'cluster', cell: (row) => String(row % 3) },
          { name: 'probability', cell: (row) => String(1 / (row + 1.5)) },
        ],
        async (file) => {
          const after = expectTable(
            await readFile(file, {
              delimiter: before.summary.dialect.decimal === ',' ? ';' : ',',
              hasHeader: true,
            }),
          );
          const width = header.length;
          const guarded = allCells(before).map((row) =>
            row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? null : cell)),
          );
          const back = after.slice(0, after.summary.rows, 0, width);
          guarded.forEach((row, index) =>
            row.forEach((cell, column) => {
              if (cell !== null) expect(back[index]![column]).toBe(cell);
            }),
          );
          before.summary.columns.forEach((column, index) => {
            if (column.numeric === null) return;
            expect([...after.numbers(index)]).toEqual([...before.numbers(index)]);
          });
          expect(after.summary.columns[width]).toMatchObject({ name: 'cluster', missing: 0 });
        },
      );
    }),
    { numRuns: 100 },
  );
});

test('the same table comes out however the bytes are cut', async () => {
  const content = [
    'id;größe;text;wert',
    '1;1,5;"a ""quoted"" cell";10 %',
    '2;2,25;"two',
    'lines";20 %',
    '3;NA;日本 \u{1f600};',
    '4;x;"never closed;7 %',
    '',
    '5;1.000,5;"CRLF\r\ninside";8 %;extra',
    '6',
    '7;8;"a "bad" quote";9 %',
  ].join('\r\n');
  const whole = await tableOf(content);
  expect(noticeKinds(whole)).toEqual(
    expect.arrayContaining(['unclosedQuote', 'malformedQuotes', 'blankLines', 'shortRows', 'longRows']),
  );
  for (const encode of [(text: string) => Buffer.from(text), utf16]) {
    for (const pieceBytes of [1, 2, 3, 5, 7, 16, 61, 1000, 65_536]) {
      for (const blockLength of [1, 3, 17, 65_536]) {
        const pieces: Pieces = { pieceBytes, blockLength };
        const table = await tableOf(encode(content), {}, pieces);
        expect(allCells(table), JSON.stringify(pieces)).toEqual(allCells(whole));
        const { columns, notices } = table.summary;
        expect({ columns, notices }).toEqual({
          columns: whole.summary.columns,
          notices: whole.summary.notices,
        });
      }
    }
  }
});

test('any part of a table is the same part of all its cells', async () => {
  const rows = Array.from(
    { length: 5000 },
    (_, row) => `${row},"cell ${row}",${row % 7 === 0 ? '' : row * 0.5}`,
  );
  const table = await tableOf(['a,b,c', ...rows].join('\n'), {}, { blockLength: 999 });
  const cells = allCells(table);
  const place = fc.record({ row: fc.nat(5200), rows: fc.nat(300), column: fc.nat(4), columns: fc.nat(4) });
  fc.assert(
    fc.property(place, ({ row, rows: height, column, columns }) => {
      const expected = cells.slice(row, row + height).map((cell) => cell.slice(column, column + columns));
      expect(table.slice(row, row + height, column, column + columns)).toEqual(expected);
    }),
  );
});

test('an export of ASCII has no byte order mark, any other has one', async () => {
  const table = await tableOf('a,b\n1,x\n2,y\n');
  const plain = await written(table, [{ name: 'cluster', cell: () => '1' }], (file) =>
    readText(file, 'utf8'),
  );
  expect(plain).toBe('a,b,cluster\r\n1,x,1\r\n2,y,1\r\n');
  const named = await written(table, [{ name: 'cluster', cell: () => 'Größe' }], (file) =>
    readText(file, 'utf8'),
  );
  expect(named.startsWith('\ufeffa,b,cluster\r\n1,x,Größe')).toBe(true);
});

test('added columns never take a name the table has', async () => {
  const table = await tableOf('cluster,cluster_2\n1,5\n2,6\n');
  const text = await written(
    table,
    [
      { name: 'cluster', cell: () => 'A' },
      { name: 'cluster', cell: () => 'B' },
    ],
    (file) => readText(file, 'utf8'),
  );
  expect(text.split('\r\n')[0]).toBe('cluster,cluster_2,cluster_3,cluster_4');
});

test('a table with decimal commas is exported with semicolons and decimal commas', async () => {
  const table = await tableOf('a;b\n1,5;x\n2,25;y\n');
  const text = await written(table, [{ name: 'p', cell: (row) => String(0.5 + row) }], (file) =>
    readText(file, 'utf8'),
  );
  expect(text).toBe('a;b;p\r\n1,5;x;0,5\r\n2,25;y;1,5\r\n');
});
