import type { Kernels } from './kernels';

/**
 * The same loops over rows of which cells may be missing, NaN. A density is that of the observed cells; `logScale` is what
 * a complete row has. Moments are expected ones: a missing cell stands at its conditional mean given the row's observed
 * cells and the component, and its conditional covariance is added to the products. Sums are added in an order that
 * depends on the rows of a call.
 *
 * Source: Ghahramani and Jordan (1994), section 3.1; Little and Rubin (2002), section 11.2.1.
 */
export interface ObservedKernels {
  readonly gaussianLogDensities: Kernels['gaussianLogDensities'];
  readonly diagonalLogDensities: Kernels['diagonalLogDensities'];
  /** Rows must not change once they were passed. */
  readonly gaussianStep: Kernels['gaussianStep'];
  /** Rows must not change once they were passed. */
  readonly diagonalStep: Kernels['diagonalStep'];

  /**
   * `Kernels.weightedScatter` about the means of Gaussians with these factors, which say what is expected.
   *
   * mean    IN  k x d
   * factor  IN  k x d x d, lower Cholesky factors
   */
  weightedScatter(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    mean: Float64Array,
    factor: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    scatter: Float64Array,
  ): void;

  /**
   * The same by feature only.
   *
   * inverseDeviation  IN  k x d, one over the standard deviation
   */
  weightedSquares(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    mean: Float64Array,
    inverseDeviation: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    square: Float64Array,
  ): void;
}
