import { bufferOf, type Arena } from '../memory';
import type { ObservedKernels } from '../observed';
import { addDiagonalSums } from './diagonal';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt } from './frame';
import { createRowOrders } from './rowOrder';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

type Kind = 'diagonalLogDensities' | 'diagonalStep' | 'weightedSquares';

/** The kernels of Gaussians along the axes for rows with missing cells, compiled. */
export function createObservedDiagonal(exports: KernelExports, arena: Arena): Pick<ObservedKernels, Kind> {
  const orderOf = createRowOrders();

  return {
    diagonalStep(x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) {
      const order = orderOf(x, from, to, d);
      const sumLength = k * (2 * d + 1);
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight }, [
        order.byteLength,
        packParameters(mean, inverseDeviation, logScale, k, d),
        exports.observedDiagonalScratchBytes(d, k),
        sumLength * numberBytes,
        k * d * numberBytes,
      ]);
      const [orderAt, parametersAt, scratch, sumsAt, unseenAt] = addresses;
      new Uint32Array(bufferOf(arena.memory), orderAt, order.length).set(order);
      const sums = numbersAt(arena, sumsAt, sumLength).fill(0);
      const unseen = numbersAt(arena, unseenAt, k * d).fill(0);
      const logLikelihood = exports.observedDiagonalStep(
        rows.x,
        orderAt,
        to - from,
        d,
        rows.weight,
        k,
        parametersAt,
        scratch,
        sumsAt,
        unseenAt,
      );
      addSums(sums, unseen, inverseDeviation, k, d, count, sum, square);
      return logLikelihood;
    },

    diagonalLogDensities(x, from, to, d, mean, inverseDeviation, logScale, k, out) {
      const n = to - from;
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight: null }, [
        packParameters(mean, inverseDeviation, logScale, k, d),
        exports.observedDiagonalScratchBytes(d, k),
        n * k * numberBytes,
      ]);
      const [parametersAt, scratch, outAt] = addresses;
      exports.observedDiagonalLogDensities(rows.x, n, d, k, parametersAt, scratch, outAt);
      out.set(numbersAt(arena, outAt, n * k));
    },

    weightedSquares(x, from, to, d, membership, mean, inverseDeviation, k, count, sum, square) {
      const n = to - from;
      const sumLength = k * (2 * d + 1);
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight: null }, [
        membership.subarray(0, n * k),
        mean,
        exports.observedDiagonalScratchBytes(d, k),
        sumLength * numberBytes,
        k * d * numberBytes,
      ]);
      const [membershipAt, meanAt, scratch, sumsAt, unseenAt] = addresses;
      const sums = numbersAt(arena, sumsAt, sumLength).fill(0);
      const unseen = numbersAt(arena, unseenAt, k * d).fill(0);
      exports.observedSquares(rows.x, n, d, k, membershipAt, meanAt, scratch, sumsAt, unseenAt);
      addSums(sums, unseen, inverseDeviation, k, d, count, sum, square);
    },
  };
}

/** Adds what a kernel gathered: for each component count, sums, sums of squares; missing cells with their variance. */
function addSums(
  sums: Float64Array,
  unseen: Float64Array,
  inverseDeviation: Float64Array,
  k: number,
  d: number,
  count: Float64Array,
  sum: Float64Array,
  square: Float64Array,
): void {
  addDiagonalSums(sums, k, d, count, sum, square);
  for (let i = 0; i < k * d; i++) square[i] += unseen[i] / (inverseDeviation[i] * inverseDeviation[i]);
}

/** For each component: mean, one over the deviation, log scale, what a missing cell adds to it. */
function packParameters(
  mean: Float64Array,
  inverseDeviation: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const stride = 3 * d + 1;
  const packed = new Float64Array(k * stride);
  for (let j = 0; j < k; j++) {
    packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
    packed.set(inverseDeviation.subarray(j * d, (j + 1) * d), j * stride + d);
    packed[j * stride + 2 * d] = logScale[j];
    for (let a = 0; a < d; a++)
      packed[j * stride + 2 * d + 1 + a] =
        0.5 * Math.log(2 * Math.PI) - Math.log(inverseDeviation[j * d + a]);
  }
  return packed;
}
