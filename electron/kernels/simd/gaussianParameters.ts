import { triangularInverse } from './triangularInverse';

/**
 * Means, scales and inverse factors, component by component, in the order `source/gaussianStep.ts` describes. Inverses
 * are computed once for each array of factors.
 */
export function createGaussianParameters(): (
  mean: Float64Array,
  factor: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
) => Float64Array {
  const known = new WeakMap<Float64Array, Float64Array>();
  return (mean, factor, logScale, k, d) => {
    const stride = d + 1 + (d * (d + 1)) / 2 + (d % 2) * d;
    let packed = known.get(factor);
    if (!packed) {
      packed = new Float64Array(k * stride);
      for (let j = 0; j < k; j++) pairInverse(factor, j * d * d, d, packed, j * stride + d + 1);
      known.set(factor, packed);
    }
    for (let j = 0; j < k; j++) {
      packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
      packed[j * stride + d] = logScale[j];
    }
    return packed;
  };
}

/**
 * Rows of the inverse W of a factor, two side by side: (W_i0, W_i+1,0), ... (W_ii, W_i+1,i), W_i+1,i+1. An odd last row
 * is paired with zeros.
 */
function pairInverse(factor: Float64Array, from: number, d: number, out: Float64Array, to: number): void {
  const inverse = triangularInverse(factor, from, d);
  for (let i = 0; i < d; i++) {
    // The pairs before this one hold all rows above it, each up to its diagonal.
    const pair = i - (i % 2);
    const at = to + (pair * (pair + 1)) / 2 + (i % 2);
    for (let b = 0; b <= pair; b++) out[at + 2 * b] = inverse[i * d + b];
    if (i > pair) out[at + 2 * pair + 1] = inverse[i * d + i];
  }
}
