import type { Kernels } from '../kernels';
import { bufferOf, type Arena } from '../memory';
import { addDiagonalSums } from './diagonal';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, type CalledRows } from './frame';
import { addGaussianSums, gaussianSumLength } from './gaussianSums';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Where the arrays of a call over labelled rows lie. */
interface Places {
  readonly x: number;
  readonly label: number;
  readonly weight: number;
  readonly centre: number;
  readonly scratch: number;
  readonly sums: number;
}

/** The moments of rows that each belong whole to one component, compiled. */
export function createLabelled(
  exports: KernelExports,
  arena: Arena,
): Pick<Kernels, 'labelledSums' | 'labelledSquares' | 'labelledScatter'> {
  /** Lays out a call and runs it; returns the sums it gathered, a view that lasts until the next call. */
  function run(
    called: CalledRows,
    label: Int32Array,
    centre: Float64Array | null,
    scratchBytes: number,
    sumLength: number,
    kernel: (n: number, places: Places) => void,
  ): Float64Array {
    const n = called.to - called.from;
    const own = label.subarray(0, n);
    const { rows, addresses } = layOutRows(arena, called, [
      own.byteLength,
      centre ?? 0,
      scratchBytes,
      sumLength * numberBytes,
    ]);
    const [labelAt, centreAt, scratch, sumsAt] = addresses;
    new Int32Array(bufferOf(arena.memory), labelAt, n).set(own);
    const sums = numbersAt(arena, sumsAt, sumLength);
    sums.fill(0);
    kernel(n, { ...rows, label: labelAt, centre: centreAt, scratch, sums: sumsAt });
    return sums;
  }

  return {
    labelledSums(x, from, to, d, label, weight, count, sum) {
      const k = count.length;
      const called = { x, from, to, d, weight };
      const sums = run(called, label, null, 0, k * (d + 1), (n, at) =>
        exports.labelledSums(at.x, n, d, at.label, at.weight, at.sums),
      );
      for (let j = 0; j < k; j++) {
        count[j] += sums[j * (d + 1)];
        for (let a = 0; a < d; a++) sum[j * d + a] += sums[j * (d + 1) + 1 + a];
      }
    },

    labelledSquares(x, from, to, d, label, weight, centre, k, count, sum, square) {
      const called = { x, from, to, d, weight };
      const sums = run(called, label, centre, 0, k * (2 * d + 1), (n, at) =>
        exports.labelledSquares(at.x, n, d, at.label, at.weight, at.centre, at.sums),
      );
      addDiagonalSums(sums, k, d, count, sum, square);
    },

    labelledScatter(x, from, to, d, label, weight, centre, k, count, sum, scatter) {
      const called = { x, from, to, d, weight };
      const scratchBytes = exports.labelledScratchBytes(d, k);
      const sums = run(called, label, centre, scratchBytes, k * gaussianSumLength(d), (n, at) =>
        exports.labelledScatter(at.x, n, d, k, at.label, at.weight, at.centre, at.scratch, at.sums),
      );
      addGaussianSums(sums, k, d, count, sum, scatter);
    },
  };
}
