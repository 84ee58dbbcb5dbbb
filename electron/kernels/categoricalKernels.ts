/** The loops of `Kernels` over rows of categories. */
export interface CategoricalKernels {
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
   * finite, and the sums mean nothing then. Rows that repeat within a call may be counted at once. Rows must not change
   * once they were passed.
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
