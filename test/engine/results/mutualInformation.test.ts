import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entropy, mergeRows, mutualInformation } from '../../../electron/engine/results/mutualInformation';
import { createRandom } from '../../../electron/engine/numeric/random';

test('a feature that names the cluster tells all there is, one bit of two even clusters', () => {
  expect(mutualInformation(Float64Array.of(500, 0, 0, 500), 2)).toBeCloseTo(1, 12);
});

test('independent rows and columns tell nothing', () => {
  expect(mutualInformation(Float64Array.of(300, 100, 150, 50), 2)).toBe(0);
});

test('a worked case: 40, 10 against 10, 40 is 1 - H(0.2) bits less its bias', () => {
  const binary = -(0.2 * Math.log2(0.2) + 0.8 * Math.log2(0.8));
  const bias = (4 - 2 - 2 + 1) / (2 * 100 * Math.LN2);
  expect(mutualInformation(Float64Array.of(40, 10, 10, 40), 2)).toBeCloseTo(1 - binary - bias, 12);
});

test('pure noise has next to no bits, a quarter of what the plain estimate gives it', () => {
  const random = createRandom(5, 'noise');
  let sum = 0;
  for (let repeat = 0; repeat < 200; repeat++) {
    const counts = new Float64Array(12 * 3);
    for (let i = 0; i < 150; i++) counts[random.integer(12) * 3 + random.integer(3)]++;
    sum += mutualInformation(counts, 3);
  }
  // (12 - 1)(3 - 1) / (2 x 150 ln 2) = 0.106 bits is the bias; what is below 0 counts as 0.
  expect(sum / 200).toBeLessThan(0.106 / 4);
});

test('information lies between nothing and the entropy of the clusters, and merging rows never adds any', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 40 }),
      (rows) => {
        const counts = Float64Array.from(rows.flat());
        const columns = Float64Array.of(...[0, 1, 2].map((j) => rows.reduce((sum, row) => sum + row[j], 0)));
        const bits = mutualInformation(counts, 3);
        expect(bits).toBeGreaterThanOrEqual(0);
        expect(bits).toBeLessThanOrEqual(entropy(columns) + 1e-12);
        const merged = mergeRows(counts, 3, 5);
        expect(merged.reduce((sum, count) => sum + count, 0)).toBe(
          counts.reduce((sum, count) => sum + count, 0),
        );
      },
    ),
  );
});
