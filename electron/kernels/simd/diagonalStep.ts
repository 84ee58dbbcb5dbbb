import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runStep } from './frame';

/** The fused step of Gaussians along the axes, by the compiled kernel. */
export function createDiagonalStep(exports: KernelExports, arena: Arena): Kernels['diagonalStep'] {
  return (x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) => {
    const stride = 2 * d + 1;
    const parameters = new Float64Array(k * stride);
    for (let j = 0; j < k; j++) {
      parameters.set(mean.subarray(j * d, (j + 1) * d), j * stride);
      parameters.set(inverseDeviation.subarray(j * d, (j + 1) * d), j * stride + d);
      parameters[j * stride + 2 * d] = logScale[j];
    }
    const { logLikelihood, sums } = runStep(
      arena,
      exports.diagonalStep,
      { x, from, to, d, weight },
      k,
      parameters,
      exports.diagonalScratchBytes(d, k),
      k * stride,
    );
    for (let j = 0; j < k; j++) {
      count[j] += sums[j * stride];
      for (let a = 0; a < d; a++) {
        sum[j * d + a] += sums[j * stride + 1 + a];
        square[j * d + a] += sums[j * stride + 1 + d + a];
      }
    }
    return logLikelihood;
  };
}
