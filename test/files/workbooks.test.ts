import { readFile as readAll, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as spreadsheet from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import type { ImportOptions } from '../../shared/table';
import { previewTable } from '../../electron/files/previewTable';
import { allCells, columnOf, dataFolder, expectTable, inFolder, noticeKinds, readFile } from './readBytes';

type BookType = 'xlsx' | 'xlsb' | 'ods' | 'biff8' | 'xlml' | 'fods';

const day = (text: string): Date => new Date(`${text}Z`);

function sheetOf(rows: unknown[][]): spreadsheet.WorkSheet {
  return spreadsheet.utils.aoa_to_sheet(rows, { UTC: true });
}

function bytesOf(sheets: Record<string, spreadsheet.WorkSheet>, bookType: BookType): Buffer {
  const workbook = { SheetNames: Object.keys(sheets), Sheets: sheets };
  return spreadsheet.write(workbook, { type: 'buffer', bookType, compression: true }) as Buffer;
}

/** Reads bytes whose file has a name that says nothing. */
function readWorkbookBytes(bytes: Buffer, options: ImportOptions = {}) {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'file.csv');
    await writeFile(file, bytes);
    return readFile(file, options);
  });
}

describe.each<BookType>(['xlsx', 'xlsb', 'ods', 'biff8', 'xlml', 'fods'])('a workbook as %s', (bookType) => {
  const rows = [
    ['when', 'amount', 'name', 'flag'],
    [day('2024-01-31T00:00:00'), 0.1 + 0.2, 'Größe', true],
    [day('2024-04-30T13:45:00'), -2.25, 'say "hi", twice', false],
    [day('1999-12-31T00:00:00'), 1e21, '=1+1', true],
  ];

  test('comes back with ISO dates and all digits', async () => {
    const table = expectTable(await readWorkbookBytes(bytesOf({ Sheet: sheetOf(rows) }, bookType)));
    expect(allCells(table)).toEqual([
      ['2024-01-31', '0.30000000000000004', 'Größe', 'TRUE'],
      ['2024-04-30T13:45:00', '-2.25', 'say "hi", twice', 'FALSE'],
      ['1999-12-31', '1e+21', '=1+1', 'TRUE'],
    ]);
    expect(table.summary.columns.map(({ type }) => type)).toEqual(['datetime', 'number', 'text', 'boolean']);
    expect([...table.numbers(1)]).toEqual([0.1 + 0.2, -2.25, 1e21]);
  });

  test('the chosen sheet is read, the first that is not empty otherwise', async () => {
    const first = sheetOf([['a'], [1], [2]]);
    const bytes = bytesOf({ Blank: sheetOf([]), One: first, Two: sheetOf([['b'], [3], [4]]) }, bookType);
    const usual = expectTable(await readWorkbookBytes(bytes));
    expect(usual.summary.dialect).toMatchObject({ sheet: 'One', sheets: ['Blank', 'One', 'Two'] });
    expect(usual.summary.notices).toContainEqual({ kind: 'otherSheets', sheet: 'One', others: ['Two'] });
    const chosen = expectTable(await readWorkbookBytes(bytes, { sheet: 'Two' }));
    expect(columnOf(chosen, 'b').numeric?.sum).toBe(7);
    const missing = await readWorkbookBytes(bytes, { sheet: 'Three' });
    expect(missing.ok ? null : missing.failure).toEqual({
      kind: 'unknownSheet',
      sheet: 'Three',
      sheets: ['Blank', 'One', 'Two'],
    });
  });
});

test('a formula without a stored value is missing and said', async () => {
  const sheet = sheetOf([
    ['a', 'b'],
    [1, 1],
    [2, 2],
  ]);
  sheet.B3 = { t: 'n', f: 'A3*2' };
  const workbook = bytesOf({ Sheet: sheet }, 'xlsx');
  const table = expectTable(await readWorkbookBytes(workbook));
  expect(table.slice(1, 2, 1, 2)).toEqual([['']]);
  expect(table.summary.notices).toContainEqual({ kind: 'formulasWithoutValue', count: 1, first: 'B3' });
});

test('merged cells in the table are said, and hidden rows are kept', async () => {
  const sheet = sheetOf([
    ['a', 'b'],
    [1, 'x'],
    [2, 'y'],
    [3, 'z'],
  ]);
  sheet['!merges'] = [spreadsheet.utils.decode_range('B3:B4')];
  sheet['!rows'] = [{}, { hidden: true }];
  const table = expectTable(await readWorkbookBytes(bytesOf({ Sheet: sheet }, 'xlsx')));
  expect(table.summary.rows).toBe(3);
  expect(table.summary.notices).toContainEqual({
    kind: 'mergedCells',
    count: 1,
    first: 'row 3, column 2 of the sheet',
  });
});

