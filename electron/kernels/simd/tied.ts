import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, type CalledRows } from './frame';
import { runSphericalStep } from './spherical';
import { triangularInverse } from './triangularInverse';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;
const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The weighted scatter of the rows of one call about their mean: constant while a fit runs. */
interface Total {
  readonly centre: Float64Array;
  readonly weight: number;
  /** d x d, symmetric. */
  readonly scatter: Float64Array;
}

/**
 * How many times the scatter within components the total may be: their difference loses so much precision, here four
 * of sixteen digits at most.
 */
const mostCancellation = 1e4;

/**
 * The fused step of components that share one covariance, compiled. Rows are turned once so that the covariance is the
 * identity; the scatter within components is the total, which never changes, less that of the means: with
 * x - centre = e + c_j, sum r (x - centre)(x - centre)' = sum r e e' + s_j c_j' + c_j s_j' + n_j c_j c_j'.
 * Where groups are so far apart that the difference would lose digits, `careful` does the step.
 */
export function createTiedStep(
  exports: KernelExports,
  arena: Arena,
  careful: Kernels['tiedStep'],
): Kernels['tiedStep'] {
  const totals = new WeakMap<Float64Array, Map<string, Total>>();
  const inverses = new WeakMap<Float64Array, { inverse: Float64Array; precision: Float64Array }>();

  function totalOf(called: CalledRows): Total {
    let known = totals.get(called.x);
    if (!known) totals.set(called.x, (known = new Map()));
    const key = `${called.from}-${called.to}-${called.weight !== null}`;
    let total = known.get(key);
    if (!total) known.set(key, (total = scatterOf(exports, arena, called)));
    return total;
  }

  function inverseOf(factor: Float64Array, d: number): { inverse: Float64Array; precision: Float64Array } {
    let known = inverses.get(factor);
    if (!known) {
      const inverse = triangularInverse(factor, 0, d);
      inverses.set(factor, (known = { inverse, precision: precisionOf(inverse, d) }));
    }
    return known;
  }

  return (x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) => {
    if (to <= from) return 0;
    const called = { x, from, to, d, weight };
    const total = totalOf(called);
    const { inverse, precision } = inverseOf(factor, d);
    const spread = total.scatter.reduce((sum, value, i) => sum + value * precision[i], 0);
    if (!(spread <= mostCancellation * d * total.weight))
      return careful(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter);

    const shift = mean.map((value, i) => value - total.centre[i % d]);
    const parameters = {
      mean: turned(inverse, shift, k, d),
      inverseVariance: new Float64Array(k).fill(1),
      logScale,
    };
    const whitening = packWhitening(total.centre, inverse, d);
    const { logLikelihood, sums } = runSphericalStep(exports, arena, called, k, parameters, whitening);
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) scatter[a * d + b] += total.scatter[a * d + b];
    const s = new Float64Array(d);
    for (let j = 0; j < k; j++) {
      const own = j * (d + 2);
      const n = sums[own];
      count[j] += n;
      for (let a = 0; a < d; a++) {
        // Back from y to x: s = L (sum r (y - mean)).
        s[a] = 0;
        for (let b = 0; b <= a; b++) s[a] += factor[a * d + b] * sums[own + 1 + b];
        sum[j * d + a] += s[a];
        const c = shift[j * d + a];
        for (let b = 0; b <= a; b++) {
          const e = shift[j * d + b];
          scatter[a * d + b] -= s[a] * e + c * s[b] + n * c * e;
        }
      }
    }
    return logLikelihood;
  };
}

/** Scatter of rows about their plain mean. */
function scatterOf(exports: KernelExports, arena: Arena, called: CalledRows): Total {
  const { x, from, to, d } = called;
  const centre = new Float64Array(d);
  for (let i = from; i < to; i++) for (let a = 0; a < d; a++) centre[a] += x[i * d + a];
  for (let a = 0; a < d; a++) centre[a] /= to - from;
  const across = threes(d);
  const length = 2 + threes(d + 1) * across;
  const { rows, addresses } = layOutRows(arena, called, [
    centre,
    exports.gaussianScratchBytes(d, 2),
    length * numberBytes,
  ]);
  const [centreAt, scratch, sumsAt] = addresses;
  const sums = numbersAt(arena, sumsAt, length);
  sums.fill(0);
  exports.totalScatter(rows.x, to - from, d, rows.weight, centreAt, scratch, sumsAt);
  const scatter = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) scatter[a * d + b] = scatter[b * d + a] = sums[2 + a * across + b];
  return { centre, weight: sums[0], scatter };
}

/** W'W, the inverse of the covariance: sum P_ab T_ab is the sum of squares of turned rows. */
function precisionOf(inverse: Float64Array, d: number): Float64Array {
  const precision = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let a = 0; a <= i; a++)
      for (let b = 0; b <= i; b++) precision[a * d + b] += inverse[i * d + a] * inverse[i * d + b];
  return precision;
}

/** W times each of k vectors. */
function turned(inverse: Float64Array, vectors: Float64Array, k: number, d: number): Float64Array {
  const out = new Float64Array(k * d);
  for (let j = 0; j < k; j++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++) out[j * d + a] += inverse[a * d + b] * vectors[j * d + b];
  return out;
}

/** Centre and W as `source/sphericalStep.ts` reads them. */
function packWhitening(centre: Float64Array, inverse: Float64Array, d: number): Float64Array {
  const packed = new Float64Array(d + (d * (d + 1)) / 2);
  packed.set(centre);
  let at = d;
  for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) packed[at++] = inverse[a * d + b];
  return packed;
}
