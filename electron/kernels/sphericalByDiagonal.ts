import type { Kernels } from './kernels';

/** The step of spherical components by that of components along the axes: exact wherever that is, but slower. */
export function createSphericalByDiagonal({
  diagonalStep,
}: Pick<Kernels, 'diagonalStep'>): Kernels['sphericalStep'] {
  return (x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) => {
    const squares = new Float64Array(k * d);
    const deviation = Float64Array.from(mean, (_, i) => Math.sqrt(inverseVariance[Math.floor(i / d)]));
    const logLikelihood = diagonalStep(
      ...([x, from, to, d, weight, mean, deviation, logScale, k, count, sum, squares] as const),
    );
    squares.forEach((value, i) => (square[Math.floor(i / d)] += value));
    return logLikelihood;
  };
}
