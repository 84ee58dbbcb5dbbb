import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPolicy, type PosteriorPolicy } from '../../electron/engine/posteriorPolicy';

/** Log joint densities of one row, of any size a double can hold; one at least is not impossible. */
const row = fc
  .array(fc.oneof(fc.double({ min: -1e5, max: 1e3, noNaN: true }), fc.constant(-Infinity)), {
    minLength: 2,
    maxLength: 5,
  })
  .filter((values) => values.some(Number.isFinite));

const apply = (policy: PosteriorPolicy, values: readonly number[], weight: number | null = null) => {
  const joint = Float64Array.from(values);
  const sums = applyPolicy(
    policy,
    joint,
    1,
    values.length,
    weight === null ? null : Float64Array.of(weight),
    0,
  );
  return { joint, sums };
};

const stream = { seed: 1, restart: 0, iteration: 0 };
const policies: PosteriorPolicy[] = [
  { kind: 'soft' },
  { kind: 'hard' },
  { kind: 'tempered', inverseTemperature: 0.3 },
  { kind: 'tempered', inverseTemperature: 1 },
  { kind: 'sampled', draws: 3, stream },
];

describe.each(policies)('$kind memberships', (policy) => {
  test('are shares of one, and their bound is at most the log density', () => {
    fc.assert(
      fc.property(row, (values) => {
        const { joint, sums } = apply(policy, values);
        expect(joint.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(Math.abs(joint.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-12);
        const rounding = 1e-12 * (1 + Math.abs(sums.logLikelihood));
        expect(sums.logLikelihood - sums.bound).toBeGreaterThan(-rounding);
        const sharp = Math.max(...values.map((value, j) => (joint[j] > 0 ? 0 : value)));
        expect(Number.isNaN(sharp)).toBe(false);
      }),
      { numRuns: 300, seed: 20261121 },
    );
  });

  test('and all sums are scaled by the weight of the row; without weight they are nothing', () => {
    const plain = apply(policy, [-1, -2, -3]);
    const double = apply(policy, [-1, -2, -3], 2);
    plain.joint.forEach((share, j) => expect(double.joint[j]).toBeCloseTo(2 * share, 14));
    expect(double.sums.objective).toBeCloseTo(2 * plain.sums.objective, 13);
    expect(apply(policy, [-1, -2, -3], 0).sums).toEqual({ logLikelihood: 0, bound: 0, objective: 0 });
  });

  test('leave nothing to a component that is impossible', () => {
    expect(apply(policy, [-Infinity, -7]).joint).toEqual(Float64Array.of(0, 1));
  });
});

test('tempered: worked by hand', () => {
  // p = 0.5 and 0.125; b = 1/2: sqrt p = 0.7071 and 0.3536, two to one; F = -2 log(1.0607).
  const { joint, sums } = apply({ kind: 'tempered', inverseTemperature: 0.5 }, [
    Math.log(0.5),
    Math.log(0.125),
  ]);
  expect(joint[0]).toBeCloseTo(2 / 3, 14);
  expect(sums.objective).toBeCloseTo(2 * Math.log(Math.SQRT1_2 * 1.5), 14);
  expect(sums.logLikelihood).toBeCloseTo(Math.log(0.625), 14);
  // The bound of q = (2/3, 1/3): sum q (log p - log q).
  const bound = (2 / 3) * Math.log(0.5 / (2 / 3)) + (1 / 3) * Math.log(0.125 / (1 / 3));
  expect(sums.bound).toBeCloseTo(bound, 14);
});

test('hard: ties go to the lowest index, and the objective is the classification likelihood', () => {
  const { joint, sums } = apply({ kind: 'hard' }, [-5, -3, -3]);
  expect(joint).toEqual(Float64Array.of(0, 1, 0));
  expect(sums.objective).toBe(-3);
  expect(sums.bound).toBe(-3);
});

describe('sampled', () => {
  const rows = 20_000;
  const drawn = (draws: number, iteration = 0, from = 0) => {
    const joint = new Float64Array(2 * rows).fill(Math.log(0.3));
    for (let i = 0; i < rows; i++) joint[2 * i + 1] = Math.log(0.1);
    applyPolicy({ kind: 'sampled', draws, stream: { ...stream, iteration } }, joint, rows, 2, null, from);
    return joint;
  };

  test('draws each component as often as it is probable', () => {
    for (const draws of [1, 4]) {
      let first = 0;
      const joint = drawn(draws);
      for (let i = 0; i < rows; i++) first += joint[2 * i] / rows;
      // Three quarters; the standard error is sqrt(3/16 / 20,000) = 0.003 for one draw.
      expect(Math.abs(first - 0.75)).toBeLessThan(0.013);
    }
  });

  test('by a stream of its own for every iteration and block of rows, and the same one again', () => {
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1, 1)).not.toEqual(drawn(1));
    expect(drawn(1, 0, 512)).not.toEqual(drawn(1));
  });

  test('gives shares in whole numbers of draws', () => {
    for (const share of drawn(4).subarray(0, 400)) expect(4 * share).toBeCloseTo(Math.round(4 * share), 12);
  });
});
