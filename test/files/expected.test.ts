import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isQuestion } from '../../shared/importNotice';
import type { ColumnSummary } from '../../shared/table';
import { previewTable } from '../../electron/files/previewTable';
import { allCells, columnOf, dataFolder, expectTable, noticeKinds, readFile } from './readBytes';

/** The part of expected.json that is compared. `type` may name several, as in "date-or-datetime". */
interface ExpectedColumn {
  name: string;
  type: string;
  missing: number | null;
  missing_accept?: number[];
  sum?: number;
  min?: number;
  max?: number;
  first?: number | string | null;
  first_text?: string;
  original_name?: string;
}
interface ExpectedFile {
  file: string;
  dialect: {
    delimiter?: string | null;
    decimal?: string;
    encoding?: string;
    header?: boolean;
    preamble_lines?: number;
  };
  rows: number | null;
  columns: ExpectedColumn[] | null;
  rows_accept?: number[];
  n_columns_expected?: number;
  column_checks?: { index: number; name: string; sum: number }[];
  total_sum?: number;
  sheets?: { sheet: string; rows: number; columns: ExpectedColumn[] }[];
}
const { files } = JSON.parse(readFileSync(path.join(dataFolder, 'expected.json'), 'utf8')) as {
  files: ExpectedFile[];
};

/** Files that are refused, by the failure that says so. */
const refused: Record<string, string> = {
  'header-only.csv': 'noDataRows',
  'empty-file.csv': 'emptyFile',
  'only-newlines.csv': 'emptyFile',
  'binary-not-csv.csv': 'notATable',
  'truncated.xlsx': 'damagedWorkbook',
};

function compareColumn(found: ColumnSummary, expected: ExpectedColumn, isWorkbook: boolean): void {
  const types = expected.type
    .split('-or-')
    .flatMap((type) => (type === 'text' ? ['text', 'category'] : [type]));
  // A workbook column that holds a single 0 is a whole number, whatever the format says.
  if (isWorkbook) types.push(...(types.includes('number') ? ['integer'] : []));
  expect(types, `${expected.name}: type`).toContain(found.type);
  const missing = expected.missing === null ? expected.missing_accept : [expected.missing];
  if (missing) expect(missing, `${expected.name}: missing`).toContain(found.missing);
  expect(found.name, 'name').toBe(expected.name);
  expect(found.originalName, 'original name').toBe(expected.original_name ?? found.originalName);
  for (const key of ['sum', 'min', 'max', 'first'] as const) {
    const value = expected[key];
    // A null `first` means that the first cell is missing; ours is the first value.
    if (typeof value !== 'number' || found.numeric === null) continue;
    expect(Math.abs(found.numeric[key] - value), `${expected.name}: ${key}`).toBeLessThanOrEqual(
      1e-12 * Math.abs(value),
    );
  }
  if (expected.sum !== undefined) expect(found.numeric, `${expected.name}: has values`).not.toBeNull();
}

