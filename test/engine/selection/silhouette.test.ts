import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberFeatures, type FeatureSpace } from '../../../electron/engine/featureSpace';
import { createRandom } from '../../../electron/engine/numeric/random';
import { silhouette } from '../../../electron/engine/selection/silhouette';
import {
  changed,
  chosenRows,
  partitions,
  plainDistance,
  renamed,
  writtenOut,
  type Partition,
} from './partitions';

const of = ({ rows, label, k }: Partition, most = Infinity, seed = 1) =>
  silhouette(rows, numberFeatures(rows.d), label, k, { most, random: createRandom(seed) });

/** The width of each row by its definition; rows without a cell have none. */
function plainWidths({ rows, label, k }: Partition): number[] {
  const hasCell = (i: number): boolean => plainDistance(rows, i, i) === 0;
  return [...label.keys()].filter(hasCell).map((i) => {
    const means = Array.from({ length: k }, (_, c) => {
      const distances = [...label.keys()]
        .filter((j) => j !== i && label[j] === c)
        .map((j) => plainDistance(rows, i, j))
        .filter((distance) => !Number.isNaN(distance));
      return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    });
    const a = means[label[i]];
    const b = Math.min(...means.filter((mean, c) => c !== label[i] && !Number.isNaN(mean)));
    if (Number.isNaN(a) || b === Infinity) return 0;
    return Math.max(a, b) > 0 ? (b - a) / Math.max(a, b) : 0;
  });
}

const near = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length);
  Array.from(found).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-9));
};

describe('silhouette', () => {
  test('of three rows on a line, by hand', () => {
    // 0 and 1 together, 5 alone: s(0) = (5 - 1) / 5, s(1) = (4 - 1) / 4, s(5) = 0.
    const rows = { x: Float64Array.of(0, 1, 5), n: 3, d: 1 };
    const found = of({ rows, label: Int32Array.of(0, 0, 1), k: 2 });
    near(found?.width ?? [], [0.8, 0.75, 0]);
    expect(found?.value).toBeCloseTo(1.55 / 3, 12);
  });

  test.each([false, true])('is its definition written plainly (missing cells: %s)', (missing) => {
    fc.assert(
      fc.property(partitions({ missing }), (partition) => {
        const found = of(partition);
        if (found !== null) near(found.width, plainWidths(partition));
      }),
    );
  });

  test('blocks of rows change nothing: 700 rows in clusters of 1 to 600', () => {
    const random = createRandom(2, 'blocks');
    const label = Int32Array.from({ length: 700 }, (_, i) => (i === 350 ? 2 : i % 7 === 0 ? 1 : 0));
    const rows = { x: Float64Array.from({ length: 700 * 3 }, () => random.normal()), n: 700, d: 3 };
    near(of({ rows, label, k: 3 })?.width ?? [], plainWidths({ rows, label, k: 3 }));
  });

  test('a row of weight w is w rows, and one of weight 0 is none', () => {
    fc.assert(
      fc.property(partitions({ weighted: true, missing: true }), (partition) => {
        const [found, copies] = [of(partition), of(writtenOut(partition))];
        if (found === null || copies === null) expect(found).toEqual(copies);
        else expect(Math.abs(found.value - copies.value)).toBeLessThan(1e-9);
      }),
    );
  });

  test('weights below one are shares of rows: only their ratios matter', () => {
    fc.assert(
      fc.property(partitions({ weighted: true }), fc.constantFrom(4, 7, 100), (partition, divisor) => {
        const weighing = (unit: number): Partition => {
          const { weight } = partition.rows;
          return { ...partition, rows: { ...partition.rows, weight: weight?.map((value) => value / unit) } };
        };
        near(of(weighing(divisor))?.width ?? [], of(weighing(3))?.width ?? []);
      }),
    );
  });

  test('depends neither on the names of clusters nor on the order of rows, the place of zero or the unit', () => {
    fc.assert(
      fc.property(partitions({ weighted: true }), (partition) => {
        const value = of(partition)?.value ?? 0;
        const backwards = [...partition.label.keys()].reverse();
        for (const same of [
          renamed(partition),
          chosenRows(partition, backwards),
          changed(partition, (cell, column) => 1000 * cell + 7 * column),
        ])
          expect(of(same)?.value ?? 0).toBeCloseTo(value, 9);
      }),
    );
  });

  test('rows without a cluster, and empty clusters, take no part', () => {
    const rows = { x: Float64Array.of(0, 100, 1, 5), n: 4, d: 1 };
    const found = of({ rows, label: Int32Array.of(0, -1, 0, 4), k: 6 });
    expect([...(found?.row ?? [])]).toEqual([0, 2, 3]);
    near(found?.width ?? [], [0.8, 0.75, 0]);
  });

  test('equal rows in two clusters have width 0', () => {
    const rows = { x: new Float64Array(4), n: 4, d: 1 };
    expect([...(of({ rows, label: Int32Array.of(0, 0, 1, 1), k: 2 })?.width ?? [])]).toEqual([0, 0, 0, 0]);
  });

  test('there is none for one cluster, nor without numbers', () => {
    const rows = { x: Float64Array.of(0, 1, 1), n: 3, d: 1 };
    expect(of({ rows, label: new Int32Array(3), k: 1 })).toBeNull();
    expect(of({ rows, label: new Int32Array(3), k: 4 })).toBeNull();
    const space: FeatureSpace = [{ kind: 'yesNo' }];
    const options = { most: 10, random: createRandom(1) };
    expect(silhouette(rows, space, Int32Array.of(0, 1, 1), 2, options)).toBeNull();
  });

  test('only numbers have a distance', () => {
    const label = Int32Array.of(0, 0, 1);
    const rows = { x: Float64Array.of(1, 0, 0, 1, 1, 5), n: 3, d: 2 };
    const space: FeatureSpace = [{ kind: 'yesNo' }, { kind: 'number' }];
    const found = silhouette(rows, space, label, 2, { most: 10, random: createRandom(1) });
    near(found?.width ?? [], [0.8, 0.75, 0]);
  });
});

