import type { RunSpecification } from '../../../shared/fit';
import type { GapCurve, GapPoint, GapRule } from '../../../shared/selection';
import type { Kernels } from '../../kernels/kernels';
import { numberFeatures } from '../featureSpace';
import type { Rows } from '../model';
import { mostProbable } from '../mostProbable';
import { logWithin } from './clusterIndices';
import { fitBest, type KMeansPasses } from './fitBest';

/** The k-means of a gap: the same for the rows and for every reference. */
export interface GapTask {
  readonly components: { readonly from: number; readonly to: number };
  readonly power: 1 | 2;
  readonly run: RunSpecification;
}

/**
 * log W of the best k-means of rows of numbers for each K asked for, K in turn; NaN where there is none (fewer distinct
 * rows than K). Null: cancelled. `passesFor`: faster passes over the same rows, as in `fitBest`.
 */
export function logWithinCurve(
  { components: { from, to }, power, run }: GapTask,
  rows: Rows,
  kernels: Kernels,
  isCancelled: () => boolean,
  passesFor: (components: number) => KMeansPasses | null = () => null,
): Float64Array | null {
  const curve = new Float64Array(to - from + 1).fill(NaN);
  for (let k = from; k <= to; k++) {
    const { model, outcome } = fitBest(
      {
        model: { family: 'kmeans', components: k },
        space: numberFeatures(rows.d),
        start: { method: 'kmeans++' },
        run,
      },
      rows,
      kernels,
      isCancelled,
      { kMeans: passesFor(k) },
    );
    if (isCancelled()) return null;
    if (!outcome.ok) continue;
    const memberships = new Float64Array(rows.n * k);
    model.posterior(outcome.params, rows, 0, rows.n, memberships, new Float64Array(rows.n));
    curve[k - from] = logWithin(rows, mostProbable(memberships, rows.n, k), k, power);
  }
  return curve;
}

/**
 * The gap of each K and the K that a rule chooses. References that have no W for a K are not counted for it; a K at
 * which the rows have none, or less than two references, is left out. Null: all are.
 *
 * logWithin   IN  one for each K, from K = `from`
 * references  IN  B x as many
 *
 * The standard deviation has divisor B - 1, not the paper's B: it is the one `cluster::clusGap` shows, and with few
 * references the other is too small.
 *
 * Source: Tibshirani, Walther and Hastie (2001), eq. 3 and section 3.
 */
export function gapCurve(
  logWithin: Float64Array,
  references: Float64Array,
  from: number,
  rule: GapRule,
): GapCurve | null {
  const count = logWithin.length;
  const points = Array.from(logWithin, (own, at): GapPoint | null => {
    const drawn = references.filter((value, i) => i % count === at && Number.isFinite(value));
    const b = drawn.length;
    if (!Number.isFinite(own) || b < 2) return null;
    const expected = drawn.reduce((sum, value) => sum + value / b, 0);
    const variance = drawn.reduce((sum, value) => sum + (value - expected) ** 2, 0) / (b - 1);
    const standardError = Math.sqrt(variance * (1 + 1 / b));
    return { components: from + at, logWithin: own, expected, gap: expected - own, standardError };
  }).filter((point) => point !== null);
  if (points.length === 0) return null;
  const chosenBy = (one: GapRule): number => points[choose(points, one)].components;
  return { points, chosen: chosenBy(rule), nearHighest: chosenBy('globalSEmax') };
}

/**
 * Index of the point that a rule chooses, s being the standard error:
 *
 * tibshirani   the first whose gap is at least the next one's less its s; the last where there is none
 * firstMax     the first after which the gap does not rise; the last where it always does
 * globalMax    the largest gap, the first of equals
 * firstSEmax   the first within s of that of firstMax (Maechler, 2012)
 * globalSEmax  the first within s of that of globalMax
 *
 * Source: Tibshirani, Walther and Hastie (2001), section 3, step 3; R package cluster, `maxSE`.
 */
function choose(points: readonly GapPoint[], rule: GapRule): number {
  const last = points.length - 1;
  const firstWhere = (isIt: (point: GapPoint, at: number) => boolean, otherwise: number): number => {
    const found = points.findIndex(isIt);
    return found === -1 ? otherwise : found;
  };
  const firstWithin = (best: number): number =>
    firstWhere(({ gap }) => gap >= points[best].gap - points[best].standardError, best);
  const firstMax = (): number => firstWhere(({ gap }, at) => at < last && points[at + 1].gap <= gap, last);
  const globalMax = (): number =>
    points.reduce((best, { gap }, at) => (gap > points[best].gap ? at : best), 0);
  switch (rule) {
    case 'tibshirani':
      return firstWhere(
        ({ gap }, at) => at < last && gap >= points[at + 1].gap - points[at + 1].standardError,
        last,
      );
    case 'firstMax':
      return firstMax();
    case 'globalMax':
      return globalMax();
    case 'firstSEmax':
      return firstWithin(firstMax());
    case 'globalSEmax':
      return firstWithin(globalMax());
  }
}
