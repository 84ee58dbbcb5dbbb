import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { doubledPrecision, triangularInverse } from '../triangularInverse';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, runDensities, type CalledRows } from './frame';
import { pairRows } from './pairRows';
import { packSpherical, runSphericalStep } from './spherical';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;
const threes = (n: number): number => 3 * Math.ceil(n / 3);

/** The weighted scatter of the rows of one call about the first row of all: constant while a fit runs. */
interface Total {
  readonly weight: number;
  /** d x d, lower triangle. */
  readonly scatter: Float64Array;
}

/** What follows from the parameters alone. */
interface Turn {
  /** The first row of all, and W, as the kernel reads them. */
  readonly whitening: Float64Array;
  /** The inverse of the covariance, twice below the diagonal: times the lower triangle of T it gives trace(W T W'). */
  readonly precision: Float64Array;
  /** k x d, means less the first row. */
  readonly shift: Float64Array;
  /** k x d, the same turned. */
  readonly mean: Float64Array;
}

/**
 * How many times the scatter within components the total may be: their difference loses so much precision, here three
 * of sixteen digits at most.
 */
const mostCancellation = 1e3;

/**
 * The kernels of components that share one covariance, compiled. Rows are turned once so that the covariance is the
 * identity; the scatter within components is the total, which never changes, less that of the means: with
 * x - centre = e + c_j, sum r (x - centre)(x - centre)' = sum r e e' + s_j c_j' + c_j s_j' + n_j c_j c_j'.
 * Where groups are so far apart that the difference would lose digits, `careful` does it.
 */
export function createTied(
  exports: KernelExports,
  arena: Arena,
  careful: Pick<Kernels, 'tiedStep' | 'tiedPosteriors'>,
): Pick<Kernels, 'tiedStep' | 'tiedPosteriors'> {
  const totals = new WeakMap<Float64Array, Map<string, Total>>();
  const turns = new WeakMap<Float64Array, Turn>();

  function totalOf(called: CalledRows): Total {
    let known = totals.get(called.x);
    if (!known) totals.set(called.x, (known = new Map()));
    const key = `${called.from}-${called.to}-${called.weight !== null}`;
    let total = known.get(key);
    if (!total) known.set(key, (total = scatterOf(exports, arena, called)));
    return total;
  }

  function turnedBy(factor: Float64Array, mean: Float64Array, x: Float64Array, k: number, d: number): Turn {
    let turn = turns.get(factor);
    if (!turn) turns.set(factor, (turn = turnOf(factor, mean, x.subarray(0, d), k, d)));
    return turn;
  }

  const tiedStep: Kernels['tiedStep'] = (
    ...[x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter]
  ) => {
    if (to <= from) return 0;
    const called = { x, from, to, d, weight };
    const total = totalOf(called);
    const turn = turnedBy(factor, mean, x, k, d);
    let spread = 0;
    for (let i = 0; i < d * d; i++) spread += turn.precision[i] * total.scatter[i];
    if (!(spread <= mostCancellation * d * total.weight))
      return careful.tiedStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter);

    const { whitening, shift } = turn;
    const parameters = { mean, turned: turn.mean, inverseVariance: new Float64Array(k).fill(1), logScale };
    const { logLikelihood, sums } = runSphericalStep(exports, arena, called, k, parameters, whitening);
    for (let i = 0; i < d * d; i++) scatter[i] += total.scatter[i];
    const half = new Float64Array(d);
    for (let j = 0; j < k; j++) {
      const own = j * (d + 2);
      const n = sums[own];
      const c = j * d;
      count[j] += n;
      for (let a = 0; a < d; a++) {
        const s = sums[own + 1 + a];
        sum[c + a] += s;
        half[a] = s + 0.5 * n * shift[c + a];
      }
      for (let a = 0; a < d; a++)
        for (let b = 0; b <= a; b++) scatter[a * d + b] -= half[a] * shift[c + b] + shift[c + a] * half[b];
    }
    return logLikelihood;
  };

  return {
    tiedStep,
    tiedPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity) {
      const turn = turnedBy(factor, mean, x, k, d);
      // Rows near means far from the centre would lose digits when they are turned.
      if (turn.mean.some((value) => value * value > mostCancellation * d))
        return careful.tiedPosteriors(x, from, to, d, mean, factor, logScale, k, out, logDensity);
      const parameters = { mean, turned: turn.mean, inverseVariance: new Float64Array(k).fill(1), logScale };
      const packed = Float64Array.of(...packSpherical(parameters, k, d), ...turn.whitening);
      const called = { x, from, to, d, weight: null };
      runDensities(arena, exports, 'tiedLogDensities', called, k, packed, out, logDensity);
    },
  };
}

/** Scatter of the rows of a call about the first row of all. */
function scatterOf(exports: KernelExports, arena: Arena, called: CalledRows): Total {
  const { x, from, to, d } = called;
  const centre = x.slice(0, d);
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
  for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) scatter[a * d + b] = sums[2 + a * across + b];
  return { weight: sums[0], scatter };
}

function turnOf(factor: Float64Array, mean: Float64Array, centre: Float64Array, k: number, d: number): Turn {
  const inverse = triangularInverse(factor, 0, d);
  const whitening = new Float64Array(d + (d * (d + 1)) / 2 + (d % 2) * d);
  whitening.set(centre);
  pairRows(inverse, d, whitening, d);
  const precision = new Float64Array(d * d);
  doubledPrecision(inverse, d, precision, 0);
  const shift = mean.map((value, i) => value - centre[i % d]);
  const turned = new Float64Array(k * d);
  for (let j = 0; j < k; j++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++) turned[j * d + a] += inverse[a * d + b] * shift[j * d + b];
  return { whitening, precision, shift, mean: turned };
}
