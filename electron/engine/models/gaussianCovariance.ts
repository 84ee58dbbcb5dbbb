import type { FitFailure } from '../../../shared/fitFailure';
import type { CovarianceRule, Scatter } from './covarianceRule';
import { singularityCheck, type Overall } from './singularity';

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

/** The first component whose covariance is singular, and why; null when all are regular. `dispersion`: of the rule's kind. */
export function firstSingular(
  dispersion: Float64Array,
  rule: CovarianceRule,
  weight: Float64Array,
  overall: Overall,
  d: number,
): FitFailure | null {
  const rows = weight.reduce((sum, value) => sum + value, 0);
  const check = singularityCheck(d, rule, overall);
  const groups = rule.shared ? [rows] : [...weight];
  for (const [j, size] of groups.entries()) {
    const found = check(dispersion, j, size);
    if (found === null) continue;
    return { kind: 'singularCovariance', component: rule.shared ? null : j, ...found };
  }
  return null;
}
