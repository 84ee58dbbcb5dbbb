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
  const shapes = new WeakMap<Float64Array, Shape>();

  /** Computed once for each array of variances; scales are put in at each call. */
  function shapeOf(
    mean: Float64Array,
    inverseVariance: Float64Array,
    logScale: Float64Array,
    k: number,
    d: number,
  ): Shape {
    let shape = shapes.get(inverseVariance);
    if (shape?.mean !== mean) shapes.set(inverseVariance, (shape = shapeFor(mean, inverseVariance, k, d)));
    for (let j = 0; j < k; j++) shape.table[j] = logScale[j] - shape.beyond[j];
    return shape;
  }

  return {
    sphericalStep(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) {
      const doCarefully = (): number =>
        careful.sphericalStep(x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square);
      const { square: squareOfMean, table, isFar } = shapeOf(mean, inverseVariance, logScale, k, d);
      if (isFar) return doCarefully();
      const squareAt = linearSumStride(d);
      const stride = squareAt + 1;
      const called = { x, from, to, d, weight };
      const { logLikelihood, sums } = runStep(arena, exports.sphericalStep, called, {
        k,
        parameters: table,
        scratchBytes: exports.linearScratchBytes(d, k),
        sumLength: k * stride,
      });
      const within = new Float64Array(k);
      for (let j = 0; j < k; j++) {
        const own = j * stride;
        let product = 0;
        for (let a = 0; a < d; a++) product += mean[j * d + a] * sums[own + 1 + a];
        within[j] = sums[own + squareAt] - 2 * product + sums[own] * squareOfMean[j];
        if (!(mostCancellation * within[j] >= sums[own + squareAt])) return doCarefully();
      }
      addLinearSums(sums, stride, mean, k, d, count, sum);
      for (let j = 0; j < k; j++) square[j] += within[j];
      return logLikelihood;
    },

    sphericalPosteriors(x, from, to, d, mean, inverseVariance, logScale, k, out, logDensity) {
      const { table, isFar } = shapeOf(mean, inverseVariance, logScale, k, d);
      if (isFar) {
        careful.sphericalPosteriors(x, from, to, d, mean, inverseVariance, logScale, k, out, logDensity);
        return;
      }
      const called = { x, from, to, d, weight: null };
      runDensities(arena, exports, 'sphericalPosteriors', called, { k, parameters: table, out, logDensity });
    },
  };
}

/** What follows from means and variances alone. */
interface Shape {
  readonly mean: Float64Array;
  /** k, |m|^2. */
  readonly square: Float64Array;
  /** What the kernels in the sources read, scales not yet in. */
  readonly table: Float64Array;
  /** k, what a scale is more than its place in the table. */
  readonly beyond: Float64Array;
  /** Whether a density would lose too many digits. */
  readonly isFar: boolean;
}

function shapeFor(mean: Float64Array, inverseVariance: Float64Array, k: number, d: number): Shape {
  const width = even(k);
  const table = new Float64Array((d + 2) * width);
  const square = new Float64Array(k);
  const beyond = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    for (let i = j * d; i < (j + 1) * d; i++) square[j] += mean[i] * mean[i];
    beyond[j] = 0.5 * inverseVariance[j] * square[j];
    for (let a = 0; a < d; a++) table[(a + 1) * width + j] = inverseVariance[j] * mean[j * d + a];
    table[(d + 1) * width + j] = -0.5 * inverseVariance[j];
  }
  const isFar = !beyond.every((value) => 2 * value <= mostCancellation * d);
  return { mean, square, table, beyond, isFar };
}
