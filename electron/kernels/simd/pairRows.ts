/**
 * Rows of a lower triangle W as the compiled kernels read them, two side by side: (W_i0, W_i+1,0), ...
 * (W_ii, W_i+1,i), W_i+1,i+1. An odd last row is paired with zeros.
 */
export function pairRows(lower: Float64Array, d: number, out: Float64Array, to: number): void {
  for (let i = 0; i < d; i++) {
    // The pairs before this one hold all rows above it, each up to its diagonal.
    const pair = i - (i % 2);
    const at = to + (pair * (pair + 1)) / 2 + (i % 2);
    for (let b = 0; b <= pair; b++) out[at + 2 * b] = lower[i * d + b];
    if (i > pair) out[at + 2 * pair + 1] = lower[i * d + i];
  }
}
