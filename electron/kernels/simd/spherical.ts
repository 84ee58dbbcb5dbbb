import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, type CalledRows } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** What the kernel is told of the components: means k x d, as they are and turned, one over the variances, log scales. */
export interface SphericalParameters {
  readonly mean: Float64Array;
  readonly turned: Float64Array;
  readonly inverseVariance: Float64Array;
  readonly logScale: Float64Array;
}

/**
 * Runs the kernel of spherical components over rows, turned by `whitening` unless it is null. Returns the
 * log-likelihood with its sums: for each component count, sums about the mean (d), sum of squares.
 */
export function runSphericalStep(
  exports: KernelExports,
  arena: Arena,
  called: CalledRows,
  k: number,
  parameters: SphericalParameters,
  whitening: Float64Array | null,
): { logLikelihood: number; sums: Float64Array } {
  const { d, from, to } = called;
  const packed = packSpherical(parameters, k, d);
  const { rows, addresses } = layOutRows(arena, called, [
    packed,
    whitening ?? 0,
    exports.sphericalScratchBytes(d, k),
    k * (d + 2) * numberBytes,
  ]);
  const [parametersAt, whiteningAt, scratch, sumsAt] = addresses;
  const sums = numbersAt(arena, sumsAt, k * (d + 2));
  sums.fill(0);
  const turn = whitening === null ? 0 : whiteningAt;
  const logLikelihood = exports.sphericalStep(
    ...([rows.x, to - from, d, rows.weight, k, parametersAt, turn, scratch, sumsAt] as const),
  );
  return { logLikelihood, sums };
}

/** For each component: mean as it is turned, one over the variance, log scale, mean. */
export function packSpherical(
  { mean, turned, inverseVariance, logScale }: SphericalParameters,
  k: number,
  d: number,
): Float64Array {
  const stride = 2 * d + 2;
  const packed = new Float64Array(k * stride);
  for (let j = 0; j < k; j++) {
    packed[j * stride + d] = inverseVariance[j];
    packed[j * stride + d + 1] = logScale[j];
    for (let a = 0; a < d; a++) {
      packed[j * stride + a] = turned[j * d + a];
      packed[j * stride + d + 2 + a] = mean[j * d + a];
    }
  }
  return packed;
}

/** The fused step of spherical components, compiled. */
export function createSphericalStep(exports: KernelExports, arena: Arena): Kernels['sphericalStep'] {
  return (x, from, to, d, weight, mean, inverseVariance, logScale, k, count, sum, square) => {
    const called = { x, from, to, d, weight };
    const parameters = { mean, turned: mean, inverseVariance, logScale };
    const { logLikelihood, sums } = runSphericalStep(exports, arena, called, k, parameters, null);
    for (let j = 0; j < k; j++) {
      const own = j * (d + 2);
      count[j] += sums[own];
      for (let a = 0; a < d; a++) sum[j * d + a] += sums[own + 1 + a];
      square[j] += sums[own + 1 + d];
    }
    return logLikelihood;
  };
}
