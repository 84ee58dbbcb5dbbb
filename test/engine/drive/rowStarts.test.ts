import { describe, expect, test } from 'vitest';
import { start as startSchema } from '../../../shared/fit';
import { modelSpecification } from '../../../shared/model';
import { dissimilarityOf, isInformative } from '../../../electron/engine/drive/dissimilarity';
import { seedLabels } from '../../../electron/engine/drive/rowSeeding';
import { numberFeatures, type FeatureSpace } from '../../../electron/engine/featureSpace';
import type { Rows } from '../../../electron/engine/model';
import { createRandom } from '../../../electron/engine/numeric/random';
import { groupedRows } from '../../laws/familyData';
import { fit, gaussian, posteriorOf, success } from '../fitting';

const space: FeatureSpace = [{ kind: 'number' }, { kind: 'yesNo' }, { kind: 'category', levels: 3 }];
const rowsOf = (...rows: number[][]): Rows => {
  const x = Float64Array.from(rows.flat());
  return { x, n: rows.length, d: rows[0].length, hasMissing: x.some(Number.isNaN) };
};

describe('the dissimilarity of rows', () => {
  // Numbers -1 and 1 have variance 1: two of them are 4 / 2 = 2 apart.
  const rows = rowsOf([-1, 0, 0], [1, 0, 2], [1, NaN, 2], [NaN, NaN, NaN]);
  rows.x[0] = -1;
  const apart = dissimilarityOf(rowsOf([-1, 0, 0], [1, 0, 2]), space, true);

  test('adds squared distances of numbers and one for each yes/no and category that differs', () => {
    expect(apart(0, Float64Array.of(1, 1, 2), 0)).toBeCloseTo(2 + 1 + 1, 14);
    expect(apart(0, Float64Array.of(9, -1, 0, 0), 1)).toBe(0);
  });

  test('scales up what is there where cells are missing, and is one a column where nothing is shared', () => {
    const own = dissimilarityOf(rows, space, false);
    expect(own(0, rows.x, 6)).toBeCloseTo(((4 + 1) * 3) / 2, 14);
    expect(own(0, rows.x, 9)).toBe(3);
    expect(isInformative(rows, 3)).toBe(false);
    expect(isInformative({ ...rows, weight: Float64Array.of(0, 1, 1, 1) }, 0)).toBe(false);
  });
});

describe('seeds among rows of any kind', () => {
  const seed = (rows: Rows, k: number, rule: 'distance' | 'uniform', purpose = 1) =>
    seedLabels(rows, k, rule, dissimilarityOf(rows, space, true), createRandom(purpose), () => false);

  test('are never equal, never without weight and never without a cell', () => {
    const rows = {
      ...rowsOf([0, 0, 0], [0, 0, 0], [1, 1, 1], [5, 0, 2], [NaN, NaN, NaN]),
      weight: Float64Array.of(1, 1, 1, 0, 1),
    };
    for (let purpose = 0; purpose < 30; purpose++) {
      for (const rule of ['distance', 'uniform'] as const) {
        const labels = seed(rows, 2, rule, purpose);
        if (labels === null || !labels.ok) throw new Error('no seeds');
        expect(labels.value[0]).toBe(labels.value[1]);
        expect(labels.value[0]).not.toBe(labels.value[2]);
        expect(seed(rows, 3, rule, purpose)).toEqual({
          ok: false,
          failure: { kind: 'tooFewDistinctRows', distinct: 2, components: 3 },
        });
      }
    }
  });

  test('of known components are rows of theirs', () => {
    const rows = {
      ...rowsOf([0, 0, 0], [9, 1, 1], [4, 0, 2], [4, 1, 2]),
      label: Int32Array.of(2, 0, -1, -1),
    };
    for (let purpose = 0; purpose < 30; purpose++) {
      const labels = seed(rows, 3, 'distance', purpose);
      if (labels === null || !labels.ok) throw new Error('no seeds');
      expect([...labels.value.subarray(0, 2)]).toEqual([2, 0]);
      expect(labels.value.subarray(2)).toContain(1);
    }
  });

  test('stop when they are told to', () => {
    const rows = rowsOf([0, 0, 0], [9, 1, 1]);
    const difference = dissimilarityOf(rows, space, true);
    expect(seedLabels(rows, 2, 'distance', difference, createRandom(1), () => true)).toBeNull();
  });
});

