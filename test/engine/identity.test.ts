import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign } from '../../electron/engine/assignment';
import { canonicalOrder, matchByMemberships, relabel } from '../../electron/engine/identity';
import { createRandom } from '../../electron/engine/numeric/random';

test('components are ordered by size, equal sizes by their means feature by feature', () => {
  const mean = Float64Array.of(5, 0, 3, 9, 3, 2, 0, 0);
  expect([...canonicalOrder([10, 10, 10, 40], mean)]).toEqual([3, 2, 1, 0]);
});

test('relabelling moves whole blocks along the component axis and nothing else', () => {
  const component = { of: 'component', length: 3 } as const;
  const feature = { of: 'feature', length: 2 } as const;
  const shape = {
    weight: [component],
    mean: [component, feature],
    covariance: [component, feature, feature],
    noise: [feature],
  };
  const params = {
    weight: Float64Array.of(0.2, 0.3, 0.5),
    mean: Float64Array.of(1, 2, 3, 4, 5, 6),
    covariance: Float64Array.from({ length: 12 }, (_, i) => i),
    noise: Float64Array.of(7, 8),
  };
  expect(relabel(params, shape, [2, 0, 1])).toEqual({
    weight: Float64Array.of(0.5, 0.2, 0.3),
    mean: Float64Array.of(5, 6, 1, 2, 3, 4),
    covariance: Float64Array.of(8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7),
    noise: Float64Array.of(7, 8),
  });
});

describe('components of two fits', () => {
  const memberships = (labels: readonly number[], k: number) => ({
    memberships: Float64Array.from(
      labels.flatMap((label) => Array.from({ length: k }, (_, j) => Number(j === label))),
    ),
    components: k,
  });

  test('are matched by the rows they share, and the one that is new by none', () => {
    const earlier = memberships([0, 0, 0, 1, 1, 1], 2);
    const later = memberships([2, 2, 2, 0, 0, 1], 3);
    expect([...matchByMemberships(earlier, later, null)]).toEqual([1, -1, 0]);
    // With these weights the last row is most of what component 1 was.
    expect([...matchByMemberships(earlier, later, Float64Array.of(1, 1, 1, 1, 1, 9))]).toEqual([-1, 1, 0]);
    expect([...matchByMemberships(later, earlier, null)]).toEqual([2, 0]);
  });
});

describe('the assignment problem', () => {
  function permutations(items: number[]): number[][] {
    if (items.length < 2) return [items];
    return items.flatMap((item) =>
      permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
    );
  }
  const entry = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));

  test('no permutation costs less than the one found', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 6 })
          .chain((k) => fc.tuple(fc.constant(k), fc.array(entry, { minLength: k * k, maxLength: k * k }))),
        ([k, costs]) => {
          const cost = Float64Array.from(costs);
          const total = (columns: ArrayLike<number>) =>
            Array.from(columns).reduce((sum, column, row) => sum + cost[row * k + column], 0);
          const found = assign(cost, k);
          expect(new Set(found).size).toBe(k);
          const best = Math.min(...permutations([...Array(k).keys()]).map(total));
          expect(total(found) - best).toBeLessThanOrEqual(
            1e-9 * (1 + Math.abs(best)) + 1e-9 * Math.max(...costs.map(Math.abs)),
          );
        },
      ),
      { numRuns: 300, seed: 20261121 },
    );
  });

  test('two hundred components take well under a second', () => {
    const k = 200;
    const random = createRandom(1, 'assignment');
    const cost = Float64Array.from({ length: k * k }, () => random.uniform());
    expect(new Set(assign(cost, k)).size).toBe(k);
  });
});
