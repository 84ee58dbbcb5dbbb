import type { Stats } from '../model';
import { shortLived } from '../numeric/shortLived';
import type { CovarianceRule } from './covarianceRule';
import { addPooledWithin } from './pooledMoments';
import type { Overall } from './singularity';

/**
 * Moments about `origin` moved to `mean`: S - s e' - e s' + n e e' with e = mean - origin; squares are k x d, scatters
 * symmetric k x d x d. What was pooled over components stands with the first.
 */
export function withinComponents(
  { sum, moment, pooled }: Stats,
  weight: Float64Array,
  mean: Float64Array,
  origin: Float64Array,
  rule: CovarianceRule,
  k: number,
  d: number,
): Float64Array {
  const shift = shortLived(k * d);
  for (let i = 0; i < shift.length; i++) shift[i] = mean[i] - origin[i];
  const isPooled = pooled.some((value) => value !== 0);
  if (rule.kind === 'diagonal') {
    const within = shortLived(k * d);
    for (let i = 0; i < within.length; i++) {
      const apart = moment.length === 0 ? 0 : moment[i];
      const square = apart - shift[i] * (2 * sum[i] - weight[Math.floor(i / d)] * shift[i]);
      within[i] = isPooled ? square : Math.max(0, square);
    }
    if (isPooled) addPooledWithin(pooled, within, rule, k, d);
    return within;
  }
  const within = shortLived(k * d * d);
  if (moment.length > 0) within.set(moment);
  for (let j = 0; j < k; j++) addShift(within, j, sum, shift, weight[j], d);
  if (isPooled) addPooledWithin(pooled, within, rule, k, d);
  for (let j = 0; j < k; j++) mirror(within, j, d);
  return within;
}

/** Adds - s e' - e s' + n e e' to the lower triangle of scatter j. */
function addShift(
  scatter: Float64Array,
  j: number,
  sum: Float64Array,
  shift: Float64Array,
  weight: number,
  d: number,
): void {
  for (let p = j * d; p < (j + 1) * d; p++) {
    const e = shift[p];
    const s = weight * e - sum[p];
    const row = p * d - j * d;
    for (let q = j * d; q <= p; q++) scatter[row + q] += s * shift[q] - e * sum[q];
  }
}

/** Makes scatter j symmetric by its lower triangle. */
function mirror(scatter: Float64Array, j: number, d: number): void {
  const from = j * d * d;
  for (let a = 0; a < d; a++)
    for (let b = 0; b < a; b++) scatter[from + b * d + a] = scatter[from + a * d + b];
}

/** Mean and variance of each feature over all rows, by the law of total variance. */
export function overallOf(
  weight: Float64Array,
  mean: Float64Array,
  within: Float64Array,
  k: number,
  d: number,
): Overall {
  const rows = weight.reduce((sum, value) => sum + value, 0);
  const diagonal = within.length === k * d;
  const overall = { mean: new Float64Array(d), variance: new Float64Array(d) };
  for (let a = 0; a < d; a++) {
    for (let j = 0; j < k; j++) overall.mean[a] += (weight[j] * mean[j * d + a]) / rows;
    for (let j = 0; j < k; j++) {
      const shift = mean[j * d + a] - overall.mean[a];
      const square = within[diagonal ? j * d + a : (j * d + a) * d + a];
      overall.variance[a] += (square + weight[j] * shift * shift) / rows;
    }
  }
  return overall;
}

/**
 * Gives every variance its own denominator where cells were missing in the first step of a start and stood at the
 * means (`incompleteRowsAtMeans`): adds to the squares what those cells would have had, as the observed ones have.
 * Products stay as they are, so a scatter stays one. A component that saw nothing of a feature gets its variance over
 * the others.
 *
 * within  INOUT  moments about `mean`, of either kind
 * unseen  IN     k x d, weights of missing cells
 */
export function spreadUnseen(
  within: Float64Array,
  weight: Float64Array,
  unseen: Float64Array,
  shift: Float64Array,
  k: number,
  d: number,
): void {
  const isDiagonal = within.length === k * d;
  const squareAt = (i: number): number => (isDiagonal ? i : i * d + (i % d));
  const seen = unseen.map((value, i) => weight[Math.floor(i / d)] - value);
  const observed = unseen.map((value, i) => Math.max(0, within[squareAt(i)] - value * shift[i] ** 2));
  for (let i = 0; i < k * d; i++) {
    if (unseen[i] === 0) continue;
    const variance =
      seen[i] > 0 ? observed[i] / seen[i] : strided(observed, i % d, d) / strided(seen, i % d, d);
    if (variance > 0)
      within[squareAt(i)] = Math.max(within[squareAt(i)], weight[Math.floor(i / d)] * variance);
  }
}

function strided(values: Float64Array, from: number, step: number): number {
  let sum = 0;
  for (let i = from; i < values.length; i += step) sum += values[i];
  return sum;
}
