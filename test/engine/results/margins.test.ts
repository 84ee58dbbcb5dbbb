import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceMargins, posteriorMargins, smallestPlaces } from '../../../electron/engine/results/margins';

test('the second-best cluster is the most probable of the others', () => {
  const memberships = Float64Array.of(0.1, 0.6, 0.3, 0.5, 0.05, 0.45, 1 / 3, 1 / 3, 1 / 3);
  const { second, margin } = posteriorMargins(memberships, Int32Array.of(1, 0, 0), 3);
  expect([...second]).toEqual([2, 2, 1]);
  expect([...margin].map((own) => Number(own.toFixed(12)))).toEqual([0.3, 0.05, 0]);
});

test('a row in the middle between two centres has margin 0, one on its centre margin 1', () => {
  const rows = { x: Float64Array.of(0, 1, 0.5, NaN), n: 4, d: 1 };
  const { second, margin } = distanceMargins(rows, Float64Array.of(0, 1), Int32Array.of(0, 1, 0, 0), 2);
  expect([...second]).toEqual([1, 0, 1, 1]);
  expect([...margin]).toEqual([1, 1, 0, 0]);
});

test('the smallest places are those of a full stable sort, cut short', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 20 }), (values, most) => {
      const isWanted = (place: number): boolean => place % 3 !== 0;
      const expected = values
        .map((value, place) => ({ value, place }))
        .filter(({ place }) => isWanted(place))
        .sort((a, b) => a.value - b.value)
        .slice(0, most)
        .map(({ place }) => place);
      expect([...smallestPlaces(Float64Array.from(values), most, isWanted)]).toEqual(expected);
    }),
  );
});
