import { bufferOf, type Arena } from '../memory';
import type { ObservedKernels } from '../observed';
import { precisionMatrix } from '../triangularInverse';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt } from './frame';
import { createGaussianParameters } from './gaussianParameters';
import { addGaussianSums, gaussianSumLength } from './gaussianSums';
import { even } from './linearSums';
import { createRowOrders } from './rowOrder';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

type Kind = 'gaussianLogDensities' | 'gaussianStep' | 'weightedScatter';

/** The kernels of Gaussians with any covariance for rows with missing cells, compiled. */
export function createObservedGaussian(exports: KernelExports, arena: Arena): Pick<ObservedKernels, Kind> {
  const parametersOf = createGaussianParameters();
  const tableOf = createTables();
  const orderOf = createRowOrders();

  return {
    gaussianStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      const order = orderOf(x, from, to, d);
      const length = k * gaussianSumLength(d);
      const spreadLength = d * d * even(k);
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight }, [
        order.byteLength,
        parametersOf(mean, factor, logScale, k, d),
        tableOf(mean, factor, k, d),
        exports.observedScratchBytes(d, k),
        length * numberBytes,
        spreadLength * numberBytes,
      ]);
      const [orderAt, parametersAt, tableAt, scratch, sumsAt, spreadAt] = addresses;
      new Uint32Array(bufferOf(arena.memory), orderAt, order.length).set(order);
      const sums = numbersAt(arena, sumsAt, length).fill(0);
      const spread = numbersAt(arena, spreadAt, spreadLength).fill(0);
      const logLikelihood = exports.observedStep(
        rows.x,
        orderAt,
        to - from,
        d,
        rows.weight,
        k,
        parametersAt,
        tableAt,
        scratch,
        sumsAt,
        spreadAt,
      );
      addGaussianSums(sums, k, d, count, sum, scatter);
      addSpread(spread, k, d, scatter);
      return logLikelihood;
    },

    gaussianLogDensities(x, from, to, d, mean, factor, logScale, k, out) {
      const n = to - from;
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight: null }, [
        parametersOf(mean, factor, logScale, k, d),
        tableOf(mean, factor, k, d),
        exports.observedScratchBytes(d, k),
        n * k * numberBytes,
      ]);
      const [parametersAt, tableAt, scratch, outAt] = addresses;
      exports.observedLogDensities(rows.x, n, d, k, parametersAt, tableAt, scratch, outAt);
      out.set(numbersAt(arena, outAt, n * k));
    },

    weightedScatter(x, from, to, d, membership, mean, factor, k, count, sum, scatter) {
      const n = to - from;
      const length = k * gaussianSumLength(d);
      const spreadLength = d * d * even(k);
      const { rows, addresses } = layOutRows(arena, { x, from, to, d, weight: null }, [
        membership.subarray(0, n * k),
        mean,
        tableOf(mean, factor, k, d),
        exports.observedScratchBytes(d, k),
        length * numberBytes,
        spreadLength * numberBytes,
      ]);
      const [membershipAt, meanAt, tableAt, scratch, sumsAt, spreadAt] = addresses;
      const sums = numbersAt(arena, sumsAt, length).fill(0);
      const spread = numbersAt(arena, spreadAt, spreadLength).fill(0);
      exports.observedScatter(rows.x, n, d, k, membershipAt, meanAt, tableAt, scratch, sumsAt, spreadAt);
      addGaussianSums(sums, k, d, count, sum, scatter);
      addSpread(spread, k, d, scatter);
    },
  };
}

/** Precisions and means, components side by side, as `source/observedGaussian.ts` describes; precisions are found once for each array of factors. */
function createTables(): (mean: Float64Array, factor: Float64Array, k: number, d: number) => Float64Array {
  const known = new WeakMap<Float64Array, Float64Array>();
  return (mean, factor, k, d) => {
    const width = even(k);
    let table = known.get(factor);
    if (!table) {
      table = new Float64Array((d + 1) * d * width);
      for (let j = 0; j < width; j++) {
        const precision = j < k ? precisionMatrix(factor, j * d * d, d) : null;
        for (let i = 0; i < d * d; i++)
          table[i * width + j] = precision === null ? Number(i % (d + 1) === 0) : precision[i];
      }
      known.set(factor, table);
    }
    for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) table[(d * d + a) * width + j] = mean[j * d + a];
    return table;
  };
}

/** Adds lower triangles that stand side by side to scatters. */
function addSpread(spread: Float64Array, k: number, d: number, scatter: Float64Array): void {
  const width = even(k);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++)
      for (let j = 0; j < k; j++) scatter[(j * d + a) * d + b] += spread[(a * d + b) * width + j];
}
