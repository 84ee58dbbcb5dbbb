import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellShape } from '../../electron/files/columns/cellShape';
import { countDistinct, numericSummary } from '../../electron/files/columns/numericSummary';
import { numbersOf, tableOf } from './readBytes';

const values = (text: string): [number, number] | string => {
  const shape = cellShape(text);
  return shape.kind === 'number' ? [shape.withPoint, shape.withComma] : shape.kind;
};

describe('what a text can mean as a number, with decimal point and with decimal comma', () => {
  test.each<[string, number, number]>([
    ['5', 5, 5],
    [' 5 ', 5, 5],
    ['-5', -5, -5],
    ['\u22125', -5, -5],
    ['\u20135', -5, -5],
    ['+3.2', 3.2, NaN],
    ['-1,5', NaN, -1.5],
    ['.5', 0.5, NaN],
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['0.123', 0.123, NaN],
    ['0,123', NaN, 0.123],
    ['1,234,567', 1234567, NaN],
    ['1.234.567', NaN, 1234567],
    ['1,234.5', 1234.5, NaN],
    ['1.234,5', NaN, 1234.5],
    ['1 234', 1234, 1234],
    ['1\u00a0234,5', NaN, 1234.5],
    ['1\u2009234.5', 1234.5, NaN],
    ['1\u202f234', 1234, 1234],
    ["1'234'567", 1234567, 1234567],
    ['1\u2019234.5', 1234.5, NaN],
    ['12,34,567', 1234567, NaN],
    ['(1,234.00)', -1234, NaN],
    ['12 %', 12, 12],
    ['$1,234.50', 1234.5, NaN],
    ['-\u20ac5', -5, -5],
    ['3,50 \u20ac', NaN, 3.5],
    ['CHF 20', 20, 20],
    ['1.5E-10', 1.5e-10, NaN],
    ['-1e3', -1000, -1000],
  ])('%s', (text, withPoint, withComma) => {
    expect(values(text)).toEqual([withPoint, withComma]);
  });

  test.each([
    '0x1F',
    '1_000',
    '12.3.4',
    '1,23,4',
    '1 2',
    '7 kg',
    '--5',
    '5-',
    '-2+3',
    'e5',
    '1e',
    '$',
    '%',
    '(5',
    '-(5)',
    '1,2,3',
  ])('%s is text', (text) => {
    expect(values(text)).toBe('text');
  });

  test.each(['inf', '-Infinity', '1e400', '-1e400'])('%s is not finite', (text) => {
    expect(values(text)).toBe('notFinite');
  });

  test.each(['2024-01-31', '31.01.2024', '31/01/2024', '01/31/24', '2024-01-31T13:45:00Z', '2020-02-29'])(
    '%s is a date',
    (text) => {
      expect(values(text)).toBe('date');
    },
  );

  test.each(['2023-02-29', '32/01/2024', '2024-13-01', '31.02.2024', '2024-01-31x'])(
    '%s is no date',
    (text) => {
      expect(values(text)).toBe('text');
    },
  );
});

test('every number JavaScript writes is read as exactly that number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }),
      async (numbers) => {
        const table = await tableOf(`x,y\n${numbers.map((value) => `${value},1`).join('\n')}\n`, {
          decimal: '.',
          hasHeader: true,
          columns: [{ index: 0, type: 'number' }],
        });
        expect(numbersOf(table, 'x')).toEqual(numbers.map((value) => value + 0));
      },
    ),
    { numRuns: 100 },
  );
});

test('decimals of any length are rounded as JavaScript rounds them, with either mark', async () => {
  const digits = fc.stringMatching(/^\d{1,12}$/).map((text) => String(BigInt(text)));
  const fraction = fc.stringMatching(/^\d{1,20}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(digits, fraction), { minLength: 1, maxLength: 40 }), async (parts) => {
      const expected = parts.map(([whole, rest]) => Number(`${whole}.${rest}`));
      for (const decimal of ['.', ','] as const) {
        const lines = parts.map(([whole, rest]) => `${whole}${decimal}${rest};1`);
        const table = await tableOf(`x;y\n${lines.join('\n')}\n`, {
          delimiter: ';',
          decimal,
          hasHeader: true,
        });
        expect(numbersOf(table, 'x')).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});

test('statistics agree with their definitions on any values', () => {
  const number = fc.oneof(
    fc.integer({ min: -50, max: 50 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constant(NaN),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (drawn) => {
      const list = drawn.map((value) => value + 0); // no negative zeros: the import makes none
      const kept = list.filter((value) => !Number.isNaN(value));
      const found = numericSummary(Float64Array.from(list));
      if (kept.length === 0) {
        expect(found).toBeNull();
        return;
      }
      const sorted = [...kept].sort((a, b) => a - b);
      const n = kept.length;
      const mean = kept.reduce((sum, value) => sum + value, 0) / n;
      const squares = kept.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const scale = 1e-9 * (1 + Math.abs(sorted[0]!) + Math.abs(sorted[n - 1]!));
      expect(found).toMatchObject({ first: kept[0], min: sorted[0], max: sorted[n - 1] });
      expect(Math.abs(found!.mean - mean)).toBeLessThanOrEqual(scale);
      expect(Math.abs(found!.sd - (n > 1 ? Math.sqrt(squares / (n - 1)) : 0))).toBeLessThanOrEqual(scale);
      const median = n % 2 === 1 ? sorted[n >> 1]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
      expect(Math.abs(found!.median - median)).toBeLessThanOrEqual(scale);
      expect(found!.histogram.reduce((sum, count) => sum + count, 0)).toBe(n);
      expect(countDistinct(Float64Array.from(list))).toEqual({
        distinct: new Set(kept).size,
        isLowerBound: false,
      });
    }),
  );
});

test('a million values with a huge offset keep their spread', () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, row) => 1e9 + (row % 4));
  const found = numericSummary(values)!;
  expect(found.mean).toBe(1e9 + 1.5);
  expect(Math.abs(found.sd - Math.sqrt((1.25 * 1e6) / (1e6 - 1)))).toBeLessThan(1e-12);
});

test('values at the end of the range give finite statistics', () => {
  const found = numericSummary(Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE))!;
  for (const value of [found.sum, found.mean, found.sd, found.median])
    expect(Number.isFinite(value)).toBe(true);
});

test('the median of nearly ordered values takes no quadratic time', () => {
  const values = Float64Array.from({ length: 400_000 }, (_, row) => (row === 399_999 ? 5 : row));
  expect(numericSummary(values)!.median).toBe(199_998.5);
});
