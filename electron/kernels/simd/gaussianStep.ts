import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { runStep } from './frame';

const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The fused step of Gaussians with any covariance, by the compiled kernel. */
export function createGaussianStep(exports: KernelExports, arena: Arena): Kernels['gaussianStep'] {
  /** Inverse factors in the order the kernel reads them, by the factors they were made from. */
  const inverses = new WeakMap<Float64Array, Float64Array>();

  return (x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) => {
    let inverse = inverses.get(factor);
    if (!inverse) {
      inverse = pairedInverses(factor, k, d);
      inverses.set(factor, inverse);
    }
    const across = threes(d);
    const sumLength = 2 + threes(d + 1) * across;
    const { logLikelihood, sums } = runStep(
      arena,
      exports.gaussianStep,
      { x, from, to, d, weight },
      k,
      packParameters(mean, logScale, inverse, k, d),
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
  };
}

/** Means, scales and inverse factors, component by component, as `source/gaussianStep.ts` describes them. */
function packParameters(
  mean: Float64Array,
  logScale: Float64Array,
  inverse: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const even = d + (d % 2);
  const inverseLength = (even * (even + 2)) / 2;
  const stride = even + 2 + inverseLength;
  const packed = new Float64Array(k * stride);
  for (let j = 0; j < k; j++) {
    packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
    packed[j * stride + even] = logScale[j];
    packed.set(inverse.subarray(j * inverseLength, (j + 1) * inverseLength), j * stride + even + 2);
  }
  return packed;
}

/**
 * The inverses of lower triangular factors, two rows side by side: (W_i0, W_i+1,0), (W_i1, W_i+1,1), ... An odd last
 * row is paired with zeros.
 *
 * Source: Golub and Van Loan (2013), section 3.1.1: forward substitution on the columns of the identity.
 */
function pairedInverses(factor: Float64Array, k: number, d: number): Float64Array {
  const even = d + (d % 2);
  const length = (even * (even + 2)) / 2;
  const paired = new Float64Array(k * length);
  const inverse = new Float64Array(d * d);
  for (let j = 0; j < k; j++) {
    const f = j * d * d;
    for (let i = 0; i < d; i++) {
      const reciprocal = 1 / factor[f + i * d + i];
      for (let b = 0; b < i; b++) inverse[i * d + b] = 0;
      for (let c = 0; c < i; c++) {
        const l = factor[f + i * d + c];
        for (let b = 0; b <= c; b++) inverse[i * d + b] -= l * inverse[c * d + b];
      }
      for (let b = 0; b < i; b++) inverse[i * d + b] *= reciprocal;
      inverse[i * d + i] = reciprocal;
      // Rows before this pair take (i' + 2) * 2 numbers each pair.
      const pair = i - (i % 2);
      const at = j * length + (pair * (pair + 2)) / 2 + (i % 2);
      for (let b = 0; b <= i; b++) paired[at + 2 * b] = inverse[i * d + b];
    }
  }
  return paired;
}
