import type { Kernels } from './kernels';

/** The kernels of components that share one covariance by those of any covariances: exact wherever these are, but slower. */
export function createTiedByGaussian({
  gaussianStep,
  gaussianPosteriors,
}: Pick<Kernels, 'gaussianStep' | 'gaussianPosteriors'>): Pick<Kernels, 'tiedStep' | 'tiedPosteriors'> {
  const known = new WeakMap<Float64Array, Float64Array>();

  /** `factor`, k times: the same array for the same factor, so that what follows from it is found once. */
  function repeated(factor: Float64Array, k: number): Float64Array {
    let factors = known.get(factor);
    if (factors?.length !== k * factor.length) {
      factors = new Float64Array(k * factor.length);
      for (let j = 0; j < k; j++) factors.set(factor, j * factor.length);
      known.set(factor, factors);
    }
    return factors;
  }

  return {
    tiedStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      const scatters = new Float64Array(k * d * d);
      const logLikelihood = gaussianStep(
        x,
        from,
        to,
        d,
        weight,
        mean,
        repeated(factor, k),
        logScale,
        k,
        count,
        sum,
        scatters,
      );
      scatters.forEach((value, i) => (scatter[i % (d * d)] += value));
      return logLikelihood;
    },
    tiedPosteriors: (x, from, to, d, mean, factor, logScale, k, out, logDensity) =>
      gaussianPosteriors(x, from, to, d, mean, repeated(factor, k), logScale, k, out, logDensity),
  };
}
