import { expect, test } from 'vitest';
import { quotedCell, safeCell } from '../../electron/files/safeCell';

test.each([
  "=cmd|'/C calc'!A0",
  '=1+1',
  '@SUM(1)',
  '+1+cmd|x',
  '-2+3',
  '\t=1',
  '\r=1',
  '=',
  '+',
  '-x',
  '-0x1F',
])('%j is not run as a formula', (text) => {
  expect(safeCell(text)).toBe(`'${text}`);
});

test.each([
  '-5',
  '+3.2',
  '-1,5',
  '-1e3',
  '-12 %',
  '-€5',
  '-$1,234.50',
  '+5%',
  '-.5',
  '-1 234,5',
  '-1.234.567',
  '-inf',
])('the number %j stays as it is', (text) => {
  expect(safeCell(text)).toBe(text);
});

test.each(['', '-', '--', 'a=b', '1-2', '(5)', '2024-01-31', "'quoted"])('%j needs no guard', (text) => {
  expect(safeCell(text)).toBe(text);
});

test('a cell is quoted only where it must be', () => {
  expect(quotedCell('a b', ',')).toBe('a b');
  expect(quotedCell('a;b', ',')).toBe('a;b');
  expect(quotedCell('a;b', ';')).toBe('"a;b"');
  expect(quotedCell('say "hi"', ',')).toBe('"say ""hi"""');
  expect(quotedCell('x\ny', ',')).toBe('"x\ny"');
  expect(quotedCell(' x', ',')).toBe('" x"');
});
