import type { FitFailure } from '../../../shared/fitFailure';
import type { CovarianceRule, Rounds, Scatter } from './covarianceRule';
import { singularityCheck, type Overall } from './singularity';

/** Covariances k x d x d by the rule, from moments of its kind; `previous` is k x d x d. */
export function covarianceOf(rule: CovarianceRule, scatter: Scatter, rounds: Rounds): Float64Array {
  if (rule.kind === 'full') return rule.estimate(scatter, rounds);
  const { k, d } = scatter;
  const { most, previous } = rounds;
  const before =
    previous && rule.iterates
      ? Float64Array.from({ length: k * d }, (_, i) => previous[i * d + (i % d)])
      : null;
  const variance = rule.estimate(scatter, { most, previous: before });
  const covariance = new Float64Array(k * d * d);
  for (let i = 0; i < k * d; i++) covariance[i * d + (i % d)] = variance[i];
  return covariance;
}

/**
 * Adds `ridge` to every variance by adding it, times the component's weight, to the scatter. For structures that
 * average scatters that is scikit-learn's addition to the finished covariance; those that compare shapes need it
 * before, because a shape with a zero in it has no volume.
 */
export function addRidge({ moments, weight, k, d }: Scatter, ridge: number): void {
  const isDiagonal = moments.length === k * d;
  for (let i = 0; i < k * d; i++)
    moments[isDiagonal ? i : i * d + (i % d)] += ridge * weight[Math.floor(i / d)];
}

/** The first component whose covariance is singular, and why; null when all are regular. */
export function firstSingular(
  covariance: Float64Array,
  rule: CovarianceRule,
  weight: Float64Array,
  overall: Overall,
  d: number,
): FitFailure | null {
  const rows = weight.reduce((sum, value) => sum + value, 0);
  const check = singularityCheck(d, rule, overall);
  const groups = rule.shared ? [rows] : [...weight];
  for (const [j, size] of groups.entries()) {
    const found = check(covariance, j, size);
    if (found === null) continue;
    return { kind: 'singularCovariance', component: rule.shared ? null : j, ...found };
  }
  return null;
}
