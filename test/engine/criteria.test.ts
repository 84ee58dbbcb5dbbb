import { expect, test } from 'vitest';
import { aic, bic, icl } from '../../electron/engine/criteria';

test('criteria are those of Old Faithful in two Gaussians, as mclust prints them', () => {
  // log-likelihood, parameters and rows of the fit; mclust's signs turned.
  expect(bic(-1130.264, 11, 272)).toBeCloseTo(2322.192, 3);
  expect(aic(-1130.264, 11)).toBeCloseTo(2282.528, 3);
});

test('ICL is never better than BIC, and equal to it when every row clearly belongs', () => {
  expect(icl(100, 0)).toBe(100);
  expect(icl(100, -3)).toBe(106);
});
