import type { CovarianceRule } from './covarianceRule';

/**
 * Second moments of which an estimate needs only sums, gathered in a statistic of their own, `pooled`, because that
 * costs far less than gathering them apart: of a component's squares, where it has one variance for all features
 * (k numbers), or of all components' products, where they have one covariance (d x d, lower triangle).
 */
export type Pooling = 'features' | 'components';

/** What a rule allows to be pooled; null: nothing. */
function poolingOf(rule: CovarianceRule): Pooling | null {
  if (rule.kind === 'diagonal') return rule.spherical ? 'features' : null;
  return rule.shared ? 'components' : null;
}

/** Numbers in `pooled`. */
export function pooledLength(rule: CovarianceRule, k: number, d: number): number {
  const pooling = poolingOf(rule);
  return pooling === null ? 0 : pooling === 'features' ? k : d * d;
}

/**
 * Whether rows pool their moments at these variances or covariances, as the rule's kind has them: only where they have
 * the structure of the rule, which those given by a person need not have.
 */
export function poolsAt(dispersion: Float64Array, rule: CovarianceRule, k: number, d: number): boolean {
  const pooling = poolingOf(rule);
  if (pooling === null) return false;
  if (pooling === 'components') {
    for (let i = d * d; i < dispersion.length; i++) if (dispersion[i] !== dispersion[i - d * d]) return false;
    return true;
  }
  for (let j = 0; j < k; j++)
    for (let a = 1; a < d; a++) if (dispersion[j * d + a] !== dispersion[j * d]) return false;
  return true;
}

/** Adds moments of all components, of the rule's own kind, to `pooled`. */
export function addPooled(moment: Float64Array, pooled: Float64Array, rule: CovarianceRule, d: number): void {
  const isOfFeatures = poolingOf(rule) === 'features';
  for (let i = 0; i < moment.length; i++) pooled[isOfFeatures ? Math.floor(i / d) : i % (d * d)] += moment[i];
}

/**
 * Adds what was pooled to moments within components, k x d squares or lower triangles of k x d x d products: products to
 * the first component, since only their sum counts; squares in equal parts to all features, and then none is below zero.
 */
export function addPooledWithin(
  pooled: Float64Array,
  within: Float64Array,
  rule: CovarianceRule,
  k: number,
  d: number,
): void {
  if (poolingOf(rule) === 'components') {
    for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) within[a * d + b] += pooled[a * d + b];
    return;
  }
  for (let j = 0; j < k; j++) {
    let total = pooled[j];
    for (let i = j * d; i < (j + 1) * d; i++) total += within[i];
    within.fill(Math.max(0, total) / d, j * d, (j + 1) * d);
  }
}
