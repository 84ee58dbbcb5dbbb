import type { CovarianceRule } from './covarianceRule';

/**
 * What holds the covariances of a rule among parameters: `variance`, k x d, where they are diagonal; else `covariance`,
 * k x d x d. With a thousand features matrices of zeros would be most of what a fit allocates, sends and keeps.
 */
export const dispersionName = ({ kind }: Pick<CovarianceRule, 'kind'>): 'variance' | 'covariance' =>
  kind === 'diagonal' ? 'variance' : 'covariance';

/** The diagonals of matrices d x d, d numbers for each. */
export function diagonalsOf(matrices: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: matrices.length / d }, (_, i) => matrices[i * d + (i % d)]);
}
