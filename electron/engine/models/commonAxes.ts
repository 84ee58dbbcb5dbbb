import { symmetricEigen } from '../numeric/linearAlgebra';
import { type DiagonalRule, type FullRule, geometricMean, pooled, total } from './covarianceRule';
import { EVI, VVI } from './diagonalCovariances';
import { identity, turned } from './fullCovariances';

/** A turn that lowers the sum of scaled squares by less than this share of it is rounding. */
const leastGain = 1e-15;

/** The number whose multiples are worst approximated by fractions: weights by it cancel nowhere but by chance. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** Sweeps that find the axes of covariances that have common ones. By eye: one is usual, Jacobi needs ten at most. */
const sweepsOfKnownAxes = 30;

const turns = (d: number): number => (d * (d - 1)) / 2;

/** One volume and one orientation for all, shapes of their own (mclust: EVE). */
export const EVE = alongCommonAxes(EVI, false, (k, d) => 1 + k * (d - 1) + turns(d));
/** One orientation for all, volumes and shapes of their own (mclust: VVE). */
export const VVE = alongCommonAxes(VVI, true, (k, d) => k * d + turns(d));

/**
 * The structure of one orientation for all components, from the one along the features' axes. Each round: the
 * variances along the axes there are, then axes for those variances.
 *
 * The scatter left at variances A_j along axes D (rows), sum_j tr(A_j^-1 D W_j D'), falls by turning each pair of axes
 * in its plane to the best angle, which has a closed form: the sweep of Flury and Gautschi (1986), which Celeux and
 * Govaert (1995, section 4.3) prescribe for EVE and VVE.
 *
 * Where volumes vary, mclust's step for the axes (Browne and McNicholas, 2014) leaves them out: it takes axes for shapes
 * alone, A_j / |A_j|^(1/d), so that wide components count more. That maximises nothing and may lower the likelihood, but
 * ends elsewhere, in one of twenty fits higher: it is the M-step that explores.
 */
function alongCommonAxes(rule: DiagonalRule, explores: boolean, count: FullRule['count']): FullRule {
  return {
    kind: 'full',
    shared: false,
    spherical: false,
    ownAxes: true,
    iterates: true,
    explores,
    estimated: true,
    count,
    estimate({ moments, weight, k, d }, { most, previous, isExploring = false }) {
      const gain = leastGain * d * total(weight);
      const variancesAlong = (turning: TurnableAxes): Float64Array =>
        rule.estimate({ moments: turning.squares(), weight, k, d }, { most: 1, previous: null });
      const start = previous === null ? identity(d) : commonAxesOf(previous, k, d);
      let turning = turnableAxes(moments, start, k, d);
      let variance = variancesAlong(turning);
      for (let round = 0; round < most; round++) {
        const hasTurned = turning.sweep(isExploring ? shapesOf(variance, k, d) : variance, gain);
        // A saddle, as features of equal variance are: no pair tells where to turn.
        if (!hasTurned && round === 0 && previous === null)
          turning = turnableAxes(moments, principalAxesOf(moments, k, d), k, d);
        variance = variancesAlong(turning);
        if (!hasTurned && round > 0) break;
      }
      const covariance = new Float64Array(k * d * d);
      for (let j = 0; j < k; j++) turned(variance, turning.axes, j, d, covariance);
      return covariance;
    },
  };
}

/** Variances of each component divided by their geometric mean. */
function shapesOf(variance: Float64Array, k: number, d: number): Float64Array {
  const volume = Float64Array.from({ length: k }, (_, j) => geometricMean(variance, j * d, d));
  return variance.map((value, i) => value / volume[Math.floor(i / d)]);
}

/**
 * Axes of a sum of matrices, each divided by its trace so that a large one does not decide alone, and counted by unequal
 * weights: two that mirror each other would sum to one without axes.
 */
function principalAxesOf(blocks: Float64Array, k: number, d: number): Float64Array {
  const unequal = byTrace(blocks, k, d).map(
    (value, i) => value / (1 + goldenRatio * Math.floor(i / (d * d))),
  );
  return symmetricEigen(pooled(unequal, k, d * d), 0, d).vectors;
}

/** The axes that matrices have in common: of their sum, unless that has equal eigenvalues and they have not. */
function commonAxesOf(covariance: Float64Array, k: number, d: number): Float64Array {
  const blocks = byTrace(covariance, k, d);
  const turning = turnableAxes(blocks, principalAxesOf(covariance, k, d), k, d);
  for (let sweep = 0; sweep < sweepsOfKnownAxes; sweep++) {
    const variance = turning.squares().map((value) => Math.max(value, Number.MIN_VALUE));
    if (!turning.sweep(variance, leastGain * d * k)) break;
  }
  return turning.axes;
}

