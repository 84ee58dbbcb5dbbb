import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averagedLogDensity, coMembership, modelWeights } from '../../../electron/engine/selection/averaging';

test('weights sum to one and fall by half the difference of BIC', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 }),
      (bics) => {
        const weights = modelWeights(bics);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        const best = bics.indexOf(Math.min(...bics));
        bics.forEach((bic, m) =>
          expect(weights[m]).toBeCloseTo(weights[best] * Math.exp((bics[best] - bic) / 2), 12),
        );
      },
    ),
  );
});

test('a model without a BIC weighs nothing', () => {
  expect([...modelWeights([NaN, 10, Infinity, 10])]).toEqual([0, 0.5, 0, 0.5]);
  expect([...modelWeights([NaN])]).toEqual([0]);
  expect([...modelWeights([])]).toEqual([]);
});

test('the averaged density is the average of densities, far below what a double can hold too', () => {
  const views = [
    { weight: 0.25, logDensity: Float64Array.of(Math.log(2), -2000, -Infinity, -Infinity) },
    { weight: 0.75, logDensity: Float64Array.of(Math.log(6), -2000 + Math.log(3), 0, -Infinity) },
    { weight: 0, logDensity: Float64Array.of(NaN, NaN, NaN, NaN) },
  ];
  const [one, two, three, four] = averagedLogDensity(views);
  expect(one).toBeCloseTo(Math.log(5), 12);
  expect(two).toBeCloseTo(-2000 + Math.log(2.5), 9);
  expect(three).toBeCloseTo(Math.log(0.75), 12);
  expect(four).toBe(-Infinity);
});

test('pairs are together by the weight of the models that put them together', () => {
  // Model one: {0, 1}, {2}; model two: all together.
  const views = [
    { weight: 0.6, components: 2, memberships: Float64Array.of(1, 0, 1, 0, 0, 1) },
    { weight: 0.4, components: 1, memberships: Float64Array.of(1, 1, 1) },
    { weight: 0, components: 1, memberships: Float64Array.of(NaN, NaN, NaN) },
  ];
  expect([...coMembership(views)]).toEqual([1, 1, 0.4, 1, 1, 0.4, 0.4, 0.4, 1]);
});

test('names of clusters mean nothing to pairs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 6 }),
      (counts) => {
        const shares = counts.map((own) =>
          own.map((value) => (value + 0.1) / (own[0] + own[1] + own[2] + 0.3)),
        );
        const view = (order: number[]) => ({
          weight: 1,
          components: 3,
          memberships: Float64Array.from(shares.flatMap((own) => order.map((j) => own[j]))),
        });
        const [one, other] = [coMembership([view([0, 1, 2])]), coMembership([view([2, 0, 1])])];
        one.forEach((value, at) => expect(value).toBeCloseTo(other[at], 12));
      },
    ),
  );
});
