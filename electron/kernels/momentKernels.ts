/** The loops of `Kernels` that add up rows, those of labels and of memberships. */
export interface MomentKernels {
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
}
