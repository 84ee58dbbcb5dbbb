import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calinskiHarabasz,
  daviesBouldin,
  logWithin,
} from '../../../electron/engine/selection/clusterIndices';
import { dunnIndex } from '../../../electron/engine/selection/dunn';
import {
  changed,
  chosenRows,
  partitions,
  plainDistance,
  renamed,
  writtenOut,
  type Partition,
} from './partitions';

type Index = (partition: Partition) => number | null;

const indices: { name: string; index: Index; isRatio: boolean }[] = [
  { name: 'Calinski-Harabasz', index: (p) => calinskiHarabasz(p.rows, p.label, p.k), isRatio: true },
  { name: 'Davies-Bouldin', index: (p) => daviesBouldin(p.rows, p.label, p.k), isRatio: true },
  { name: 'Dunn', index: (p) => dunnIndex(p.rows, p.label, p.k), isRatio: true },
  { name: 'W of distances', index: (p) => Math.exp(logWithin(p.rows, p.label, p.k, 1)), isRatio: false },
  { name: 'W of squares', index: (p) => Math.exp(logWithin(p.rows, p.label, p.k, 2)), isRatio: false },
];

/** Both absent, or near relative to their size. */
function expectSame(found: number | null, expected: number | null): void {
  if (found === null || expected === null) expect(found).toBe(expected);
  else expect(Math.abs(found - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)));
}

describe.each(indices)('$name', ({ index }) => {
  test('a row of weight w is w rows', () => {
    fc.assert(
      fc.property(partitions({ weighted: true, missing: true }), (partition) => {
        expectSame(index(partition), index(writtenOut(partition)));
      }),
    );
  });

  test('depends neither on the names of clusters, nor on names without rows, nor on the order of rows or the place of zero', () => {
    fc.assert(
      fc.property(partitions({ weighted: true }), (partition) => {
        const value = index(partition);
        expectSame(index(renamed(partition)), value);
        expectSame(index({ ...partition, k: partition.k + 2 }), value);
        expectSame(index(chosenRows(partition, [...partition.label.keys()].reverse())), value);
        expectSame(index(changed(partition, (cell, column) => cell + 8 * column)), value);
      }),
    );
  });

  test('is never NaN', () => {
    fc.assert(
      fc.property(partitions({ weighted: true, missing: true }), (partition) => {
        const value = index(partition);
        if (value !== null) expect(value).not.toBeNaN();
      }),
    );
  });
});

test.each(indices.filter(({ isRatio }) => isRatio))('$name does not depend on the unit', ({ index }) => {
  fc.assert(
    fc.property(partitions({ missing: true }), (partition) => {
      expectSame(index(changed(partition, (cell) => 1024 * cell)), index(partition));
    }),
  );
});

test('one cluster has no index, nor have as many clusters as rows', () => {
  const rows = { x: Float64Array.of(0, 1, 3), n: 3, d: 1 };
  const one = { rows, label: new Int32Array(3), k: 3 };
  const each = { rows, label: Int32Array.of(0, 1, 2), k: 3 };
  for (const { index } of indices.slice(0, 3)) expect(index(one)).toBeNull();
  expect(calinskiHarabasz(rows, each.label, 3)).toBeNull();
  expect(dunnIndex(rows, each.label, 3)).toBeNull();
});

describe('W', () => {
  test('is of pairs of rows over twice the size of their cluster', () => {
    fc.assert(
      fc.property(partitions(), fc.constantFrom(1 as const, 2 as const), ({ rows, label, k }, power) => {
        let expected = 0;
        for (let c = 0; c < k; c++) {
          const own = [...label.keys()].filter((i) => label[i] === c);
          for (const i of own)
            for (const j of own) expected += plainDistance(rows, i, j) ** power / (2 * own.length);
        }
        expectSame(Math.exp(logWithin(rows, label, k, power)), expected);
      }),
    );
  });

  test('is nothing where the rows of each cluster are equal, whatever rounding makes of their mean', () => {
    const rows = { x: Float64Array.of(0.1, 0.1, 0.1, 0.7, 0.7, 0.7), n: 6, d: 1 };
    const label = Int32Array.of(0, 0, 0, 1, 1, 1);
    expect(logWithin(rows, label, 2, 2)).toBe(-Infinity);
    expect(logWithin(rows, label, 2, 1)).toBe(-Infinity);
    expect(calinskiHarabasz(rows, label, 2)).toBeNull();
  });

  test('in other units changes by the logarithm of their ratio, to the power', () => {
    fc.assert(
      fc.property(partitions(), fc.constantFrom(1 as const, 2 as const), (partition, power) => {
        const { label, k } = partition;
        const before = logWithin(partition.rows, label, k, power);
        const after = logWithin(changed(partition, (cell) => 8 * cell).rows, label, k, power);
        if (Number.isFinite(before)) expect(after - before).toBeCloseTo(power * Math.log(8), 9);
        else expect(after).toBe(-Infinity);
      }),
    );
  });
});
