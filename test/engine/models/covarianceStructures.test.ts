import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundsOfFullStep } from '../../../electron/engine/models/covarianceRule';
import { covarianceRules } from '../../../electron/engine/models/covarianceStructures';

/** From mclust's nVarParams for three components of four features. */
const counts = {
  EII: 1,
  VII: 3,
  EEI: 4,
  VEI: 6,
  EVI: 10,
  VVI: 12,
  EEE: 10,
  VEE: 12,
  EVE: 16,
  VVE: 18,
  EEV: 22,
  VEV: 24,
  EVV: 28,
  VVV: 30,
};

test.each(Object.entries(covarianceRules))('%s counts its free parameters as mclust does', (name, rule) => {
  expect(rule.count(3, 4)).toBe(counts[name as keyof typeof counts]);
});

/** Scatters B B' of two components of three features, well away from singular, and their weights. */
const scatters = fc
  .record({
    entries: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 18, maxLength: 18 }),
    weight: fc.array(fc.double({ min: 1, max: 50, noNaN: true }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ entries, weight }) => {
    const d = 3;
    const scatter = new Float64Array(2 * d * d);
    for (let j = 0; j < 2; j++) {
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          let s = a === b ? 1 : 0;
          for (let p = 0; p < d; p++) s += entries[(j * d + a) * d + p] * entries[(j * d + b) * d + p];
          scatter[(j * d + a) * d + b] = weight[j] * s;
        }
      }
    }
    return { scatter, weight: Float64Array.from(weight) };
  });

const fromNothing = { most: roundsOfFullStep, previous: null };

const diagonalOf = (scatter: Float64Array): Float64Array =>
  Float64Array.from({ length: 6 }, (_, i) => scatter[Math.floor(i / 3) * 9 + (i % 3) * 4]);

/**
 * At the optimum over any structure that contains its own multiples, the expected squared lengths balance:
 * sum_k tr(Sigma_k^-1 W_k) = n d (Celeux and Govaert, 1995: the derivative with respect to a common volume).
 */
test.each(Object.entries(covarianceRules))('%s balances scatter and covariance', (_, rule) => {
  fc.assert(
    fc.property(scatters, ({ scatter, weight }) => {
      let balance = 0;
      if (rule.kind === 'diagonal') {
        const square = diagonalOf(scatter);
        const variance = rule.estimate({ moments: square, weight, k: 2, d: 3 }, fromNothing);
        square.forEach((value, i) => (balance += value / variance[i]));
      } else {
        const covariance = rule.estimate({ moments: scatter, weight, k: 2, d: 3 }, fromNothing);
        for (let j = 0; j < 2; j++) balance += traceOfQuotient(covariance, scatter, 9 * j);
      }
      expect(balance / (3 * (weight[0] + weight[1]))).toBeCloseTo(1, 9);
    }),
  );
});

/** tr(C^-1 W) for 3 x 3 matrices at an offset, by Cramer's rule: on purpose not as the engine does it. */
function traceOfQuotient(c: Float64Array, w: Float64Array, offset: number): number {
  const at = (m: Float64Array, a: number, b: number) => m[offset + 3 * (a % 3) + (b % 3)];
  const cofactor = (a: number, b: number) =>
    at(c, a + 1, b + 1) * at(c, a + 2, b + 2) - at(c, a + 1, b + 2) * at(c, a + 2, b + 1);
  const determinant = [0, 1, 2].reduce((sum, b) => sum + at(c, 0, b) * cofactor(0, b), 0);
  let trace = 0;
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++) trace += (cofactor(a, b) * at(w, a, b)) / determinant;
  return trace;
}
