import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Lower Cholesky factor of a symmetric matrix, of which only the lower triangle is read.
 *
 * a       IN   d x d at offset
 * factor  OUT  d x d at offset; what is above the diagonal is left alone
 *
 * Returns the first index whose pivot is not above `floor[index]` (the matrix is not positive definite enough;
 * the factor is then unfinished), or -1. A pivot is the variance of a feature given those before it, so a floor
 * is in units of that feature squared.
 *
 * Source: Golub and Van Loan (2013), algorithm 4.2.1.
 */
export function cholesky(
  a: Float64Array,
  offset: number,
  d: number,
  floor: Float64Array | null,
  factor: Float64Array,
): number {
  for (let i = 0; i < d; i++) {
    const row = offset + i * d;
    for (let j = 0; j <= i; j++) {
      const other = offset + j * d;
      let s = a[row + j];
      for (let p = 0; p < j; p++) s -= factor[row + p] * factor[other + p];
      if (j < i) {
        factor[row + j] = s / factor[other + j];
      } else {
        // Written so that a pivot that is not a number fails too.
        if (!(s > (floor === null ? 0 : floor[i])) || s === Infinity) return i;
        factor[row + i] = Math.sqrt(s);
      }
    }
  }
  return -1;
}

/** Logarithm of the determinant of L L', from the lower factor L (d x d at offset). */
export function logDeterminant(factor: Float64Array, offset: number, d: number): number {
  let s = 0;
  for (let i = 0; i < d; i++) s += Math.log(factor[offset + i * d + i]);
  return 2 * s;
}

/**
 * Trace of (L L')^-1 A by solving, column by column.
 *
 * factor  IN  d x d, lower
 * a       IN  d x d symmetric at offset
 */
export function traceOfSolution(factor: Float64Array, a: Float64Array, offset: number, d: number): number {
  const column = new Float64Array(d);
  let trace = 0;
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < d; i++) {
      let s = a[offset + i * d + j];
      for (let p = 0; p < i; p++) s -= factor[i * d + p] * column[p];
      column[i] = s / factor[i * d + i];
    }
    // Backward substitution only as far up as the diagonal element that the trace needs.
    for (let i = d - 1; i >= j; i--) {
      let s = column[i];
      for (let p = i + 1; p < d; p++) s -= factor[p * d + i] * column[p];
      column[i] = s / factor[i * d + i];
    }
    trace += column[j];
  }
  return trace;
}

export interface SymmetricEigen {
  /** d, from the largest to the smallest. */
  readonly values: Float64Array;
  /** d x d, row i is the unit eigenvector of value i; its largest element (the first of equals) is positive. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and vectors of a symmetric matrix (d x d at offset). Equal digits for equal input. */
export function symmetricEigen(a: Float64Array, offset: number, d: number): SymmetricEigen {
  const matrix = Matrix.zeros(d, d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) matrix.set(i, j, a[offset + i * d + j]);
  const decomposition = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = decomposition.realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((p, q) => q.value - p.value || p.index - q.index);
  const values = Float64Array.from(order, (entry) => entry.value);
  const vectors = new Float64Array(d * d);
  order.forEach(({ index }, i) => {
    let largest = 0;
    for (let p = 0; p < d; p++) {
      const element = decomposition.eigenvectorMatrix.get(p, index);
      vectors[i * d + p] = element;
      if (Math.abs(element) > Math.abs(vectors[i * d + largest])) largest = p;
    }
    if (vectors[i * d + largest] < 0) for (let p = 0; p < d; p++) vectors[i * d + p] *= -1;
  });
  return { values, vectors };
}
