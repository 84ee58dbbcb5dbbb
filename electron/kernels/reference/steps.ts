import type { Kernels } from '../kernels';
import { scratch } from './scratch';

/** Rows worked at once, so that their log densities stay in the cache. By measurement: 128 to 1024 are alike. */
const blockRows = 256;

type Parts = Pick<
  Kernels,
  'gaussianLogDensities' | 'diagonalLogDensities' | 'memberships' | 'weightedSquares' | 'weightedScatter'
>;

type Steps = 'gaussianStep' | 'diagonalStep';

type Posteriors = 'gaussianPosteriors' | 'diagonalPosteriors';

/** Memberships composed of log densities and their normalisation. */
export function createPosteriors(kernels: Parts): Pick<Kernels, Posteriors> {
  return {
    gaussianPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity) {
      kernels.gaussianLogDensities(x, from, to, d, mean, factor, logScale, k, out);
      kernels.memberships(out, to - from, k, null, from, false, logDensity);
    },
    diagonalPosteriors(x, from, to, d, mean, inverseDeviation, logScale, k, out, logDensity) {
      kernels.diagonalLogDensities(x, from, to, d, mean, inverseDeviation, logScale, k, out);
      kernels.memberships(out, to - from, k, null, from, false, logDensity);
    },
  };
}

/** Whole E-steps, composed of their parts block by block. */
export function createSteps(kernels: Parts): Pick<Kernels, Steps> {
  const jointScratch = scratch();

  /** Visits blocks of rows between densities and moments; returns the log-likelihood. */
  function step(
    from: number,
    to: number,
    k: number,
    weight: Float64Array | null,
    densities: (start: number, end: number, joint: Float64Array) => void,
    moments: (start: number, end: number, joint: Float64Array) => void,
  ): number {
    const joint = jointScratch(blockRows * k);
    let logLikelihood = 0;
    for (let start = from; start < to; start += blockRows) {
      const end = Math.min(to, start + blockRows);
      densities(start, end, joint);
      logLikelihood += kernels.memberships(joint, end - start, k, weight, start, false, null);
      moments(start, end, joint);
    }
    return logLikelihood;
  }

  return {
    gaussianStep: (x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) =>
      step(
        from,
        to,
        k,
        weight,
        (start, end, joint) =>
          kernels.gaussianLogDensities(x, start, end, d, mean, factor, logScale, k, joint),
        (start, end, joint) => kernels.weightedScatter(x, start, end, d, joint, mean, k, count, sum, scatter),
      ),
    diagonalStep: (x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) =>
      step(
        from,
        to,
        k,
        weight,
        (start, end, joint) =>
          kernels.diagonalLogDensities(x, start, end, d, mean, inverseDeviation, logScale, k, joint),
        (start, end, joint) => kernels.weightedSquares(x, start, end, d, joint, mean, k, count, sum, square),
      ),
  };
}
