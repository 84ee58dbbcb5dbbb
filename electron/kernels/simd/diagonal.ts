import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { createDiagonalParameters } from './diagonalParameters';
import type { KernelExports } from './exports';
import { runDensities, runMoments, runStep, tileBytes } from './frame';

/** The kernels of Gaussians along the axes, compiled. */
export function createDiagonal(
  exports: KernelExports,
  arena: Arena,
): Pick<Kernels, 'diagonalStep' | 'weightedSquares' | 'diagonalLogDensities' | 'diagonalPosteriors'> {
  const parametersOf = createDiagonalParameters();
  return {
    diagonalStep(x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) {
      const called = { x, from, to, d, weight };
      const { logLikelihood, sums } = runStep(arena, exports.diagonalStep, called, {
        k,
        parameters: parametersOf(mean, inverseDeviation, logScale, k, d).packed,
        scratchBytes: exports.diagonalScratchBytes(d, k),
        sumLength: k * (2 * d + 1),
      });
      addDiagonalSums(sums, k, d, count, sum, square);
      return logLikelihood;
    },

    weightedSquares(x, from, to, d, membership, centre, k, count, sum, square) {
      const called = { x, from, to, d, weight: null };
      const sums = runMoments(arena, exports.weightedSquares, called, {
        k,
        membership,
        centre,
        scratchBytes: (d + k) * tileBytes,
        sumLength: k * (2 * d + 1),
      });
      addDiagonalSums(sums, k, d, count, sum, square);
    },

    diagonalLogDensities(x, from, to, d, mean, inverseDeviation, logScale, k, out) {
      const called = { x, from, to, d, weight: null };
      const parameters = parametersOf(mean, inverseDeviation, logScale, k, d).packed;
      runDensities(arena, exports, 'diagonalLogDensities', called, { k, parameters, out, logDensity: null });
    },

    diagonalPosteriors(x, from, to, d, mean, inverseDeviation, logScale, k, out, logDensity) {
      const called = { x, from, to, d, weight: null };
      const parameters = parametersOf(mean, inverseDeviation, logScale, k, d).packed;
      runDensities(arena, exports, 'diagonalLogDensities', called, { k, parameters, out, logDensity });
    },
  };
}

/** Adds what a kernel gathered: for each component count, sums, sums of squares. */
export function addDiagonalSums(
  sums: Float64Array,
  k: number,
  d: number,
  count: Float64Array,
  sum: Float64Array,
  square: Float64Array,
): void {
  const stride = 2 * d + 1;
  for (let j = 0; j < k; j++) {
    count[j] += sums[j * stride];
    for (let a = 0; a < d; a++) {
      sum[j * d + a] += sums[j * stride + 1 + a];
      square[j * d + a] += sums[j * stride + 1 + d + a];
    }
  }
}