function byTrace(blocks: Float64Array, k: number, d: number): Float64Array {
  const trace = new Float64Array(k);
  for (let j = 0; j < k; j++) for (let a = 0; a < d; a++) trace[j] += blocks[(j * d + a) * d + a];
  return blocks.map((value, i) => value / trace[Math.floor(i / (d * d))]);
}

interface TurnableAxes {
  /** d x d, a row for each axis; changed by sweeps. */
  readonly axes: Float64Array;
  /** k x d, the scatter of each component along the axes. */
  squares(): Float64Array;
  /** Turns every pair of axes once to their best for these variances, where it gains; returns whether any was. */
  sweep(variance: Float64Array, leastGain: number): boolean;
}

function turnableAxes(scatter: Float64Array, start: Float64Array, k: number, d: number): TurnableAxes {
  const axes = start.slice();
  const along = rotated(scatter, axes, k, d);
  const squares = (): Float64Array =>
    Float64Array.from({ length: k * d }, (_, i) => Math.max(0, along[i * d + (i % d)]));

  /**
   * With b_j = 1 / variances, a turn by an angle t of axes p and q changes the scatter to
   * const + even cos 2t + odd sin 2t, least at cos 2t = -even / r, sin 2t = -odd / r.
   */
  function turnPair(p: number, q: number, variance: Float64Array, gain: number): boolean {
    let even = 0;
    let odd = 0;
    for (let j = 0; j < k; j++) {
      const b = 1 / variance[j * d + p] - 1 / variance[j * d + q];
      const at = j * d * d;
      even += 0.5 * b * (along[at + p * d + p] - along[at + q * d + q]);
      odd += b * along[at + p * d + q];
    }
    const r = Math.sqrt(even * even + odd * odd);
    // even + r, without cancellation; written so that what is not a number turns nothing.
    if (!((even < 0 ? (odd * odd) / (r - even) : even + r) > gain)) return false;
    const cosine = -even / r;
    const sine = -odd / r;
    const c = cosine >= 0 ? Math.sqrt((1 + cosine) / 2) : Math.abs(sine) / Math.sqrt(2 * (1 - cosine));
    const s = cosine >= 0 ? sine / (2 * c) : (sine < 0 ? -1 : 1) * Math.sqrt((1 - cosine) / 2);
    turnRows(axes, 0, p, q, c, s, d);
    for (let j = 0; j < k; j++) {
      turnRows(along, j * d * d, p, q, c, s, d);
      turnColumns(along, j * d * d, p, q, c, s, d);
    }
    return true;
  }

  return {
    axes,
    squares,
    sweep(variance, gain) {
      let hasTurned = false;
      for (let p = 0; p < d; p++) {
        for (let q = p + 1; q < d; q++) hasTurned = turnPair(p, q, variance, gain) || hasTurned;
      }
      return hasTurned;
    },
  };
}

/** D W_j D' for each component. */
function rotated(scatter: Float64Array, axes: Float64Array, k: number, d: number): Float64Array {
  const along = new Float64Array(k * d * d);
  const half = new Float64Array(d * d);
  for (let j = 0; j < k; j++) {
    for (let p = 0; p < d; p++) {
      for (let b = 0; b < d; b++) {
        let s = 0;
        for (let a = 0; a < d; a++) s += axes[p * d + a] * scatter[(j * d + a) * d + b];
        half[p * d + b] = s;
      }
    }
    for (let p = 0; p < d; p++) {
      for (let q = 0; q <= p; q++) {
        let s = 0;
        for (let b = 0; b < d; b++) s += half[p * d + b] * axes[q * d + b];
        along[(j * d + p) * d + q] = s;
        along[(j * d + q) * d + p] = s;
      }
    }
  }
  return along;
}

/** Rows p and q of a d x d matrix at offset become c p + s q and c q - s p. */
function turnRows(m: Float64Array, offset: number, p: number, q: number, c: number, s: number, d: number) {
  for (let a = 0; a < d; a++) {
    const u = m[offset + p * d + a];
    const v = m[offset + q * d + a];
    m[offset + p * d + a] = c * u + s * v;
    m[offset + q * d + a] = c * v - s * u;
  }
}

function turnColumns(m: Float64Array, offset: number, p: number, q: number, c: number, s: number, d: number) {
  for (let a = 0; a < d; a++) {
    const u = m[offset + a * d + p];
    const v = m[offset + a * d + q];
    m[offset + a * d + p] = c * u + s * v;
    m[offset + a * d + q] = c * v - s * u;
  }
}
