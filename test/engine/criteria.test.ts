import { expect, test } from 'vitest';
import { aic, aicc, bic, icl, relativeEntropy } from '../../electron/engine/criteria';

test('criteria are those of Old Faithful in two Gaussians, as mclust prints them', () => {
  // log-likelihood, parameters and rows of the fit; mclust's signs turned.
  expect(bic(-1130.264, 11, 272)).toBeCloseTo(2322.192, 3);
  expect(aic(-1130.264, 11)).toBeCloseTo(2282.528, 3);
});

test('ICL is never better than BIC, and equal to it when every row clearly belongs', () => {
  expect(icl(100, 0)).toBe(100);
  expect(icl(100, -3)).toBe(106);
});

test('AICc adds to AIC what few rows cost, and has no meaning where they are too few', () => {
  // 2 * 11 * 12 / (272 - 12)
  expect((aicc(-1130.264, 11, 272) ?? NaN) - aic(-1130.264, 11)).toBeCloseTo(264 / 260, 12);
  expect(aicc(-10, 3, 5)).toBeCloseTo(26 + 24, 12);
  expect(aicc(-10, 3, 4)).toBeNull();
  expect(aicc(-10, 3, 2)).toBeNull();
});

test('relative entropy is 1 where each row clearly belongs, 0 where all are shared, and rows count by weight', () => {
  expect(relativeEntropy(Float64Array.of(1, 0, 0, 1), 2, null)).toBe(1);
  expect(relativeEntropy(new Float64Array(6).fill(1 / 3), 3, null)).toBeCloseTo(0, 12);
  const mixed = Float64Array.of(0.5, 0.5, 1, 0);
  expect(relativeEntropy(mixed, 2, null)).toBeCloseTo(0.5, 12);
  expect(relativeEntropy(mixed, 2, Float64Array.of(1, 3))).toBeCloseTo(0.75, 12);
});

test('one component has no relative entropy, nor have no rows', () => {
  expect(relativeEntropy(Float64Array.of(1, 1), 1, null)).toBeNull();
  expect(relativeEntropy(new Float64Array(0), 2, null)).toBeNull();
});
