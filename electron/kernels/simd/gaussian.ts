import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runDensities, runMoments, runStep } from './frame';
import { createGaussianParameters } from './gaussianParameters';

const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The kernels of Gaussians with any covariance, compiled. */
export function createGaussian(
  exports: KernelExports,
  arena: Arena,
): Pick<Kernels, 'gaussianStep' | 'weightedScatter' | 'gaussianLogDensities' | 'gaussianPosteriors'> {
  const parametersOf = createGaussianParameters();

  return {
    gaussianStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      const { logLikelihood, sums } = runStep(
        arena,
        exports.gaussianStep,
        { x, from, to, d, weight },
        k,
        parametersOf(mean, factor, logScale, k, d),
        exports.gaussianScratchBytes(d, k),
        k * sumLengthOf(d),
      );
      addSums(sums, k, d, count, sum, scatter);
      return logLikelihood;
    },

    weightedScatter(x, from, to, d, membership, centre, k, count, sum, scatter) {
      const called = { x, from, to, d, weight: null };
      const scratchBytes = exports.scatterScratchBytes(d, k);
      const length = k * sumLengthOf(d);
      const sums = runMoments(
        ...([arena, exports.weightedScatter, called, k, membership, centre, scratchBytes, length] as const),
      );
      addSums(sums, k, d, count, sum, scatter);
    },

    gaussianLogDensities(x, from, to, d, mean, factor, logScale, k, out) {
      runDensities(
        arena,
        exports,
        'gaussianLogDensities',
        { x, from, to, d, weight: null },
        k,
        parametersOf(mean, factor, logScale, k, d),
        out,
        null,
      );
    },

    gaussianPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity) {
      runDensities(
        arena,
        exports,
        'gaussianLogDensities',
        { x, from, to, d, weight: null },
        k,
        parametersOf(mean, factor, logScale, k, d),
        out,
        logDensity,
      );
    },
  };
}

/** Numbers a kernel gathers of one component: count and a zero, rows of products, the row of sums. */
const sumLengthOf = (d: number): number => 2 + threes(d + 1) * threes(d);

function addSums(
  sums: Float64Array,
  k: number,
  d: number,
  count: Float64Array,
  sum: Float64Array,
  scatter: Float64Array,
): void {
  const across = threes(d);
  for (let j = 0; j < k; j++) {
    const own = j * sumLengthOf(d);
    count[j] += sums[own];
    for (let a = 0; a < d; a++) {
      sum[j * d + a] += sums[own + 2 + d * across + a];
      for (let b = 0; b <= a; b++) scatter[(j * d + a) * d + b] += sums[own + 2 + a * across + b];
    }
  }
}
