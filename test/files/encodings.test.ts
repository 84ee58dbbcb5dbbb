import { expect, test } from 'vitest';
import { allCells, failureOf, noticeKinds, previewBytes, tableOf } from './readBytes';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test('UTF-16 is recognised without a byte order mark, in both byte orders', async () => {
  const text = 'name,value\nMünchen,1.5\nKöln,2.5\n';
  for (const [encoding, bytes] of [
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', big(text)],
  ] as const) {
    const table = await tableOf(bytes);
    expect(table.summary.dialect).toMatchObject({ encoding, hasByteOrderMark: false });
    expect(allCells(table)).toEqual([
      ['München', '1.5'],
      ['Köln', '2.5'],
    ]);
  }
});

test('a byte order mark of UTF-16 decides and is not part of the first name', async () => {
  const table = await tableOf(big('\ufeffname,value\nx,1\n'));
  expect(table.summary.dialect).toMatchObject({ encoding: 'utf-16be', hasByteOrderMark: true });
  expect(table.summary.columns[0]!.name).toBe('name');
});

test('bytes far behind the first rows decide the encoding', async () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => `row ${row},${row}`).join('\n');
  const bytes = Buffer.concat([Buffer.from(`name,value\n${rows}\n`), latin('München,1\n')]);
  const table = await tableOf(bytes);
  expect(table.summary.dialect.encoding).toBe('iso-8859-1');
  expect(table.slice(30_000, 30_001, 0, 2)).toEqual([['München', '1']]);
  expect(noticeKinds(table)).toContain('encodingGuessed');
});

test('a damaged character does not turn UTF-8 into something else', async () => {
  const rows = Array.from({ length: 50 }, () => 'Größe Übung,1').join('\n');
  const table = await tableOf(
    Buffer.concat([Buffer.from(`name,value\n${rows}\nK`), latin('ö'), Buffer.from('ln,2\n')]),
  );
  expect(table.summary.dialect.encoding).toBe('utf-8');
  expect(table.summary.notices).toContainEqual({ kind: 'damagedCharacters', count: 1 });
});

test('Windows-1252 is read by its own table', async () => {
  const table = await tableOf(latin('a;b\n\x80 5;\x93x\x94\n\x80 6;\x96y\n'));
  expect(table.summary.dialect.encoding).toBe('windows-1252');
  expect(allCells(table)).toEqual([
    ['€ 5', '“x”'],
    ['€ 6', '–y'],
  ]);
});

test('a chosen encoding is obeyed', async () => {
  const table = await tableOf(Buffer.from('ä,b\n1,2\n'), { encoding: 'iso-8859-1' });
  expect(table.summary.columns[0]!.originalName).toBe('Ã¤');
});

test('what is not text is refused by what it looks like', async () => {
  const refusal = async (start: string): Promise<unknown> => {
    const failure = await failureOf(latin(start.padEnd(2000, '\x01\x02\x03abc')));
    return failure.kind === 'notATable' ? failure.looksLike : failure.kind;
  };
  expect(await refusal('%PDF-1.7')).toBe('a PDF document');
  expect(await refusal('\x89PNG\r\n\x1a\n')).toBe('a PNG picture');
  expect(await refusal('<!DOCTYPE html><table>')).toBe('a web page');
  expect(await refusal('')).toBe(null);
  expect(await refusal('PK\x03\x04'.padEnd(26, '\0') + '\x05\0\0\0a.txt')).toBe('a ZIP archive');
});

test('separators of records and units are text, however many', async () => {
  const table = await tableOf('a,b\n' + '\x1e,\x1f\n'.repeat(50), { delimiter: ',' });
  expect(table.summary.rows).toBe(50);
});

test('a preview sees the same dialect as the table', async () => {
  const preview = await previewBytes(latin('größe;b\n1,5;2\n'));
  expect(preview.ok && preview.value.dialect).toMatchObject({
    encoding: 'iso-8859-1',
    delimiter: ';',
    decimal: ',',
  });
  expect(preview.ok && preview.value.isComplete).toBe(true);
});
