import { triangularInverse } from '../triangularInverse';
import { pairRows } from './pairRows';

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
      for (let j = 0; j < k; j++)
        pairRows(triangularInverse(factor, j * d * d, d), d, packed, j * stride + d + 1);
      known.set(factor, packed);
    }
    for (let j = 0; j < k; j++) {
      packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
      packed[j * stride + d] = logScale[j];
    }
    return packed;
  };
}
