import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runStep } from './frame';
import { addLinearSums, even, firstLinearSum, linearSumStride, mostCancellation } from './linearSums';

/**
 * The fused step of spherical components, compiled: log densities are linear in x and |x|^2, and
 * sum r |x - m|^2 = sum r |x|^2 - 2 m's + n |m|^2 with s = sum r x. Rows of a fit are centred; where a component is so
 * narrow and so far from zero that the difference would lose digits, `careful` does it.
 */
export function createSphericalStep(
  exports: KernelExports,
  arena: Arena,
  careful: Kernels['sphericalStep'],
): Kernels['sphericalStep'] {
  return (x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) => {
    const doCarefully = (): number =>
      careful(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square);
    const length = Float64Array.from({ length: k }, (_, j) => squaredLength(mean, j, d));
    if (!length.every((value, j) => value * inverseVariance[j] <= mostCancellation * d)) return doCarefully();

    const stride = linearSumStride(d);
    const { logLikelihood, sums } = runStep(
      arena,
      exports.sphericalStep,
      { x, from, to, d, weight },
      k,
      packParameters(mean, length, inverseVariance, logScale, k, d),
      exports.linearScratchBytes(k),
      k * stride,
    );
    const within = Float64Array.from({ length: k }, (_, j) => {
      const own = j * stride;
      let product = 0;
      for (let a = 0; a < d; a++) product += mean[j * d + a] * sums[own + firstLinearSum + a];
      return sums[own + 1] - 2 * product + sums[own] * length[j];
    });
    if (!within.every((value, j) => mostCancellation * value >= sums[j * stride + 1])) return doCarefully();

    addLinearSums(sums, mean, k, d, count, sum);
    within.forEach((value, j) => (square[j] += value));
    return logLikelihood;
  };
}

function squaredLength(mean: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let i = j * d; i < (j + 1) * d; i++) sum += mean[i] * mean[i];
  return sum;
}

/** The table of `linearScores` in the sources, then what |x|^2 is multiplied by. */
function packParameters(
  mean: Float64Array,
  length: Float64Array,
  inverseVariance: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const width = even(k);
  const packed = new Float64Array((d + 2) * width);
  for (let j = 0; j < k; j++) {
    packed[j] = logScale[j] - 0.5 * inverseVariance[j] * length[j];
    for (let a = 0; a < d; a++) packed[(a + 1) * width + j] = inverseVariance[j] * mean[j * d + a];
    packed[(d + 1) * width + j] = -0.5 * inverseVariance[j];
  }
  return packed;
}
