import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../electron/engine/numeric/random';
import {
  adjustedRandIndex,
  contingency,
  informationAgreement,
  normalisedMutualInformation,
  pairAgreement,
} from '../../../electron/engine/selection/agreement';

/** Two labellings of the same rows. */
const labellings = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((rows) => ({ a: Int32Array.from(rows, ([own]) => own), b: Int32Array.from(rows, ([, own]) => own) }));

const all = (a: Int32Array, b: Int32Array): Record<string, number> => {
  const table = contingency(a, b);
  return {
    ...pairAgreement(table),
    ...informationAgreement(table),
    nmi: normalisedMutualInformation(a, b),
    geometric: normalisedMutualInformation(a, b, 'geometric'),
    max: normalisedMutualInformation(a, b, 'max'),
  };
};

test('the adjusted Rand index counts pairs of rows', () => {
  fc.assert(
    fc.property(labellings, ({ a, b }) => {
      let [both, first, second, pairs] = [0, 0, 0, 0];
      for (let i = 0; i < a.length; i++)
        for (let j = 0; j < i; j++) {
          pairs++;
          if (a[i] === a[j]) first++;
          if (b[i] === b[j]) second++;
          if (a[i] === a[j] && b[i] === b[j]) both++;
        }
      const expected = (first * second) / pairs;
      const isSame = both === first && both === second;
      const value = isSame ? 1 : (both - expected) / ((first + second) / 2 - expected);
      expect(adjustedRandIndex(a, b)).toBeCloseTo(value, 12);
    }),
  );
});

test('names mean nothing, and every measure is a number', () => {
  fc.assert(
    fc.property(labellings, ({ a, b }) => {
      const before = all(a, b);
      const after = all(
        a.map((label) => 100 - label),
        b.map((label) => (label * 7) % 11),
      );
      for (const [measure, value] of Object.entries(before)) {
        expect(value, measure).not.toBeNaN();
        expect(after[measure], measure).toBeCloseTo(value, 9);
      }
    }),
  );
});

test('which labelling comes first only exchanges homogeneity and completeness', () => {
  fc.assert(
    fc.property(labellings, ({ a, b }) => {
      const [one, other] = [all(a, b), all(b, a)];
      for (const measure of ['adjustedRand', 'rand', 'fowlkesMallows', 'adjusted', 'nmi', 'geometric', 'max'])
        expect(one[measure], measure).toBeCloseTo(other[measure], 9);
      expect(one.homogeneity).toBeCloseTo(other.completeness, 9);
    }),
  );
});

test('a labelling agrees with itself fully', () => {
  fc.assert(
    fc.property(labellings, ({ a }) => {
      for (const measure of [
        'adjustedRand',
        'rand',
        'adjusted',
        'homogeneity',
        'completeness',
        'purity',
        'nmi',
        'max',
      ])
        expect(all(a, a)[measure], measure).toBeCloseTo(1, 9);
    }),
  );
});

test('labellings that have nothing to do with each other agree by about 0, adjusted, over many drawings', () => {
  const random = createRandom(7, 'labels');
  const draw = (k: number) => Int32Array.from({ length: 200 }, () => random.integer(k));
  const mean = { adjustedRand: 0, adjusted: 0 };
  for (let drawing = 0; drawing < 100; drawing++) {
    const found = all(draw(4), draw(3));
    mean.adjustedRand += found.adjustedRand / 100;
    mean.adjusted += found.adjusted / 100;
  }
  // Standard errors of the means are about 0.001.
  expect(Math.abs(mean.adjustedRand)).toBeLessThan(0.005);
  expect(Math.abs(mean.adjusted)).toBeLessThan(0.005);
});

test('rows that lack a label are not counted', () => {
  const table = contingency(Int32Array.of(3, -1, 3, 1), Int32Array.of(0, 0, -1, 2));
  expect(table).toEqual({
    first: Int32Array.of(1, 3),
    second: Int32Array.of(0, 2),
    count: Float64Array.of(0, 1, 1, 0),
    total: 2,
  });
});

test('where no row has both labels nothing disagrees', () => {
  expect(adjustedRandIndex(Int32Array.of(-1), Int32Array.of(0))).toBe(1);
  expect(normalisedMutualInformation(Int32Array.of(-1), Int32Array.of(0))).toBe(1);
});

test('a million rows keep their digits', () => {
  // 250,000 rows in each cell of a 2 x 2 table: independent, where pairs cancel.
  const n = 1_000_000;
  const a = Int32Array.from({ length: n }, (_, i) => (i < n / 2 ? 0 : 1));
  const b = Int32Array.from({ length: n }, (_, i) => i % 2);
  // Pairs: both 4 C(250000, 2), first and second 2 C(500000, 2); exact in whole numbers.
  const both = 4n * ((250_000n * 249_999n) / 2n);
  const one = 2n * ((500_000n * 499_999n) / 2n);
  const pairs = (1_000_000n * 999_999n) / 2n;
  const exact = Number(((both * pairs - one * one) * 10n ** 24n) / (one * pairs - one * one)) / 1e24;
  expect(Math.abs(adjustedRandIndex(a, b) - exact)).toBeLessThan(1e-12);
  expect(normalisedMutualInformation(a, b)).toBe(0);
});
