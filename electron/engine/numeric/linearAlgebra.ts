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
    // Zeros at the beginning of a row stay zeros, so a diagonal matrix costs no more than looking at it.
    let first = 0;
    for (; first < i && a[row + first] === 0; first++) factor[row + first] = 0;
    for (let j = first; j <= i; j++) {
      const other = offset + j * d;
      let s = a[row + j];
      for (let p = first; p < j; p++) s -= factor[row + p] * factor[other + p];
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

/** Sweeps of rotations; six to ten are usual, and rounding cannot need more than these. */
const mostSweeps = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix (d x d at offset) by cyclic Jacobi rotations. About 30 d^3
 * multiplications: for tens of features, or a few hundred once.
 *
 * Jacobi, because of the small eigenvalues of a graded positive matrix it keeps the digits that tridiagonal methods
 * lose (Demmel and Veselic, 1992). Source: Golub and Van Loan (2013), algorithms 8.5.1 and 8.5.3.
 */
export function symmetricEigen(a: Float64Array, offset: number, d: number): SymmetricEigen {
  const matrix = a.slice(offset, offset + d * d);
  // Row i is eigenvector i.
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) vectors[i * d + i] = 1;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) rotated = rotate(matrix, vectors, d, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: d }, (_, i) => i).sort((p, q) => {
    return matrix[q * d + q] - matrix[p * d + p] || p - q;
  });
  const sorted = new Float64Array(d * d);
  order.forEach((from, to) => sorted.set(pointingUp(vectors.subarray(from * d, (from + 1) * d)), to * d));
  return { values: Float64Array.from(order, (i) => matrix[i * d + i]), vectors: sorted };
}

/** Turns axes p and q so that their element vanishes. False: it was negligible already. */
function rotate(matrix: Float64Array, vectors: Float64Array, d: number, p: number, q: number): boolean {
  const app = matrix[p * d + p];
  const aqq = matrix[q * d + q];
  const apq = matrix[p * d + q];
  // Written so that an element that is not a number ends the sweeps.
  if (!(Math.abs(apq) > Number.EPSILON * Math.sqrt(Math.abs(app * aqq)))) return false;
  const tau = (aqq - app) / (2 * apq);
  const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let i = 0; i < d; i++) {
    if (i !== p && i !== q) {
      const aip = matrix[i * d + p];
      const aiq = matrix[i * d + q];
      matrix[i * d + p] = matrix[p * d + i] = c * aip - s * aiq;
      matrix[i * d + q] = matrix[q * d + i] = s * aip + c * aiq;
    }
    const vp = vectors[p * d + i];
    const vq = vectors[q * d + i];
    vectors[p * d + i] = c * vp - s * vq;
    vectors[q * d + i] = s * vp + c * vq;
  }
  matrix[p * d + p] = app - t * apq;
  matrix[q * d + q] = aqq + t * apq;
  matrix[p * d + q] = matrix[q * d + p] = 0;
  return true;
}

/** The vector or its opposite, whichever has its largest element (the first of equals) positive. */
function pointingUp(vector: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 1; i < vector.length; i++) if (Math.abs(vector[i]) > Math.abs(vector[largest])) largest = i;
  return vector[largest] < 0 ? vector.map((value) => -value) : vector;
}
