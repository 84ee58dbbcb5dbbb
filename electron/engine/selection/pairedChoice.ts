import type { Estimate, GridPoint, HeldOut } from '../../../shared/selection';

/** Held-out log-likelihood per row by split (NaN: the fit failed), and the weight of each split's test rows. */
export type Splits = Pick<HeldOut, 'mean' | 'weight'>;

/** A grid point and how well it predicts the rows of each split. */
export interface ScoredPoint extends GridPoint {
  readonly heldOut: Splits;
}

/** How much better one point predicts than another, over the splits in which both were fitted. */
export interface PairedDifference {
  /** Mean over splits by the weight of their rows, and its standard error over the pairs. */
  readonly difference: Estimate;
  readonly splits: number;
  /** Splits in which either failed, or that no fit could predict. */
  readonly leftOut: number;
}

/** The best point, and the point that a standard-error rule prefers to it. */
export interface Choice {
  readonly best: ScoredPoint;
  readonly chosen: ScoredPoint;
  /** Of `best` over `chosen`. */
  readonly comparison: PairedDifference;
}

/** A point that failed in a larger share of its splits is not ranked: the others may be the easy ones. By taste. */
const mostFailed = 0.2;

/** Scores that differ by less than this share are of the same density: rounding has no say about K. By taste. */
const rounding = 1e-9;

/**
 * Held-out log-likelihood per row over all splits that were fitted, by the weight of their test rows, and its standard
 * error over splits: that of a ratio, which is sd / sqrt(S) where all splits weigh the same (divisor S - 1). It is an
 * approximation, because training rows are shared. NaN: no split was fitted, for the error fewer than two.
 *
 * Source: Smyth (2000), Statistics and Computing 10; Cochran (1977), Sampling Techniques, chapter 6 (ratios).
 */
export function heldOutEstimate({ mean, weight }: Splits): Estimate {
  return weightedEstimate(mean, weight).estimate;
}

/** How much better `best` predicts than `other`, over the same splits (which takes their own difficulty away). */
export function pairedDifference(best: Splits, other: Splits): PairedDifference {
  const differences = best.mean.map((value, s) => value - other.mean[s]);
  const { estimate, count } = weightedEstimate(differences, best.weight);
  return { difference: estimate, splits: count, leftOut: differences.length - count };
}

/**
 * The smallest K that predicts as well as the best but for one standard error of the paired differences; null when no
 * point can be ranked. At each K the model that predicts best stands for it; of equals the smaller K, then the earlier
 * model.
 *
 * Source: Breiman, Friedman, Olshen and Stone (1984), section 3.4.3, with the error of the differences in place of that
 * of the score: the splits are the same for all, and most of a score's error is theirs.
 */
export function pairedChoice(points: readonly ScoredPoint[]): Choice | null {
  return smallestWithin(points, ({ difference }) => difference.value <= difference.standardError);
}

/** The rule of the textbooks: within one standard error of the best score. For comparison; it is timid. */
export function unpairedChoice(points: readonly ScoredPoint[]): Choice | null {
  return smallestWithin(
    points,
    ({ difference }, best) => difference.value <= heldOutEstimate(best.heldOut).standardError,
  );
}

/**
 * The paired rule with an error that takes into account that training sets overlap, so that differences of splits are
 * not independent: sqrt(1 + S test / training) times as large. For comparison.
 *
 * testShare  IN  of the rows, in each split
 *
 * Source: Nadeau and Bengio (2003), Machine Learning 52, 239-281: variance (1 / S + test / training) s^2.
 */
export function correctedChoice(points: readonly ScoredPoint[], testShare: number): Choice | null {
  return smallestWithin(points, ({ difference, splits }) => {
    const factor = Math.sqrt(1 + (splits * testShare) / (1 - testShare));
    return difference.value <= factor * difference.standardError;
  });
}

