import type { CategoricalKernels } from './categoricalKernels';
import type { GaussianKernels } from './gaussianKernels';
import type { MomentKernels } from './momentKernels';
import type { ObservedKernels } from './observed';

/**
 * The loops over rows that a fit spends its time in. Flat arrays in, flat arrays out, row-major; nothing is
 * allocated per row, and an implementation owns its scratch memory. `from` and `to` are rows of `x`; results of
 * row i stand at (i - from). Every result depends on the rows alone, never on how they were cut into calls;
 * sums are added in the order of the rows.
 */
export interface Kernels extends GaussianKernels, MomentKernels, CategoricalKernels {
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
}