describe('given starts of any family', () => {
  const specification = modelSpecification.parse({ family: 'mixed', components: 2, covariance: 'EII' });
  const parameters = {
    weights: [0.25, 0.75],
    means: [[0], [3]],
    covariances: [[[1]], [[1]]],
    probabilities: [[0.1], [0.8]],
    categories: [[[0.2, 0.3, 0.5]], [[0.5, 0.5, 0]]],
  };
  const rows = rowsOf([0, 0, 0], [1, 1, 2], [4, 1, 1], [NaN, 0, NaN]);
  const begin = (start: unknown) =>
    fit(specification, rows, startSchema.parse(start), { space, maxIterations: 0 }).outcome;

  test('are the parameters as they are given, kind by kind', () => {
    const outcome = begin({ parameters });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.params).toEqual({
      weight: Float64Array.of(0.25, 0.75),
      mean: Float64Array.of(0, 3),
      variance: Float64Array.of(1, 1),
      probability: Float64Array.of(0.1, 0.8),
      category: Float64Array.of(0.2, 0.3, 0.5, 0.5, 0.5, 0),
    });
  });

  test.each([
    [
      'probabilities of another width',
      {
        probabilities: [
          [0.1, 0.2],
          [0.8, 0.1],
        ],
      },
      '2 lists of 1',
    ],
    ['a probability above one', { probabilities: [[0.1], [1.8]] }, 'between 0 and 1'],
    [
      'shares of levels that do not sum to one',
      { categories: [[[0.2, 0.3, 0.6]], [[0.5, 0.5, 0]]] },
      'component 0',
    ],
    ['a level too few', { categories: [[[0.2, 0.3, 0.5]], [[0.5, 0.5]]] }, 'component 1'],
    ['categories of one component only', { categories: [[[0.2, 0.3, 0.5]]] }, '1 components'],
  ])('with %s are refused in words', (_, change, words) => {
    const outcome = begin({ parameters: { ...parameters, ...change } });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'badStart' } });
    if (!outcome.ok && outcome.failure.kind === 'badStart') expect(outcome.failure.problem).toContain(words);
  });

  test('by labels take each column over the cells that are there', () => {
    const outcome = begin({ labels: [0, 0, 1, 1] });
    if (!outcome.ok) throw new Error(outcome.failure.kind);
    expect([...outcome.params.mean]).toEqual([0.5, 4]);
    expect([...outcome.params.probability]).toEqual([0.5, 0.5]);
    [0.5, 0, 0.5, 0, 1, 0].forEach((share, i) => expect(outcome.params.category[i]).toBeCloseTo(share, 14));
  });

  test('give rows whose component is known to it, whatever is given', () => {
    const known = { ...rows, label: Int32Array.of(0, -1, 1, -1) };
    const run = { space, maxIterations: 0 };
    const wrong = fit(specification, known, { labels: [1, 0, 0, 1] }, run).outcome;
    const right = fit(specification, rows, { labels: [0, 0, 1, 1] }, run).outcome;
    expect(wrong.ok && wrong.params).toEqual(right.ok && right.params);
  });

  test('by centres of any kind take the nearest rows', () => {
    const outcome = begin({
      centres: [
        [0, 0, 0],
        [4, 1, 1],
      ],
    });
    if (!outcome.ok) throw new Error(outcome.failure.kind);
    expect(outcome.params.probability[0]).toBeLessThan(outcome.params.probability[1]);
    expect(outcome.params.mean[0]).toBeLessThan(outcome.params.mean[1]);
  });

  test('equal weights stay equal, whatever is given', () => {
    const equal = { ...specification, weights: 'equal' } as typeof specification;
    const { outcome } = fit(equal, rows, { parameters }, { space, maxIterations: 0 });
    expect(outcome.ok && [...outcome.params.weight]).toEqual([0.5, 0.5]);
  });

  test('of a given deviation need no covariances', () => {
    const fixed = modelSpecification.parse({ family: 'gaussian', components: 2, covariance: 'fixed', sd: 2 });
    const start = { parameters: { weights: [0.5, 0.5], means: [[0], [3]] } };
    const { outcome } = fit(fixed, rowsOf([0], [3]), start, { maxIterations: 0 });
    expect(outcome.ok && [...outcome.params.variance]).toEqual([4, 4]);
  });
});

describe('a start by agglomeration', () => {
  test('of more rows than are agglomerated finds the groups of all of them', () => {
    const numbers = numberFeatures(3);
    const { rows, group } = groupedRows(numbers, 2, 6000);
    const fitted = fit(gaussian('VVV', 3), rows, { method: 'agglomerative' }, { maxIterations: 0 });
    const { labels } = posteriorOf(fitted.model, success(fitted).params, rows);
    const pairs = new Set(labels.map((label, i) => `${label} ${group[i]}`));
    expect(pairs.size).toBeLessThan(9);
    const right = labels.filter((label, i) => label === labels[i % 3]).length;
    expect(right / rows.n).toBeGreaterThan(0.98);
  });
});