describe.each(files.filter(({ sheets }) => !sheets))('$file', (expected) => {
  const file = path.join(dataFolder, expected.file);

  test('is read, or refused in words, as expected.json says', async () => {
    const result = await readFile(file);
    const failure = refused[expected.file];
    if (failure !== undefined) {
      expect(result.ok ? 'was read' : result.failure.kind).toBe(failure);
      return;
    }
    const table = expectTable(result);
    const { summary } = table;
    const { dialect } = expected;
    expect(summary.dialect.delimiter).toBe(dialect.delimiter === '\\t' ? '\t' : (dialect.delimiter ?? null));
    expect(summary.dialect.decimal).toBe(dialect.decimal);
    expect(summary.dialect.encoding).toBe(dialect.encoding?.replace('latin-1', 'iso-8859-1'));
    expect(summary.dialect.hasHeader).toBe(dialect.header);
    expect(summary.dialect.skippedLines).toBe(dialect.preamble_lines ?? 0);
    if (expected.rows !== null) expect(summary.rows).toBe(expected.rows);
    else if (expected.rows_accept) expect(expected.rows_accept).toContain(summary.rows);
    expected.columns?.forEach((column, index) => compareColumn(summary.columns[index]!, column, false));
    // The extra cell of a ragged row is kept in a column of its own.
    const extra = expected.file === 'ragged.csv' ? 1 : 0;
    if (expected.columns) expect(summary.columns).toHaveLength(expected.columns.length + extra);
    if (expected.n_columns_expected) expect(summary.columns).toHaveLength(expected.n_columns_expected);
    for (const check of expected.column_checks ?? []) {
      expect(summary.columns[check.index]).toMatchObject({ name: check.name, numeric: { sum: check.sum } });
    }
    if (expected.total_sum !== undefined) {
      const total = summary.columns.reduce((sum, column) => sum + (column.numeric?.sum ?? 0), 0);
      expect(total).toBe(expected.total_sum);
    }
  });

  test('has a preview that agrees with the table', async () => {
    const preview = await previewTable(file, {});
    const result = await readFile(file);
    if (!preview.ok) {
      expect(result.ok ? null : result.failure).toEqual(preview.failure);
      return;
    }
    if (!result.ok) {
      expect(preview.value.rows).toEqual([]);
      return;
    }
    const { rows } = preview.value;
    const width = Math.min(200, result.value.summary.columns.length);
    const cells = result.value
      .slice(0, rows.length, 0, width)
      .map((row) => row.map((cell) => cell.slice(0, 300)));
    expect(rows).toEqual(cells);
    expect(preview.value.columns.map(({ name }) => name)).toEqual(
      result.value.summary.columns.map(({ name }) => name),
    );
  });
});

describe.each(files.filter(({ sheets }) => sheets))('$file', ({ file, sheets = [] }) => {
  test.each(sheets)('sheet $sheet is read as expected.json says', async ({ sheet, rows, columns }) => {
    const result = await readFile(path.join(dataFolder, file), { sheet });
    if (rows === 0) {
      expect(result.ok ? null : result.failure.kind).toBe('emptySheet');
      return;
    }
    const table = expectTable(result);
    expect(table.summary.rows).toBe(rows);
    expect(table.summary.columns).toHaveLength(columns.length);
    columns.forEach((column, index) => compareColumn(table.summary.columns[index]!, column, true));
  });

  test('the active sheet is read when none is asked for, and the others are named', async () => {
    const table = expectTable(await readFile(path.join(dataFolder, file)));
    expect(table.summary.dialect).toMatchObject({ format: 'workbook', sheet: 'Sales' });
    expect(table.summary.dialect.sheets).toEqual(['Sales', 'Merged', 'Errors', 'Empty', 'Hidden', 'Offset']);
    expect(table.summary.notices).toContainEqual({ kind: 'hiddenSheets', sheets: ['Hidden'] });
    expect(allCells(table)).toEqual([
      ['2024-01-31', 'A', '10', '1.5', '15', '0.2222222222222222'],
      ['2024-02-29', 'B', '20', '1.75', '35', '0.4444444444444444'],
      ['2024-03-31', 'Ünï', '', '2', '0', ''],
      ['2024-04-30T13:45:00', 'A', '15', '2.25', '33.75', '0.3333333333333333'],
    ]);
  });
});

