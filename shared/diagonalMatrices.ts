/** Matrices d x d with `values`, d for each, along their diagonals. */
export function diagonalMatrices(values: Float64Array, d: number): Float64Array {
  const matrices = new Float64Array(values.length * d);
  for (let i = 0; i < values.length; i++) matrices[i * d + (i % d)] = values[i];
  return matrices;
}
