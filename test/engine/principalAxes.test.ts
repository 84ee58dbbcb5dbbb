import { expect, test } from 'vitest';
import { principalAxes } from '../../electron/engine/principalAxes';
import { blobs, centred } from '../laws/data';

test('rows on a line have one axis, and all the variance along it', () => {
  // Along (3, 4) / 5 at -5, 0, 5 from the mean (10, 20): variance 50 / 3.
  const rows = { x: Float64Array.of(7, 16, 10, 20, 13, 24), n: 3, d: 2 };
  const { axes, variance, totalVariance, mean } = principalAxes(rows);
  expect([...mean]).toEqual([10, 20]);
  expect(axes[0]).toBeCloseTo(0.6, 12);
  expect(axes[1]).toBeCloseTo(0.8, 12);
  expect(variance[0]).toBeCloseTo(50 / 3, 12);
  expect(variance[1]).toBeCloseTo(0, 12);
  expect(totalVariance).toBeCloseTo(50 / 3, 12);
});

test('projections on the axes are uncorrelated and have the variances said', () => {
  const rows = centred(
    blobs(
      1,
      200,
      [
        [0, 0, 0, 0],
        [3, -1, 5, 2],
      ],
      1,
    ),
  );
  const { axes, variance } = principalAxes(rows);
  const along = (axis: number, i: number) =>
    [0, 1, 2, 3].reduce((sum, a) => sum + axes[axis * 4 + a] * rows.x[i * 4 + a], 0);
  const product = (p: number, q: number) => {
    let sum = 0;
    for (let i = 0; i < rows.n; i++) sum += (along(p, i) * along(q, i)) / rows.n;
    return sum;
  };
  expect(product(0, 0)).toBeCloseTo(variance[0], 10);
  expect(product(1, 1)).toBeCloseTo(variance[1], 10);
  expect(product(0, 1)).toBeCloseTo(0, 10);
  expect(variance[0]).toBeGreaterThan(variance[1]);
});

test('mirrored rows have the same axes, so a picture does not flip', () => {
  const rows = centred(
    blobs(
      2,
      50,
      [
        [0, 0],
        [4, 1],
      ],
      1,
    ),
  );
  const mirrored = { ...rows, x: rows.x.map((value) => -value) };
  expect(principalAxes(mirrored).axes).toEqual(principalAxes(rows).axes);
});

test('a row counts by its weight, and one column has one axis', () => {
  const rows = { x: Float64Array.of(0, 4, 99), n: 3, d: 1, weight: Float64Array.of(3, 1, 0) };
  expect(principalAxes(rows)).toEqual({
    axes: Float64Array.of(1),
    variance: Float64Array.of(3),
    totalVariance: 3,
    mean: Float64Array.of(1),
  });
});

test('a missing cell takes no part, and no axis is NaN', () => {
  const rows = { x: Float64Array.of(7, 16, 10, 20, 13, 24, NaN, 20, 10, NaN), n: 5, d: 2, hasMissing: true };
  const { axes, mean, totalVariance } = principalAxes(rows);
  expect([...mean]).toEqual([10, 20]);
  // Variances 18 / 4 and 32 / 4; the product 24 is scaled as they are.
  expect(totalVariance).toBeCloseTo(12.5, 12);
  expect(axes[0] / axes[1]).toBeCloseTo(3 / 4, 12);
});
