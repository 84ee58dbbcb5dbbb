/**
 * The inverse W of the lower triangular d x d matrix at `from`.
 *
 * Source: Golub and Van Loan (2013), section 3.1.1: forward substitution on the columns of the identity.
 */
export function triangularInverse(factor: Float64Array, from: number, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const reciprocal = 1 / factor[from + i * d + i];
    for (let c = 0; c < i; c++) {
      const l = factor[from + i * d + c];
      for (let b = 0; b <= c; b++) inverse[i * d + b] -= l * inverse[c * d + b];
    }
    for (let b = 0; b < i; b++) inverse[i * d + b] *= reciprocal;
    inverse[i * d + i] = reciprocal;
  }
  return inverse;
}

/**
 * W' W of the inverse W of a Cholesky factor: the inverse of the matrix itself. Its lower triangle, with everything
 * below the diagonal twice, so that the sum of products with the lower triangle of a symmetric A is the trace of the
 * inverse times A.
 *
 * inverse    IN   d x d, lower
 * precision  OUT  d x d at offset
 */
export function doubledPrecision(
  inverse: Float64Array,
  d: number,
  precision: Float64Array,
  offset: number,
): void {
  precision.fill(0, offset, offset + d * d);
  for (let i = 0; i < d; i++) {
    for (let a = 0; a <= i; a++) {
      const value = inverse[i * d + a];
      const row = offset + a * d;
      for (let b = 0; b < a; b++) precision[row + b] += 2 * value * inverse[i * d + b];
      precision[row + a] += value * value;
    }
  }
}

/** The inverse W' W of the matrix whose lower Cholesky factor, d x d, begins at `from`: d x d, symmetric. */
export function precisionMatrix(factor: Float64Array, from: number, d: number): Float64Array {
  const precision = new Float64Array(d * d);
  doubledPrecision(triangularInverse(factor, from, d), d, precision, 0);
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) precision[b * d + a] = precision[a * d + b] /= 2;
  return precision;
}
