import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runDensities, runStep } from './frame';
import { addLinearSums, even, linearSumStride, mostCancellation } from './linearSums';

type Spherical = Pick<Kernels, 'sphericalStep' | 'sphericalPosteriors'>;

/**
 * The kernels of spherical components, compiled: log densities are linear in x and |x|^2, and
 * sum r |x - m|^2 = sum r |x|^2 - 2 m's + n |m|^2 with s = sum r x. Rows of a fit are centred; where a component is so
 * narrow and so far from zero that the difference would lose digits, `careful` does it.
 */
export function createSpherical(exports: KernelExports, arena: Arena, careful: Spherical): Spherical {
  return {
    sphericalStep(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) {
      const doCarefully = (): number =>
        careful.sphericalStep(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square);
      const parameters = tableOf(mean, inverseVariance, logScale, k, d);
      if (parameters === null) return doCarefully();
      const stride = linearSumStride(d + 1);
      const called = { x, from, to, d, weight };
      const { logLikelihood, sums } = runStep(arena, exports.sphericalStep, called, {
        k,
        parameters,
        scratchBytes: exports.linearScratchBytes(d, k),
        sumLength: k * stride,
      });
      const within = new Float64Array(k);
      for (let j = 0; j < k; j++) {
        const own = j * stride;
        let product = 0;
        for (let a = 0; a < d; a++) product += mean[j * d + a] * sums[own + 1 + a];
        within[j] = sums[own + 1 + d] - 2 * product + sums[own] * squaredLength(mean, j, d);
        if (!(mostCancellation * within[j] >= sums[own + 1 + d])) return doCarefully();
      }
      addLinearSums(sums, stride, mean, k, d, count, sum);
      for (let j = 0; j < k; j++) square[j] += within[j];
      return logLikelihood;
    },

    sphericalPosteriors(x, from, to, d, mean, inverseVariance, logScale, k, out, logDensity) {
      const parameters = tableOf(mean, inverseVariance, logScale, k, d);
      if (parameters === null) {
        careful.sphericalPosteriors(x, from, to, d, mean, inverseVariance, logScale, k, out, logDensity);
        return;
      }
      const called = { x, from, to, d, weight: null };
      runDensities(arena, exports, 'sphericalPosteriors', called, { k, parameters, out, logDensity });
    },
  };
}

/** What the kernels in the sources read; null where a density would lose too many digits. */
function tableOf(
  mean: Float64Array,
  inverseVariance: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
): Float64Array | null {
  const width = even(k);
  const table = new Float64Array((d + 2) * width);
  for (let j = 0; j < k; j++) {
    const distance = inverseVariance[j] * squaredLength(mean, j, d);
    if (!(distance <= mostCancellation * d)) return null;
    table[j] = logScale[j] - 0.5 * distance;
    for (let a = 0; a < d; a++) table[(a + 1) * width + j] = inverseVariance[j] * mean[j * d + a];
    table[(d + 1) * width + j] = -0.5 * inverseVariance[j];
  }
  return table;
}

function squaredLength(mean: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let i = j * d; i < (j + 1) * d; i++) sum += mean[i] * mean[i];
  return sum;
}
