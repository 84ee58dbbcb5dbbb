import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runDensities, runMoments, runStep } from './frame';
import { createGaussianParameters } from './gaussianParameters';
import { addGaussianSums, gaussianSumLength } from './gaussianSums';

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
        k * gaussianSumLength(d),
      );
      addGaussianSums(sums, k, d, count, sum, scatter);
      return logLikelihood;
    },

    weightedScatter(x, from, to, d, membership, centre, k, count, sum, scatter) {
      const called = { x, from, to, d, weight: null };
      const scratchBytes = exports.scatterScratchBytes(d, k);
      const length = k * gaussianSumLength(d);
      const sums = runMoments(
        ...([arena, exports.weightedScatter, called, k, membership, centre, scratchBytes, length] as const),
      );
      addGaussianSums(sums, k, d, count, sum, scatter);
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