describe('silhouette of a sample', () => {
  const random = createRandom(4, 'many');
  const n = 6000;
  const label = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : i % 50 === 1 ? 2 : 1));
  const rows = {
    x: Float64Array.from({ length: n * 2 }, (_, at) => 2 * label[at >> 1] + random.normal()),
    n,
    d: 2,
    weight: Float64Array.from({ length: n }, (_, i) => (i % 4) / 2),
  };
  const partition = { rows, label, k: 3 };
  const truth = of(partition)?.value ?? NaN;

  test('is off by about its standard error', () => {
    const errors = Array.from({ length: 60 }, (_, seed) => {
      const found = of(partition, 900, seed);
      return ((found?.value ?? NaN) - truth) / (found?.standardError ?? NaN);
    });
    const root = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    // Of 60 normal errors the root mean square is within 0.64 and 1.36 but once in ten thousand; their mean within 0.5.
    expect(root).toBeGreaterThan(0.64);
    expect(root).toBeLessThan(1.36);
    expect(Math.abs(mean)).toBeLessThan(0.5);
  });

  test('has rows in ascending order, each once, and the same ones for the same seed', () => {
    const found = of(partition, 900);
    const drawn = [...(found?.row ?? [])];
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect(drawn.length).toBeGreaterThanOrEqual(500);
    expect(drawn.length).toBeLessThan(n);
    expect(of(partition, 900)).toEqual(found);
  });

  test('a row that is not itself among those it is compared with leaves none of them out', () => {
    // Corners of two simplexes of edges 1 and 3 about one centre: distances within and between are the same for all.
    const [half, edge] = [260, 3];
    const d = 2 * half;
    const corners = new Float64Array(d * d);
    for (let i = 0; i < d; i++) corners[i * d + i] = i < half ? 1 : edge;
    const label = Int32Array.from({ length: d }, (_, i) => (i < half ? 0 : 1));
    const found = of({ rows: { x: corners, n: d, d }, label, k: 2 }, 2);
    const between = Math.sqrt(1 + edge ** 2);
    const expected = [1 - Math.SQRT2 / between, between / (edge * Math.SQRT2) - 1];
    expect(found?.row.length).toBe(500);
    found?.row.forEach((row, at) => expect(found.width[at]).toBeCloseTo(expected[label[row]], 9));
  });

  test('of nearly all rows there is hardly an error', () => {
    const index = [...Array(510).keys()];
    const { rows: some, label: own } = chosenRows(
      { ...partition, rows: { ...rows, weight: undefined } },
      index,
    );
    const found = of({ rows: some, label: own, k: 3 }, 400);
    const spread = (found?.width ?? new Float64Array()).reduce(
      (sum, w) => sum + (w - (found?.value ?? 0)) ** 2,
      0,
    );
    const error = Math.sqrt(spread / 499 / 500);
    expect(found?.standardError).toBeCloseTo(error * Math.sqrt(10 / 510), 12);
  });

  test('compared with all rows of every cluster, a row has the width it has among all', () => {
    const all = of(partition);
    const widthOf = new Map(Array.from(all?.row ?? [], (row, at) => [row, all?.width[at] ?? NaN]));
    const part = of(partition, 4400);
    part?.row.forEach((row, at) => expect(part.width[at]).toBeCloseTo(widthOf.get(row) ?? NaN, 9));
    expect(part?.row.length).toBeLessThan(n);
  });
});
