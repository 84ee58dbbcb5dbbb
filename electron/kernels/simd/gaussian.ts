import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runDensities, runStep } from './frame';
import { createGaussianParameters } from './gaussianParameters';

const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The kernels of Gaussians with any covariance, compiled. */
export function createGaussian(
  exports: KernelExports,
  arena: Arena,
): Pick<Kernels, 'gaussianStep' | 'gaussianLogDensities' | 'gaussianPosteriors'> {
  const parametersOf = createGaussianParameters();

  return {
    gaussianStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      const across = threes(d);
      const sumLength = 2 + threes(d + 1) * across;
      const { logLikelihood, sums } = runStep(
        arena,
        exports.gaussianStep,
        { x, from, to, d, weight },
        k,
        parametersOf(mean, factor, logScale, k, d),
        exports.gaussianScratchBytes(d, k),
        k * sumLength,
      );
      for (let j = 0; j < k; j++) {
        const own = j * sumLength;
        count[j] += sums[own];
        for (let a = 0; a < d; a++) {
          sum[j * d + a] += sums[own + 2 + d * across + a];
          for (let b = 0; b <= a; b++) scatter[(j * d + a) * d + b] += sums[own + 2 + a * across + b];
        }
      }
      return logLikelihood;
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
