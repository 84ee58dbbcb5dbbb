import type { Params } from '../model';
import type { CovarianceRule } from './covarianceRule';

/**
 * What holds the covariances of a rule among parameters: `variance`, k x d, where they are diagonal; else `covariance`,
 * k x d x d. With a thousand features matrices of zeros would be most of what a fit allocates, sends and keeps.
 */
export const dispersionName = ({ kind }: Pick<CovarianceRule, 'kind'>): 'variance' | 'covariance' =>
  kind === 'diagonal' ? 'variance' : 'covariance';

/** Variances of d features, k x d; null: a model without. */
export function featureVariances(params: Params, d: number): Float64Array | null {
  const { variance = null, covariance } = params as Partial<Params>;
  return covariance === undefined ? variance : diagonalsOf(covariance, d);
}

/** The diagonals of matrices d x d, d numbers for each. */
export function diagonalsOf(matrices: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: matrices.length / d }, (_, i) => matrices[i * d + (i % d)]);
}
