import { expect, test } from 'vitest';
import {
  cholesky,
  logDeterminant,
  symmetricEigen,
  traceOfSolution,
} from '../../../electron/engine/numeric/linearAlgebra';

// L = [2 0 0; 1 3 0; -1 2 1] gives L L' = [4 2 -2; 2 10 5; -2 5 6], determinant (2 * 3 * 1)^2 = 36.
const matrix = Float64Array.of(4, 2, -2, 2, 10, 5, -2, 5, 6);

test('a matrix worked by hand factors as it should, at any offset', () => {
  const padded = Float64Array.of(7, 7, ...matrix);
  const factor = new Float64Array(11);
  expect(cholesky(padded, 2, 3, null, factor)).toBe(-1);
  [2, 1, 3, -1, 2, 1].forEach((value, i) => expect(factor[2 + [0, 3, 4, 6, 7, 8][i]]).toBeCloseTo(value, 14));
  expect(logDeterminant(factor, 2, 3)).toBeCloseTo(Math.log(36), 13);
});

test('a pivot at or below its floor is named', () => {
  // Pivots are 4, 9 and 1.
  expect(cholesky(matrix, 0, 3, Float64Array.of(0, 0, 0.9), new Float64Array(9))).toBe(-1);
  expect(cholesky(matrix, 0, 3, Float64Array.of(0, 0, 1.1), new Float64Array(9))).toBe(2);
  expect(cholesky(matrix, 0, 3, Float64Array.of(0, 9.1, 0), new Float64Array(9))).toBe(1);
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 0, 2, null, new Float64Array(4))).toBe(1);
  expect(cholesky(Float64Array.of(NaN), 0, 1, null, new Float64Array(1))).toBe(0);
  expect(cholesky(Float64Array.of(Infinity), 0, 1, null, new Float64Array(1))).toBe(0);
});

test('the trace of a solution is that of the inverse times the matrix', () => {
  const factor = new Float64Array(9);
  cholesky(matrix, 0, 3, null, factor);
  expect(traceOfSolution(factor, matrix, 0, 3)).toBeCloseTo(3, 12);
  // The inverse's diagonal is (35, 20, 36) / 36 by cofactors.
  expect(traceOfSolution(factor, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 0, 3)).toBeCloseTo(91 / 36, 12);
});

test('eigenvalues come from the largest, vectors with their largest element positive', () => {
  // [2 1; 1 2] has 3 along (1, 1) and 1 along (1, -1).
  const { values, vectors } = symmetricEigen(Float64Array.of(9, 2, 1, 1, 2), 1, 2);
  expect([...values].map((value) => Number(value.toFixed(12)))).toEqual([3, 1]);
  const half = Math.SQRT1_2;
  [half, half, half, -half].forEach((value, i) =>
    expect(Math.abs(vectors[i])).toBeCloseTo(Math.abs(value), 12),
  );
  expect(vectors[0] * vectors[1]).toBeGreaterThan(0);
  expect(vectors[2] * vectors[3]).toBeLessThan(0);
  for (const i of [0, 2]) expect(Math.max(vectors[i], vectors[i + 1])).toBeGreaterThan(0);
});

test('the largest element decides the direction, not the first', () => {
  // 5 v v' + identity for v = (-1, 3) / sqrt(10).
  const { values, vectors } = symmetricEigen(Float64Array.of(1.5, -1.5, -1.5, 5.5), 0, 2);
  expect(values[0]).toBeCloseTo(6, 12);
  expect(vectors[0]).toBeCloseTo(-1 / Math.sqrt(10), 12);
  expect(vectors[1]).toBeCloseTo(3 / Math.sqrt(10), 12);
});

test('eigenvectors are orthogonal and rebuild the matrix, singular and graded ones too', () => {
  const d = 4;
  const columns = [1, 1e-3, 1e-7, 0].map((size, j) => [1, j, j * j, -j].map((value) => size * value));
  const matrix = Float64Array.from({ length: d * d }, (_, i) =>
    columns.reduce((sum, column) => sum + column[Math.floor(i / d)] * column[i % d], 0),
  );
  const { values, vectors } = symmetricEigen(matrix, 0, d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let product = 0;
      let rebuilt = 0;
      for (let i = 0; i < d; i++) {
        product += vectors[a * d + i] * vectors[b * d + i];
        rebuilt += values[i] * vectors[i * d + a] * vectors[i * d + b];
      }
      expect(product).toBeCloseTo(a === b ? 1 : 0, 14);
      expect(Math.abs(rebuilt - matrix[a * d + b])).toBeLessThan(1e-14);
    }
  }
});
