import type { Kernels } from './kernels';

/** The kernels of spherical components by those of components along the axes: exact wherever these are, but slower. */
export function createSphericalByDiagonal({
  diagonalStep,
  diagonalPosteriors,
}: Pick<Kernels, 'diagonalStep' | 'diagonalPosteriors'>): Pick<
  Kernels,
  'sphericalStep' | 'sphericalPosteriors'
> {
  const byFeature = (inverseVariance: Float64Array, d: number): Float64Array =>
    Float64Array.from({ length: inverseVariance.length * d }, (_, i) =>
      Math.sqrt(inverseVariance[Math.floor(i / d)]),
    );
  return {
    sphericalStep(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) {
      const squares = new Float64Array(k * d);
      const deviation = byFeature(inverseVariance, d);
      const logLikelihood = diagonalStep(
        x,
        from,
        to,
        d,
        weight,
        mean,
        deviation,
        logScale,
        k,
        count,
        sum,
        squares,
      );
      squares.forEach((value, i) => (square[Math.floor(i / d)] += value));
      return logLikelihood;
    },
    sphericalPosteriors: (x, from, to, d, mean, inverseVariance, logScale, k, out, logDensity) =>
      diagonalPosteriors(x, from, to, d, mean, byFeature(inverseVariance, d), logScale, k, out, logDensity),
  };
}