describe('what the user is told', () => {
  const told = async (file: string) => {
    const table = expectTable(await readFile(path.join(dataFolder, file)));
    return table.summary.notices;
  };

  test.each([
    ['unbalanced-quote.csv', { kind: 'unclosedQuote', line: 2, count: 1 }],
    ['ragged.csv', { kind: 'shortRows', count: 2, firstRow: 1 }],
    ['ragged.csv', { kind: 'longRows', count: 1, firstRow: 3, extraColumns: 1 }],
    ['trailing-delimiter.csv', { kind: 'emptyColumnsDropped', count: 1 }],
    ['duplicate-empty-headers.csv', { kind: 'namelessColumns', columns: [2, 4] }],
    ['duplicate-empty-headers.csv', { kind: 'repeatedNames', columns: [1] }],
    ['all-missing-column.csv', { kind: 'emptyColumns', columns: [1, 2] }],
    ['constant-column.csv', { kind: 'constantColumns', columns: [1] }],
    ['not-quite-numbers.csv', { kind: 'notFinite', column: 0, count: 2, firstRow: 0, text: '1e400' }],
    ['not-quite-numbers.csv', { kind: 'notFinite', column: 2, count: 2, firstRow: 0, text: 'Infinity' }],
    ['huge-integers.csv', { kind: 'hugeIntegers', column: 0, text: '9007199254740993' }],
    ['huge-integers.csv', { kind: 'leadingZeros', columns: [1, 2] }],
    ['sentinel-999.csv', { kind: 'possibleMissingCode', column: 0, text: '-999', count: 1 }],
    ['namibia.csv', { kind: 'missingOrCode', column: 1, text: 'NA', count: 1 }],
    ['one-row.csv', { kind: 'singleRow' }],
    ['nul-bytes.csv', { kind: 'nulCharacters', count: 1 }],
    ['preamble.csv', { kind: 'skippedLines', lines: 3, firstText: 'Report: monthly sales' }],
    ['no-header.csv', { kind: 'noHeader' }],
  ])('%s: %o', async (file, notice) => {
    expect(await told(file)).toContainEqual(notice);
  });

  test('cells that are not numbers are named with their rows', async () => {
    const table = expectTable(await readFile(path.join(dataFolder, 'mixed-types.csv')));
    const examples = [
      { row: 1, text: 'abc' },
      { row: 4, text: '7 kg' },
    ];
    expect(columnOf(table, 'score')).toMatchObject({
      type: 'mixed',
      missing: 1,
      unreadable: { count: 2, examples },
    });
    expect(table.summary.notices).toContainEqual({
      kind: 'unreadableCells',
      column: 1,
      type: 'number',
      count: 2,
      examples,
    });
  });

  test('an ordinary file is told nothing and asked nothing', async () => {
    for (const file of [
      'utf8-bom.csv',
      'tabs.tsv',
      'semicolon-decimal-comma.csv',
      'thousands.csv',
      'dates.csv',
    ]) {
      expect(await told(file), file).toEqual([]);
    }
  });

  test('only guesses are questions', async () => {
    const table = expectTable(await readFile(path.join(dataFolder, 'sentinel-999.csv')));
    expect(table.summary.notices.map(isQuestion)).toEqual([true, true]);
    const ragged = expectTable(await readFile(path.join(dataFolder, 'ragged.csv')));
    expect(ragged.summary.notices.some(isQuestion)).toBe(false);
    expect(noticeKinds(ragged).length).toBeGreaterThan(0);
  });
});

test('the digits of huge integers and leading zeros survive as text', async () => {
  const table = expectTable(await readFile(path.join(dataFolder, 'huge-integers.csv')));
  expect(table.slice(0, 2, 0, 3)).toEqual([
    ['9007199254740993', '01234', '+4915112345678'],
    ['123456789012345678', '00501', '004930123456'],
  ]);
  expect(columnOf(table, 'id').suggestedRole).toBe('identifier');
});

test('headers that break plain objects are ordinary names', async () => {
  const table = expectTable(await readFile(path.join(dataFolder, 'hostile-headers.csv')));
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '<b>x</b>'];
  expect(table.summary.columns.map(({ name }) => name)).toEqual(names);
});

test('a long cell comes back whole', async () => {
  const table = expectTable(await readFile(path.join(dataFolder, 'long-cell.csv')));
  expect(table.slice(0, 1, 1, 2)[0]![0]!.length).toBe(260_000);
});