function smallestWithin(
  points: readonly ScoredPoint[],
  isWithin: (comparison: PairedDifference, best: ScoredPoint) => boolean,
): Choice | null {
  const possible = withoutImpossibleSplits(points);
  const bySize = bestBySize(possible);
  if (bySize.length === 0) return null;
  const impossible = points[0].heldOut.mean.length - possible[0].heldOut.mean.length;
  const { point: best, score } = bySize.reduce((a, b) => (b.score > a.score ? b : a));
  for (const { point } of bySize) {
    const comparison = pairedDifference(best.heldOut, point.heldOut);
    const isEqual = comparison.difference.value <= rounding * (Math.abs(score) + 1);
    if (point !== best && !isEqual && !isWithin(comparison, best)) continue;
    const leftOut = comparison.leftOut + impossible;
    return { best, chosen: point, comparison: { ...comparison, leftOut } };
  }
  throw new Error('The best point is one of the points.');
}

/**
 * Points without the splits that no fit could predict, as when a level is not among the training rows: -Infinity of one
 * point and a failed fit of another say nothing of either.
 */
function withoutImpossibleSplits(points: readonly ScoredPoint[]): readonly ScoredPoint[] {
  const isImpossible = (_: number, s: number): boolean =>
    points.some(({ heldOut }) => heldOut.mean[s] === -Infinity) &&
    !points.some(({ heldOut }) => Number.isFinite(heldOut.mean[s]));
  const [first] = points;
  if (first === undefined || !first.heldOut.mean.some(isImpossible)) return points;
  const possible = (values: Float64Array): Float64Array =>
    values.filter((value, s) => !isImpossible(value, s));
  return points.map((point) => ({
    ...point,
    heldOut: { mean: possible(point.heldOut.mean), weight: possible(point.heldOut.weight) },
  }));
}

/** The best point of each K with its score, K rising; points that cannot be ranked are not among them. */
function bestBySize(points: readonly ScoredPoint[]): { point: ScoredPoint; score: number }[] {
  const ranked = comparableScores(points.filter(isRankable));
  const best = new Map<number, { point: ScoredPoint; score: number }>();
  for (const candidate of ranked) {
    const known = best.get(candidate.point.components);
    const isBetter =
      known === undefined ||
      candidate.score > known.score ||
      (candidate.score === known.score && candidate.point.model < known.point.model);
    if (isBetter) best.set(candidate.point.components, candidate);
  }
  return [...best.values()].sort((a, b) => a.point.components - b.point.components);
}

/** Whether enough of its splits were fitted, and none of their rows is impossible. */
function isRankable({ heldOut }: ScoredPoint): boolean {
  const { estimate, count } = weightedEstimate(heldOut.mean, heldOut.weight);
  const failed = heldOut.mean.length - count;
  return Number.isFinite(estimate.value) && failed <= mostFailed * heldOut.mean.length;
}

/**
 * Scores that can be compared though some points lack splits: such a point is measured in pairs against the best one
 * that lacks none, so that to fail where rows are hard to predict is no advantage.
 */
function comparableScores(points: readonly ScoredPoint[]): { point: ScoredPoint; score: number }[] {
  const scored = points.map((point) => ({ point, score: heldOutEstimate(point.heldOut).value }));
  const whole = scored.filter(({ point }) => !point.heldOut.mean.some(Number.isNaN));
  if (whole.length === 0 || whole.length === scored.length) return scored;
  const reference = whole.reduce((a, b) => (b.score > a.score ? b : a));
  return scored.map((one) =>
    whole.includes(one)
      ? one
      : {
          point: one.point,
          score:
            reference.score - pairedDifference(reference.point.heldOut, one.point.heldOut).difference.value,
        },
  );
}

/** Weighted mean of the numbers that are not NaN, its standard error, and how many there are. */
function weightedEstimate(
  values: Float64Array,
  weights: Float64Array,
): { estimate: Estimate; count: number } {
  let count = 0;
  let total = 0;
  let sum = 0;
  for (let s = 0; s < values.length; s++) {
    if (Number.isNaN(values[s]) || !(weights[s] > 0)) continue;
    count++;
    total += weights[s];
    sum += weights[s] * values[s];
  }
  const value = sum / total;
  let squares = 0;
  for (let s = 0; s < values.length; s++)
    if (!Number.isNaN(values[s]) && weights[s] > 0) squares += (weights[s] * (values[s] - value)) ** 2;
  const standardError = count < 2 ? NaN : Math.sqrt((squares * count) / (count - 1)) / total;
  return { estimate: { value, standardError }, count };
}
