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
