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
      const called = { x, from, to, d, weight };
      const { logLikelihood, sums } = runStep(arena, exports.gaussianStep, called, {
        k,
        parameters: parametersOf(mean, factor, logScale, k, d),
        scratchBytes: exports.gaussianScratchBytes(d, k),
        sumLength: k * gaussianSumLength(d),
      });
      addGaussianSums(sums, k, d, count, sum, scatter);
      return logLikelihood;
    },

    weightedScatter(x, from, to, d, membership, centre, k, count, sum, scatter) {
      const called = { x, from, to, d, weight: null };
      const sums = runMoments(arena, exports.weightedScatter, called, {
        k,
        membership,
        centre,
        scratchBytes: exports.scatterScratchBytes(d, k),
        sumLength: k * gaussianSumLength(d),
      });
      addGaussianSums(sums, k, d, count, sum, scatter);
    },

    gaussianLogDensities(x, from, to, d, mean, factor, logScale, k, out) {
      const called = { x, from, to, d, weight: null };
      const parameters = parametersOf(mean, factor, logScale, k, d);
      runDensities(arena, exports, 'gaussianLogDensities', called, { k, parameters, out, logDensity: null });
    },

    gaussianPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity) {
      const called = { x, from, to, d, weight: null };
      const parameters = parametersOf(mean, factor, logScale, k, d);
      runDensities(arena, exports, 'gaussianLogDensities', called, { k, parameters, out, logDensity });
    },
  };
}
