import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runStep } from './frame';

/** The fused step of spherical components, compiled. */
export function createSphericalStep(exports: KernelExports, arena: Arena): Kernels['sphericalStep'] {
  return (x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) => {
    const stride = d + 2;
    const { logLikelihood, sums } = runStep(
      arena,
      exports.sphericalStep,
      { x, from, to, d, weight },
      k,
      packParameters(mean, inverseVariance, logScale, k, d),
      exports.sphericalScratchBytes(d, k),
      k * stride,
    );
    for (let j = 0; j < k; j++) {
      const own = j * stride;
      count[j] += sums[own];
      for (let a = 0; a < d; a++) sum[j * d + a] += sums[own + 1 + a];
      square[j] += sums[own + 1 + d];
    }
    return logLikelihood;
  };
}

/** For each component: mean, one over the variance, log scale. */
function packParameters(
  mean: Float64Array,
  inverseVariance: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const stride = d + 2;
  const packed = new Float64Array(k * stride);
  for (let j = 0; j < k; j++) {
    packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
    packed[j * stride + d] = inverseVariance[j];
    packed[j * stride + d + 1] = logScale[j];
  }
  return packed;
}
