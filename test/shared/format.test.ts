import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatNumber,
  formatObjective,
  formatProbability,
  formatShare,
} from '../../shared/format';

test('the log-likelihood of the faithful example can be searched for as it is printed in books', () => {
  expect(formatObjective(-1130.2639601)).toBe('-1130.264');
  expect(formatObjective(0.00123456789)).toBe('0.00123457');
  expect(formatObjective(0)).toBe('0');
});

test('counts have commas between thousands and nouns agree with them', () => {
  expect(formatCount(1_000_000)).toBe('1,000,000');
  expect(formatCounted(1, 'row')).toBe('1 row');
  expect(formatCounted(272, 'row')).toBe('272 rows');
  expect(formatCounted(0, 'row')).toBe('0 rows');
});

test.each([
  [3.48778, '3.488'],
  [70.897, '70.9'],
  [1240.4, '1240'],
  [1234567.8, '1234568'],
  [0.0001234, '0.0001234'],
  [-0.5, '-0.5'],
  [1.23e-9, '1.23e-9'],
  [2.5e13, '2.5e13'],
  [0, '0'],
  [-0, '0'],
  [NaN, ''],
  [Infinity, 'infinite'],
])('%d is written %s to four significant digits', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('a formatted number reads back to within its digits', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
      fc.integer({ min: 2, max: 12 }),
      (value, digits) => {
        const back = Number(formatNumber(value, digits));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 10 ** (1 - digits) * 0.5000001);
      },
    ),
  );
});

test('a probability is never rounded to certainty', () => {
  expect(formatProbability(0.99999)).toBe('> 0.999');
  expect(formatProbability(0.00001)).toBe('< 0.001');
  expect(formatProbability(1)).toBe('1');
  expect(formatProbability(0.5)).toBe('0.500');
  expect(formatProbability(NaN)).toBe('');
});

test('shares keep one decimal and small ones are not called nothing', () => {
  expect(formatShare(0.3609)).toBe('36.1 %');
  expect(formatShare(1)).toBe('100 %');
  expect(formatShare(0)).toBe('0 %');
  expect(formatShare(0.0001)).toBe('< 0.1 %');
});

test.each([
  [0.4, '0 ms'],
  [8, '8 ms'],
  [1234, '1.2 s'],
  [12_345, '12 s'],
  [59_700, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_840_000, '1 h 04 min'],
])('%d ms is written %s', (elapsedMs, text) => {
  expect(formatDuration(elapsedMs)).toBe(text);
});

test.each([
  [812, '812 B'],
  [9123, '9.1 kB'],
  [44_900_000, '44.9 MB'],
  [999_700, '1 MB'],
  [123_400_000_000, '123 GB'],
])('%d bytes are written %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text);
});
