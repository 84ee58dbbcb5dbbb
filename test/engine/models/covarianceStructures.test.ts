import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rounds, roundsOfFullStep } from '../../../electron/engine/models/covarianceRule';
import { covarianceRuleOf, covarianceRules } from '../../../electron/engine/models/covarianceStructures';
import { diagonalsOf } from '../../../electron/engine/models/dispersion';
import { diagonalMatrices } from '../../../shared/diagonalMatrices';
import { furthest } from '../fitting';

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

/**
 * At the optimum over any structure that contains its own multiples, the expected squared lengths balance:
 * sum_k tr(Sigma_k^-1 W_k) = n d (Celeux and Govaert, 1995: the derivative with respect to a common volume).
 */
test.each(Object.entries(covarianceRules))('%s balances scatter and covariance', (_, rule) => {
  fc.assert(
    fc.property(scatters, ({ scatter, weight }) => {
      let balance = 0;
      if (rule.kind === 'diagonal') {
        const square = diagonalsOf(scatter, 3);
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

type Name = keyof typeof covarianceRules;

/** Covariances of two components of three features, as matrices whatever kind the rule is. */
function covariancesOf(
  name: Name,
  moments: Float64Array,
  weight: Float64Array,
  rounds: Rounds = fromNothing,
) {
  const rule = covarianceRules[name];
  if (rule.kind === 'full') return rule.estimate({ moments, weight, k: 2, d: 3 }, rounds);
  const previous = rounds.previous && diagonalsOf(rounds.previous, 3);
  const squares = { moments: diagonalsOf(moments, 3), weight, k: 2, d: 3 };
  return diagonalMatrices(rule.estimate(squares, { ...rounds, previous }), 3);
}

/** -1/2 sum_j n_j log |S_j| + tr S_j^-1 W_j: what a structure is to make large. */
function height(covariance: Float64Array, scatter: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (const j of [0, 1])
    sum -=
      0.5 *
      (weight[j] * Math.log(determinant(covariance, 9 * j)) + traceOfQuotient(covariance, scatter, 9 * j));
  return sum;
}

/** Each structure and those that contain it. */
const wider: [Name, Name[]][] = [
  ['EII', ['VII', 'EEI']],
  ['VII', ['VEI']],
  ['EEI', ['VEI', 'EVI', 'EEE']],
  ['VEI', ['VVI', 'VEE', 'VEV']],
  ['EVI', ['VVI', 'EVE', 'EVV']],
  ['VVI', ['VVE', 'VVV']],
  ['EEE', ['VEE', 'EVE', 'EEV']],
  ['VEE', ['VVE', 'VEV']],
  ['EVE', ['VVE', 'EVV']],
  ['VVE', ['VVV']],
  ['EEV', ['VEV', 'EVV']],
  ['VEV', ['VVV']],
  ['EVV', ['VVV']],
];

test.each(wider)('%s is never above %j, which contain it', (name, others) => {
  fc.assert(
    fc.property(scatters, ({ scatter, weight }) => {
      const own = covariancesOf(name, scatter, weight);
      const low = height(own, scatter, weight);
      for (const other of others) {
        // Common axes are only a local optimum: begun at the narrower structure, they cannot end below it.
        const rounds = { ...fromNothing, previous: own };
        expect(height(covariancesOf(other, scatter, weight, rounds), scatter, weight)).toBeGreaterThan(
          low - 1e-9,
        );
      }
    }),
  );
});

describe.each(Object.keys(covarianceRules) as Name[])('%s', (name) => {
  test('gives back covariances that are of its structure', () => {
    fc.assert(
      fc.property(scatters, ({ scatter, weight }) => {
        const own = covariancesOf(name, scatter, weight);
        const again = covariancesOf(
          name,
          own.map((value, i) => value * weight[Math.floor(i / 9)]),
          weight,
          { ...fromNothing, previous: own },
        );
        expect(furthest(again, own)).toBeLessThan(1e-6);
      }),
    );
  });

  test('ends no lower, from the estimate of other rows, by one round and by all', () => {
    fc.assert(
      fc.property(scatters, scatters, (before, { scatter, weight }) => {
        const previous = covariancesOf(name, before.scatter, before.weight);
        const start = height(previous, scatter, weight);
        const round = height(covariancesOf(name, scatter, weight, { most: 1, previous }), scatter, weight);
        const all = height(
          covariancesOf(name, scatter, weight, { ...fromNothing, previous }),
          scatter,
          weight,
        );
        expect(round).toBeGreaterThan(start - 1e-9);
        expect(all).toBeGreaterThan(round - 1e-9);
        if (!/.VE/.test(name)) {
          // One optimum: where it begins does not matter.
          const cold = height(covariancesOf(name, scatter, weight), scatter, weight);
          expect(Math.abs(all - cold)).toBeLessThan(1e-7);
        }
      }),
    );
  });
});

test('axes that two scatters have in common are found', () => {
  // Along (2, 1, 0), (-1, 2, 0) and the third axis; their sum does not tell the first two apart.
  const scatter = new Float64Array(18);
  const axes = [
    [2 / Math.sqrt(5), 1 / Math.sqrt(5), 0],
    [-1 / Math.sqrt(5), 2 / Math.sqrt(5), 0],
    [0, 0, 1],
  ];
  const variances = [
    [3, 1, 2],
    [1, 3, 2],
  ];
  for (let j = 0; j < 2; j++)
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        scatter[9 * j + 3 * a + b] =
          10 * axes.reduce((sum, axis, i) => sum + variances[j][i] * axis[a] * axis[b], 0);
  const weight = Float64Array.of(10, 10);
  const expected = scatter.map((value) => value / 10);
  expect(furthest(covariancesOf('VVE', scatter, weight), expected)).toBeLessThan(1e-7);
  expect(furthest(covariancesOf('EVE', scatter, weight), expected)).toBeLessThan(1e-7);
});

test('axes of two scatters that mirror each other are found, from nothing and from before', () => {
  // Along the diagonals of the first two features; any sum of both is round in that plane, and so is each feature.
  const mirrored = Float64Array.of(20, 10, 0, 10, 20, 0, 0, 0, 5, 20, -10, 0, -10, 20, 0, 0, 0, 5);
  const weight = Float64Array.of(10, 10);
  const expected = mirrored.map((value) => value / 10);
  for (const name of ['EVE', 'VVE'] as const) {
    expect(furthest(covariancesOf(name, mirrored, weight), expected)).toBeLessThan(1e-7);
    const again = covariancesOf(name, mirrored, weight, { ...fromNothing, previous: expected });
    expect(furthest(again, expected)).toBeLessThan(1e-7);
  }
});

test('a given deviation is not estimated', () => {
  const rule = covarianceRuleOf({ covariance: 'fixed', sd: 0.5 });
  const scatter = { moments: new Float64Array(6), weight: Float64Array.of(1, 2), k: 2, d: 3 };
  expect([...rule.estimate(scatter, fromNothing)]).toEqual(new Array<number>(6).fill(0.25));
  expect(rule.count(2, 3)).toBe(0);
});

const element = (m: Float64Array, offset: number, a: number, b: number): number =>
  m[offset + 3 * (a % 3) + (b % 3)];

const cofactor = (m: Float64Array, offset: number, a: number, b: number): number =>
  element(m, offset, a + 1, b + 1) * element(m, offset, a + 2, b + 2) -
  element(m, offset, a + 1, b + 2) * element(m, offset, a + 2, b + 1);

const determinant = (m: Float64Array, offset: number): number =>
  [0, 1, 2].reduce((sum, b) => sum + element(m, offset, 0, b) * cofactor(m, offset, 0, b), 0);

/** tr(C^-1 W) for 3 x 3 matrices at an offset, by Cramer's rule: on purpose not as the engine does it. */
function traceOfQuotient(c: Float64Array, w: Float64Array, offset: number): number {
  let trace = 0;
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      trace += (cofactor(c, offset, a, b) * element(w, offset, a, b)) / determinant(c, offset);
  return trace;
}
