import type { FitFailure } from '../../../shared/fitFailure';
import { cholesky } from '../numeric/linearAlgebra';
import { shortLived } from '../numeric/shortLived';
import type { CovarianceRule } from './covarianceRule';

type SingularCovariance = Extract<FitFailure, { kind: 'singularCovariance' }>;

/**
 * A component whose variance in a feature (given the features before it) is below this share of the feature's
 * variance over all rows has collapsed onto a point or a line. 1e-14 is a spread ten million times narrower than
 * the data: far narrower than any group a person would look for, and still wide against the rounding of centred
 * doubles (1e-32 in variance), so true groups pass and collapses, which shrink without end, do not.
 */
const collapseShare = 1e-14;

/**
 * A variance given the other features below this share of the same variance alone: the features determine each
 * other. Elimination loses about 2e-16 of the whole variance, so at this floor the log density of a row is still
 * good to six digits; a share of 1e-10 is one feature known from the others to a hundred-thousandth of its spread.
 */
const collinearShare = 1e-10;

/** A variance below this share of the mean's square is only the rounding of equal values. */
const constantShare = 1e-28;

/** How the features vary over all rows: what the check compares with. */
export interface Overall {
  /** d */
  readonly mean: Float64Array;
  /** d, divided by the sum of row weights */
  readonly variance: Float64Array;
}

/**
 * A check whether covariances are regular by the measure of the data, which says why if not.
 *
 * rule            whether covariances are k x d variances or k x d x d, symmetric; a spherical one is compared with the narrowest feature that varies at all, because a constant
 *                 feature borrows variance from the others; one along own axes with the component's widest
 *                 feature, because its eigenvalues are rounded by the largest
 *
 * Returns a function of covariances, the place of one of them and its component's weight in rows: null for a regular
 * one; else the cause and the feature it was found in.
 */
export function singularityCheck(
  d: number,
  rule: Pick<CovarianceRule, 'kind' | 'spherical' | 'ownAxes'>,
  overall: Overall,
) {
  const { wide, constant } = rule.spherical ? narrowestFeature(overall, d) : eachFeature(overall, d);
  const isDiagonal = rule.kind === 'diagonal';
  const variance = shortLived(d);
  const floor = shortLived(d);
  let factor = shortLived(0);
  return (
    covariances: Float64Array,
    j: number,
    rows: number,
  ): Pick<SingularCovariance, 'cause' | 'feature'> | null => {
    for (let a = 0; a < d; a++) variance[a] = covariances[isDiagonal ? j * d + a : (j * d + a) * d + a];
    const widest = variance.reduce((most, value) => Math.max(most, value), 0);
    for (let a = 0; a < d; a++) {
      const scale = rule.ownAxes ? widest : variance[a];
      floor[a] = Math.max(collapseShare * wide[a], collinearShare * scale, constant[a]);
    }
    if (!isDiagonal && factor.length === 0) factor = shortLived(covariances.length);
    const at = isDiagonal
      ? firstNotAbove(variance, floor)
      : cholesky(covariances, j * d * d, d, floor, factor);
    if (at === -1) return null;
    if (!(wide[at] > constant[at])) return { cause: 'constantFeature', feature: at };
    if (rows <= d) return { cause: 'fewRows', feature: null };
    // Twice the floor: the pivot may have failed there by no more than the rounding of the elimination.
    const collapsed = !(variance[at] > 2 * collapseShare * wide[at]);
    return { cause: collapsed ? 'collapsed' : 'collinearFeatures', feature: at };
  };
}

/** The first variance that is not above its floor, or not a finite number; -1: none. As `cholesky` finds it. */
function firstNotAbove(variance: Float64Array, floor: Float64Array): number {
  return variance.findIndex((value, a) => !(value > floor[a]) || value === Infinity);
}

interface Measure {
  /** d, variance to compare with */
  readonly wide: Float64Array;
  /** d, variance that equal values may show by rounding */
  readonly constant: Float64Array;
}

function eachFeature({ mean, variance }: Overall, d: number): Measure {
  const constant = new Float64Array(d);
  for (let a = 0; a < d; a++) constant[a] = constantShare * mean[a] ** 2;
  return { wide: variance, constant };
}

function narrowestFeature(overall: Overall, d: number): Measure {
  const { wide, constant } = eachFeature(overall, d);
  let narrowest = -1;
  for (let a = 0; a < d; a++) {
    if (wide[a] > constant[a] && (narrowest === -1 || wide[a] < wide[narrowest])) narrowest = a;
  }
  const chosen = Math.max(0, narrowest);
  return {
    wide: new Float64Array(d).fill(wide[chosen]),
    constant: new Float64Array(d).fill(constant[chosen]),
  };
}
