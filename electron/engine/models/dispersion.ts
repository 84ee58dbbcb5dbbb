import type { Params } from '../model';
import type { CovarianceRule } from './covarianceRule';

/**
 * What holds the covariances of a rule among parameters: `variance`, k x d, where they are diagonal; else `covariance`,
 * k x d x d. With a thousand features matrices of zeros would be most of what a fit allocates, sends and keeps.
 */
export const dispersionName = ({ kind }: Pick<CovarianceRule, 'kind'>): 'variance' | 'covariance' =>
  kind === 'diagonal' ? 'variance' : 'covariance';

/** Covariances of d features as people see them, k x d x d; null: a model without. */
export function covarianceMatrices(params: Params, d: number): Float64Array | null {
  const { variance, covariance = null } = params as Partial<Params>;
  return variance === undefined ? covariance : diagonalMatrices(variance, d);
}

/** How many numbers parameters are with their covariances as matrices. */
export function lengthWithMatrices(params: Params): number {
  let length = 0;
  for (const values of Object.values(params)) length += values.length;
  const { weight, variance } = params as Partial<Params>;
  if (weight === undefined || variance === undefined) return length;
  const d = variance.length / weight.length;
  return length + variance.length * (d - 1);
}

/** Variances of d features, k x d; null: a model without. */
export function featureVariances(params: Params, d: number): Float64Array | null {
  const { variance = null, covariance } = params as Partial<Params>;
  return covariance === undefined ? variance : diagonalsOf(covariance, d);
}

/** Matrices d x d with `values`, d for each, along their diagonals. */
export function diagonalMatrices(values: Float64Array, d: number): Float64Array {
  const matrices = new Float64Array(values.length * d);
  for (let i = 0; i < values.length; i++) matrices[i * d + (i % d)] = values[i];
  return matrices;
}

/** The diagonals of matrices d x d, d numbers for each. */
export function diagonalsOf(matrices: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: matrices.length / d }, (_, i) => matrices[i * d + (i % d)]);
}
