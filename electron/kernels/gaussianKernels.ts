/** The loops of `Kernels` over rows that Gaussians have a density of. */
export interface GaussianKernels {
  /**
   * log(scale_j) - |L_j^-1 (x - mean_j)|^2 / 2 for every row and component.
   *
   * mean      IN   k x d
   * factor    IN   k x d x d, lower Cholesky factors; what is above the diagonal is not read
   * logScale  IN   k
   * out       OUT  (to - from) x k
   *
   * Source: Bishop (2006), eq. 2.43, the quadratic form by forward substitution.
   */
  gaussianLogDensities(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    factor: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
  ): void;

  /**
   * The same for covariances that are diagonal.
   *
   * inverseDeviation  IN  k x d, one over the standard deviation
   */
  diagonalLogDensities(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    inverseDeviation: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
  ): void;

  /**
   * `gaussianLogDensities` and soft `memberships` of rows without weights, in one pass. A membership below e^-60 of the
   * row's largest may be zero. Where no component can have a row, its numbers are not finite. Arrays of parameters must
   * not change once they were passed.
   *
   * out         OUT  (to - from) x k, memberships
   * logDensity  OUT  to - from
   */
  gaussianPosteriors(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    factor: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;

  /** The same for covariances that are diagonal; parameters as in `diagonalLogDensities`. */
  diagonalPosteriors(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    inverseDeviation: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;

  /** The same for covariances that are multiples of the identity: `inverseVariance` is k. */
  sphericalPosteriors(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    inverseVariance: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;

  /** The same for one covariance that all components share: `factor` is d x d. */
  tiedPosteriors(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    mean: Float64Array,
    factor: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;

  /**
   * A whole soft E-step: `gaussianLogDensities`, `memberships` and `weightedScatter` in one pass, so that memberships
   * need not be stored. A membership below e^-60 of the row's largest may count as zero. Arrays of parameters must
   * not change once they were passed: what is derived from them may be kept.
   *
   * weight  IN  n, >= 0, or null for all ones
   *
   * Returns sum_i weight_i log p(x_i).
   */
  gaussianStep(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    weight: Float64Array | null,
    mean: Float64Array,
    factor: Float64Array,
    logScale: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    scatter: Float64Array,
  ): number;

  /** The same for covariances that are diagonal: `diagonalLogDensities`, `memberships` and `weightedSquares`. */
  diagonalStep(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    weight: Float64Array | null,
    mean: Float64Array,
    inverseDeviation: Float64Array,
    logScale: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    square: Float64Array,
  ): number;

  /**
   * The same for covariances that are multiples of the identity.
   *
   * inverseVariance  IN     k
   * square           INOUT  k, sums of |x - mean|^2
   */
  sphericalStep(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    weight: Float64Array | null,
    mean: Float64Array,
    inverseVariance: Float64Array,
    logScale: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    square: Float64Array,
  ): number;

  /**
   * The same for one covariance that all components share: only their scatters' sum is wanted. Rows, weights and
   * parameters must not change once they were passed.
   *
   * factor   IN     d x d, as in `gaussianLogDensities`
   * scatter  INOUT  d x d, as in `weightedScatter`, of all components together
   */
  tiedStep(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    weight: Float64Array | null,
    mean: Float64Array,
    factor: Float64Array,
    logScale: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    scatter: Float64Array,
  ): number;
}
