import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { createDiagonalParameters } from './diagonalParameters';
import type { KernelExports } from './exports';
import { runStep } from './frame';
import { memberSumStride } from './linearSums';

/**
 * The square of a mean may be so many variances in a feature: sums of thousands of rows about zero then know the variance
 * at hand to twelve digits. By measurement.
 */
const farthestMean = 256;

/**
 * The step of Gaussians along the axes with moments about zero, moved to the means afterwards:
 * sum r (x - m)^2 = sum r x^2 - m (2 s - n m) with s = sum r x. What the difference loses is little beside the variance at
 * hand as long as no mean is many deviations from zero; rows of a fit are centred. Else `careful` does it.
 */
export function createDiagonalAboutZero(
  exports: KernelExports,
  arena: Arena,
  careful: Pick<Kernels, 'diagonalStep'>,
): Pick<Kernels, 'diagonalStep'> {
  const parametersOf = createDiagonalParameters();
  return {
    diagonalStep(x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) {
      const { packed, farthest } = parametersOf(mean, inverseDeviation, logScale, k, d);
      if (!(farthest <= farthestMean)) {
        const rest = [count, sum, square] as const;
        return careful.diagonalStep(x, from, to, d, weight, mean, inverseDeviation, logScale, k, ...rest);
      }
      const width = memberSumStride(d);
      const stride = 1 + 2 * width;
      const called = { x, from, to, d, weight };
      const { logLikelihood, sums } = runStep(arena, exports.diagonalStepAboutZero, called, {
        k,
        parameters: packed,
        scratchBytes: exports.diagonalScratchBytes(d, k),
        sumLength: k * stride,
      });
      for (let j = 0; j < k; j++) {
        const n = sums[j * stride];
        count[j] += n;
        for (let a = 0; a < d; a++) {
          const at = j * stride + 1 + a;
          const m = mean[j * d + a];
          sum[j * d + a] += sums[at] - n * m;
          square[j * d + a] += sums[at + width] - m * (2 * sums[at] - n * m);
        }
      }
      return logLikelihood;
    },
  };
}