test('a title above the header is left out, and a chosen number of lines is obeyed', async () => {
  const rows = [['Report'], [], ['city', 'people', 'area'], ['A', 10, 1.5], ['B', 20, 2.5]];
  const bytes = bytesOf({ Sheet: sheetOf(rows) }, 'xlsx');
  const table = expectTable(await readWorkbookBytes(bytes));
  expect(table.summary.columns.map(({ name }) => name)).toEqual(['city', 'people', 'area']);
  expect(table.summary.dialect.skippedLines).toBe(2);
  const chosen = expectTable(await readWorkbookBytes(bytes, { skippedLines: 3, hasHeader: false }));
  expect(chosen.summary.rows).toBe(2);
});

test('numbers of a workbook are never asked about, whatever their digits', async () => {
  const rows = [['x', 'y'], ...Array.from({ length: 20 }, (_, row) => [1.234 + row, row])];
  const table = expectTable(await readWorkbookBytes(bytesOf({ Sheet: sheetOf(rows) }, 'xlsx')));
  expect(noticeKinds(table)).not.toContain('ambiguousNumbers');
  expect(table.numbers(0)[0]).toBe(1.234);
});

describe('a workbook that cannot be read is refused in words', () => {
  const refusal = async (bytes: Buffer): Promise<string> => {
    const result = await readWorkbookBytes(bytes);
    if (result.ok) return 'was read';
    const { failure } = result;
    return failure.kind === 'notATable' ? `notATable: ${failure.looksLike}` : failure.kind;
  };

  const container = (...streams: string[]): Buffer => {
    const found = spreadsheet.CFB.utils.cfb_new();
    for (const name of streams) spreadsheet.CFB.utils.cfb_add(found, `/${name}`, Buffer.alloc(5000, 7));
    return Buffer.from(spreadsheet.CFB.write(found, { type: 'buffer' }) as Uint8Array);
  };

  test('encrypted as Excel does it', async () => {
    expect(await refusal(container('EncryptionInfo', 'EncryptedPackage'))).toBe('encryptedWorkbook');
  });

  test('another document of Office', async () => {
    expect(await refusal(container('WordDocument'))).toBe(
      'notATable: an Office document that is no workbook',
    );
  });

  test('cut off anywhere, or with a flipped byte', async () => {
    const whole = await readAll(path.join(dataFolder, 'workbook.xlsx'));
    for (const length of [100, 1500, 4000, whole.length - 30]) {
      expect(await refusal(whole.subarray(0, length)), String(length)).toBe('damagedWorkbook');
    }
    expect(await refusal(whole.subarray(0, 10))).toBe('notATable: a ZIP archive');
    const spoiled = Buffer.from(whole);
    spoiled.fill(0xff, 300, 400);
    expect(await refusal(spoiled)).toBe('damagedWorkbook');
    const old = bytesOf({ Sheet: sheetOf([['a'], [1]]) }, 'biff8');
    expect(['damagedWorkbook', 'emptySheet']).toContain(await refusal(old.subarray(0, 600)));
  });

  test('one that lies about its size, or unpacks to far too much', async () => {
    const whole = bytesOf({ Sheet: sheetOf(Array.from({ length: 500 }, () => ['same', 'same'])) }, 'xlsx');
    const entry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
    const lying = Buffer.from(whole);
    const huge = Buffer.from(whole);
    for (let at = whole.indexOf(entry); at >= 0; at = whole.indexOf(entry, at + 4)) {
      lying.writeUInt32LE(whole.readUInt32LE(at + 24) >> 1, at + 24);
      huge.writeUInt32LE(200 * 2 ** 20, at + 24);
    }
    expect(await refusal(lying)).toBe('damagedWorkbook');
    expect(await refusal(huge)).toBe('tooLarge');
  });

  test('a Word document', async () => {
    const zip = spreadsheet.CFB.utils.cfb_new();
    spreadsheet.CFB.utils.cfb_add(zip, '/word/document.xml', Buffer.from('<w/>'));
    const bytes = Buffer.from(spreadsheet.CFB.write(zip, { type: 'buffer', fileType: 'zip' }) as Uint8Array);
    expect(await refusal(bytes)).toBe('notATable: a Word document');
  });
});

test('an empty sheet has a preview, so that another can be chosen', async () => {
  const preview = await previewTable(path.join(dataFolder, 'workbook.xlsx'), { sheet: 'Empty' });
  expect(preview.ok && preview.value).toMatchObject({ columns: [], rows: [], dialect: { sheet: 'Empty' } });
});
