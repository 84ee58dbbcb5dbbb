import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { doubledPrecision, triangularInverse } from '../triangularInverse';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, runDensities, runStep, type CalledRows } from './frame';
import { addLinearSums, even, linearSumStride, mostCancellation } from './linearSums';
import { pairRows } from './pairRows';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;
const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The weighted scatter of the rows of one call about zero: constant while a fit runs. */
interface Total {
  readonly weight: number;
  /** d x d, lower triangle. */
  readonly scatter: Float64Array;
}

/** What follows from factor W^-1 and means alone. */
interface Shape {
  /** A = W'W, twice below the diagonal: times the lower triangle of T it gives trace(A T). */
  readonly precision: Float64Array;
  /** k, m'A m. */
  readonly square: Float64Array;
  /** What `tiedPosteriors` in the sources reads; `tiedStep` reads its front. Where base goes, scales are not yet in. */
  readonly parameters: Float64Array;
}

/**
 * The kernels of components that share one covariance, compiled. Memberships need only what differs between components,
 * which is linear in x. The rest of the log-likelihood and the scatter within components come from the scatter T of all
 * rows about zero, which never changes: sum w x'A x = trace(A T), and
 * sum r (x - m_j)(x - m_j)' = T - sum_j (s_j m_j' + m_j s_j' - n_j m_j m_j') with s_j = sum r_j x.
 * Rows of a fit are centred; where they are so far from zero, or groups so far apart, that the differences would lose
 * digits, `careful` does it.
 */
export function createTied(
  exports: KernelExports,
  arena: Arena,
  careful: Pick<Kernels, 'tiedStep' | 'tiedPosteriors'>,
): Pick<Kernels, 'tiedStep' | 'tiedPosteriors'> {
  const totals = new WeakMap<Float64Array, Map<string, Total>>();
  const shapes = new WeakMap<Float64Array, Shape>();

  function totalOf(called: CalledRows): Total {
    let known = totals.get(called.x);
    if (!known) totals.set(called.x, (known = new Map()));
    const key = `${called.from}-${called.to}-${called.weight !== null}`;
    let total = known.get(key);
    if (!total) known.set(key, (total = scatterOf(exports, arena, called)));
    return total;
  }

  function shapeOf(factor: Float64Array, mean: Float64Array, k: number, d: number): Shape {
    let shape = shapes.get(factor);
    if (!shape) shapes.set(factor, (shape = shapeFor(factor, mean, k, d)));
    return shape;
  }

  return {
    tiedStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      if (to <= from) return 0;
      const called = { x, from, to, d, weight };
      const total = totalOf(called);
      const shape = shapeOf(factor, mean, k, d);
      let spread = 0;
      for (let i = 0; i < d * d; i++) spread += shape.precision[i] * total.scatter[i];
      if (!(spread <= mostCancellation * d * total.weight))
        return careful.tiedStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter);

      const stride = linearSumStride(d);
      const { logLikelihood, sums } = runStep(arena, exports.tiedStep, called, {
        k,
        parameters: scaled(shape, logScale).subarray(0, (d + 1) * even(k)),
        scratchBytes: exports.linearScratchBytes(d, k),
        sumLength: k * stride,
      });
      const within = scatterWithin(total.scatter, sums, mean, k, d);
      for (let i = 0; i < d * d; i += d + 1)
        if (total.scatter[i] > mostCancellation * within[i])
          return careful.tiedStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter);

      for (let i = 0; i < d * d; i++) scatter[i] += within[i];
      addLinearSums(sums, stride, mean, k, d, count, sum);
      return logLikelihood - 0.5 * spread;
    },

    tiedPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity) {
      const shape = shapeOf(factor, mean, k, d);
      if (!shape.square.every((value) => value <= mostCancellation * d))
        return careful.tiedPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity);
      const called = { x, from, to, d, weight: null };
      const parameters = scaled(shape, logScale);
      runDensities(arena, exports, 'tiedPosteriors', called, { k, parameters, out, logDensity });
    },
  };
}

/** Scatter of the rows of a call about zero. */
function scatterOf(exports: KernelExports, arena: Arena, called: CalledRows): Total {
  const { from, to, d } = called;
  const across = threes(d);
  const length = 2 + threes(d + 1) * across;
  const { rows, addresses } = layOutRows(arena, called, [
    new Float64Array(d),
    exports.gaussianScratchBytes(d, 2),
    length * numberBytes,
  ]);
  const [centreAt, scratch, sumsAt] = addresses;
  const sums = numbersAt(arena, sumsAt, length);
  sums.fill(0);
  exports.totalScatter(rows.x, to - from, d, rows.weight, centreAt, scratch, sumsAt);
  const scatter = new Float64Array(d * d);
  for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) scatter[a * d + b] = sums[2 + a * across + b];
  return { weight: sums[0], scatter };
}

/** T - sum_j (s_j m_j' + m_j s_j' - n_j m_j m_j'), lower triangle, of the sums n_j, s_j of each component. */
function scatterWithin(
  total: Float64Array,
  sums: Float64Array,
  mean: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const within = total.slice();
  const half = new Float64Array(d);
  for (let j = 0; j < k; j++) {
    const own = j * linearSumStride(d);
    const m = j * d;
    for (let a = 0; a < d; a++) half[a] = sums[own + 1 + a] - 0.5 * sums[own] * mean[m + a];
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++) within[a * d + b] -= half[a] * mean[m + b] + mean[m + a] * half[b];
  }
  return within;
}

function shapeFor(factor: Float64Array, mean: Float64Array, k: number, d: number): Shape {
  const inverse = triangularInverse(factor, 0, d);
  const precision = new Float64Array(d * d);
  doubledPrecision(inverse, d, precision, 0);
  const square = new Float64Array(k);
  const width = even(k);
  const tableLength = (d + 1) * width;
  const parameters = new Float64Array(tableLength + d + 1 + (d * (d + 1)) / 2 + (d % 2) * d);
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++) {
      let turned = 0;
      for (let b = 0; b <= a; b++) turned += inverse[a * d + b] * mean[j * d + b];
      square[j] += turned * turned;
      for (let b = 0; b <= a; b++) parameters[(b + 1) * width + j] += inverse[a * d + b] * turned;
    }
  }
  pairRows(inverse, d, parameters, tableLength + d + 1);
  return { precision, square, parameters };
}

/** The parameters with base_j = logScale_j - m_j'A m_j / 2 in their place. */
function scaled({ square, parameters }: Shape, logScale: Float64Array): Float64Array {
  square.forEach((value, j) => (parameters[j] = logScale[j] - 0.5 * value));
  return parameters;
}
