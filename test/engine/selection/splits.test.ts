import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSplits } from '../../../electron/engine/selection/splits';
import { validation, type Validation } from '../../../shared/selection';

const allOf = (given: Validation, n: number, seed = 1) => {
  const plan = planSplits(given, n, seed);
  return Array.from({ length: plan.count }, (_, index) => plan.split(index));
};
const folds = (count: number, repeats = 1) => validation.parse({ kind: 'folds', folds: count, repeats });

describe('splits', () => {
  it('put every row on one side, in order, with a row on either', () => {
    const kinds = fc.oneof(
      fc.record({
        kind: fc.constant('folds' as const),
        folds: fc.integer({ min: 2, max: 20 }),
        repeats: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        kind: fc.constant('monteCarlo' as const),
        splits: fc.integer({ min: 2, max: 5 }),
        testShare: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      }),
      fc.record({ kind: fc.constant('leaveOneOut' as const) }),
    );
    fc.assert(
      fc.property(kinds, fc.integer({ min: 2, max: 60 }), fc.nat(), (given, n, seed) => {
        for (const { training, test } of allOf(given, n, seed)) {
          expect(training.length * test.length).toBeGreaterThan(0);
          expect([...training, ...test].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
          for (const side of [training, test]) expect([...side]).toEqual([...side].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('into folds test every row once in each repeat, in folds as large as each other', () => {
    const splits = allOf(folds(10, 2), 25);
    expect(splits).toHaveLength(20);
    for (const repeat of [splits.slice(0, 10), splits.slice(10)]) {
      expect(repeat.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...Array(25).keys()]);
      expect(new Set(repeat.map(({ test }) => test.length))).toEqual(new Set([2, 3]));
    }
    expect(splits[0].test).not.toEqual(splits[10].test);
  });

  it('depend on the seed, and not on the order they are asked for in', () => {
    const plan = planSplits(folds(5, 3), 40, 7);
    const backwards = [14, 3, 8].map((index) => plan.split(index));
    const all = allOf(folds(5, 3), 40, 7);
    expect(backwards).toEqual([all[14], all[3], all[8]]);
    expect(allOf(folds(5), 40, 8)[0]).not.toEqual(all[0]);
  });

  it('at random have the share of test rows that is asked for', () => {
    const splits = allOf({ kind: 'monteCarlo', splits: 3, testShare: 0.3 }, 50);
    expect(splits.map(({ test }) => test.length)).toEqual([15, 15, 15]);
  });

  it('that are given are taken as they are; rows of no fold are always trained on', () => {
    const splits = allOf({ kind: 'given', foldOfRow: [0, 1, -1, 1, 0] }, 5);
    expect(splits.map(({ test }) => [...test])).toEqual([
      [0, 4],
      [1, 3],
    ]);
    expect([...splits[0].training]).toEqual([1, 2, 3]);
  });

  it('are none of a single row, and no more folds than rows', () => {
    expect(planSplits(folds(10), 1, 1).count).toBe(0);
    expect(planSplits(folds(10), 4, 1).count).toBe(4);
  });
});
