import fc from 'fast-check';
import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import {
  cholesky,
  logDeterminant,
  symmetricEigen,
  traceOfSolution,
} from '../../../electron/engine/numeric/linearAlgebra';

/** B B' + I for a random B: symmetric, positive definite, and not so flat that both sides lose digits. */
const positiveDefinite = fc.integer({ min: 1, max: 7 }).chain((d) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: d * d, maxLength: d * d })
    .map((values) => {
      const b = Matrix.from1DArray(d, d, values);
      return Matrix.add(b.mmul(b.transpose()), Matrix.eye(d));
    }),
);

const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.to1DArray());

it('factors as ml-matrix does', () => {
  fc.assert(
    fc.property(positiveDefinite, (matrix) => {
      const d = matrix.rows;
      const factor = new Float64Array(d * d);
      expect(cholesky(flat(matrix), 0, d, null, factor)).toBe(-1);
      const expected = new CholeskyDecomposition(matrix).lowerTriangularMatrix;
      for (let i = 0; i < d; i++)
        for (let j = 0; j <= i; j++) expect(factor[i * d + j]).toBeCloseTo(expected.get(i, j), 10);
    }),
  );
});

it('has the eigenvalues, determinant and trace of ml-matrix', () => {
  fc.assert(
    fc.property(positiveDefinite, (matrix) => {
      const d = matrix.rows;
      const expected = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues;
      const { values } = symmetricEigen(flat(matrix), 0, d);
      const descending = [...expected].sort((a, b) => b - a);
      descending.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 9));

      const factor = new Float64Array(d * d);
      cholesky(flat(matrix), 0, d, null, factor);
      expect(logDeterminant(factor, 0, d)).toBeCloseTo(
        expected.reduce((sum, value) => sum + Math.log(value), 0),
        9,
      );
      expect(traceOfSolution(factor, flat(matrix), 0, d)).toBeCloseTo(d, 9);
    }),
  );
});
