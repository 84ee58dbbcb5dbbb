import type { ObservedKernels } from './observed';

/**
 * The loops over rows that a fit spends its time in. Flat arrays in, flat arrays out, row-major; nothing is
 * allocated per row, and an implementation owns its scratch memory. `from` and `to` are rows of `x`; results of
 * row i stand at (i - from). Every result depends on the rows alone, never on how they were cut into calls;
 * sums are added in the order of the rows.
 */
export interface Kernels {
  /** Recorded with a result: which implementation ran. */
  readonly name: string;

  /** For rows with missing cells. */
  readonly observed: ObservedKernels;

  /**
   * The nearest centre of each row and its squared distance. Ties go to the lowest index.
   *
   * x         IN   n x d
   * centre    IN   k x d
   * label     OUT  to - from
   * distance  OUT  to - from, squared units of x
   */
  nearestCentres(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    centre: Float64Array,
    k: number,
    label: Int32Array,
    distance: Float64Array,
  ): void;

  /**
   * Adds rows to the sums of the component each is labelled with.
   *
   * label   IN     to - from, in [0, k), or -1: the row is left out
   * weight  IN     n, >= 0, or null for all ones
   * count   INOUT  k, sums of weights
   * sum     INOUT  k x d, weighted sums of rows
   */
  labelledSums(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    label: Int32Array,
    weight: Float64Array | null,
    count: Float64Array,
    sum: Float64Array,
  ): void;

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
   * Turns log joint densities into memberships by log-sum-exp and returns their part of the log-likelihood,
   * sum_i weight_i log sum_j exp(logJoint_ij). `hard` gives each row to its most probable component (ties to
   * the lowest index) and adds that component's log joint density instead: the classification likelihood.
   *
   * logJoint    INOUT  rows x k; afterwards memberships times the row's weight
   * weight      IN     n, >= 0, or null for all ones; row r of this call has weight[from + r]
   * logDensity  OUT    rows, or null when not wanted
   *
   * Source: Bishop (2006), eq. 9.23; hard: Celeux and Govaert (1992), CEM.
   */
  memberships(
    logJoint: Float64Array,
    rows: number,
    k: number,
    weight: Float64Array | null,
    from: number,
    hard: boolean,
    logDensity: Float64Array | null,
  ): number;

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
   * Adds the moments of rows about fixed centres, weighted by membership, squares by feature only.
   *
   * membership  IN     (to - from) x k, row weights included
   * centre      IN     k x d
   * count       INOUT  k
   * sum         INOUT  k x d, of x - centre
   * square      INOUT  k x d, of (x - centre)^2
   */
  weightedSquares(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    square: Float64Array,
  ): void;

  /**
   * The same with all products of features.
   *
   * scatter  INOUT  k x d x d, of (x - centre)(x - centre)'; only the lower triangle and the diagonal are added to
   *
   * Source: Bishop (2006), eq. 9.25 before division by N_k, about `centre` instead of the new mean; the caller
   * corrects for the shift.
   */
  weightedScatter(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    scatter: Float64Array,
  ): void;

  /** `weightedSquares` of rows that each belong whole to one component; `label` and `weight` as in `labelledSums`. */
  labelledSquares(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    label: Int32Array,
    weight: Float64Array | null,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    square: Float64Array,
  ): void;

  /** `weightedScatter` of such rows. */
  labelledScatter(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    label: Int32Array,
    weight: Float64Array | null,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    scatter: Float64Array,
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

  /**
   * logScale_j plus the log probability of row i under component j; what is given is as in `categoricalStep`.
   *
   * out  OUT  (to - from) x k
   */
  categoricalLogDensities(
    x: Float64Array,
    from: number,
    to: number,
    levels: readonly number[],
    logProbability: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
  ): void;

  /**
   * `categoricalLogDensities` and soft `memberships` of rows without weights, in one pass. Where no component can have
   * a row, its numbers are not finite.
   *
   * out         OUT  (to - from) x k, memberships
   * logDensity  OUT  to - from
   */
  categoricalPosteriors(
    x: Float64Array,
    from: number,
    to: number,
    levels: readonly number[],
    logProbability: Float64Array,
    logScale: Float64Array,
    k: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;

  /**
   * A soft E-step for categories, features independent given the component; a yes/no feature has two levels. A missing
   * cell, NaN, is of the last level: where there are such, that is one more, of probability one. A row that is impossible under every component makes the result or, where it weighs nothing, `count` not
   * finite, and the sums mean nothing then. Rows must not change once they were passed.
   *
   * x               IN     n x d, the index of each cell's level
   * levels          IN     d, how many there are
   * logProbability  IN     k x size, of the levels of all features, one feature after the other; -Infinity allowed
   * level           INOUT  k x size, sums of memberships
   *
   * Source: McLachlan and Peel (2000), section 5.11; Bishop (2006), eq. 9.56.
   */
  categoricalStep(
    x: Float64Array,
    from: number,
    to: number,
    levels: readonly number[],
    weight: Float64Array | null,
    logProbability: Float64Array,
    logScale: Float64Array,
    k: number,
    count: Float64Array,
    level: Float64Array,
  ): number;
}
