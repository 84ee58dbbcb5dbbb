import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundRange } from '../../shared/range';

test('the ends are round and every value lies strictly inside', () => {
  expect(roundRange([1.6, 5.1, 3])).toEqual({ min: 1, max: 5.5 });
  expect(roundRange([43, 96])).toEqual({ min: 40, max: 100 });
});

test('values of any size lie inside, and no end is further away than a fifth of their spread', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true }), {
        minLength: 2,
        maxLength: 20,
      }),
      (values) => {
        const low = Math.min(...values);
        const high = Math.max(...values);
        fc.pre(high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)) && high - low > 1e-300);
        const { min, max } = roundRange(values);
        expect(min).toBeLessThan(low);
        expect(max).toBeGreaterThan(high);
        expect(low - min).toBeLessThan(0.25 * (high - low));
        expect(max - high).toBeLessThan(0.25 * (high - low));
      },
    ),
  );
});

test('one value, or none, still gives an axis', () => {
  const { min, max } = roundRange([5]);
  expect(min).toBeLessThan(5);
  expect(max).toBeGreaterThan(5);
  expect(roundRange([0, 0]).max).toBeGreaterThan(0);
  expect(roundRange([])).toEqual({ min: 0, max: 1 });
  expect(roundRange([NaN, Infinity])).toEqual({ min: 0, max: 1 });
});

test('values that differ by rounding alone are as one: their ends are still apart', () => {
  const { min, max } = roundRange([-4920.440507862382, -4920.440507861221]);
  expect(min).toBeLessThan(-4921);
  expect(max).toBeGreaterThan(-4920);
});
