import type { Params } from '../../electron/engine/model';
import { diagonalMatrices } from '../../shared/diagonalMatrices';

/** Covariances of d features as references have them, k x d x d; null: a model without. */
export function covarianceMatrices(params: Params, d: number): Float64Array | null {
  const { variance, covariance = null } = params as Partial<Params>;
  return variance === undefined ? covariance : diagonalMatrices(variance, d);
}
