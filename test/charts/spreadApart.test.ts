import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadApart } from '../../renderer/charts/spreadApart';

test('names that touch move apart about their middle, others stay', () => {
  // 10 and 12 need 14 between them: 2 + 12 more, half to each side of 11.
  expect(spreadApart([10, 12, 60], 14)).toEqual([4, 18, 60]);
});

test('places keep their order, their distance, and their mean', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (values) => {
      const wanted = values.toSorted((a, b) => a - b);
      const places = spreadApart(wanted, 14);
      places.slice(1).forEach((place, at) => expect(place - places[at]).toBeGreaterThan(14 - 1e-9));
      const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b) / of.length;
      expect(mean(places)).toBeCloseTo(mean(wanted), 6);
    }),
  );
});
