import type { FitFailure } from '../../../shared/fitFailure';
import type { Result } from '../../../shared/result';
import type { MStep, Params, Shape, Stats } from '../model';
import type { Random } from '../numeric/random';

/**
 * The columns of one kind in a mixture, and the density each component has over them. Densities of parts multiply
 * (features of different parts are independent given the component) and statistics add, so any families are glued by
 * `mixture.ts`, which alone knows mixing weights, memberships, known labels and policies.
 *
 * Rows come to a part as x, n x d of its own columns only. All parts of a mixture have statistics and parameters of
 * different names; each reads and writes only its own.
 */
export interface MixturePart {
  readonly name: string;
  /** Number of its columns. */
  readonly d: number;
  readonly shape: Shape;
  /**
   * A component with no more than this share of all rows has lost them: its parameters would be rounding. 0 where they
   * are as exact of a small share as of a large one, and where nothing is left stay what they were.
   */
  readonly emptyShare: number;
  readonly explores: boolean;
  readonly partialMStep: boolean;
  /** Its parameters that can take turns. */
  readonly conditionalSteps: readonly (readonly string[])[];

  emptyStats(params?: Params): Stats;
  /**
   * The part at given parameters, with what can be computed once for all rows: factors, logarithms. Made when they are
   * asked for, because the statistics of a start are taken where there is no more than a mean.
   */
  at(params: Params): PartAt;
  /** `weight`: K, the sums of memberships. Returns only the part's own parameters. */
  maximise(stats: Stats, weight: Float64Array, previous: Params, step: MStep): Result<Params, FitFailure>;
  logPrior(params: Params): number;
  /** sum_ij q_ij E[log p(x_i | z_i = j, params)] from statistics accumulated at `origin`. */
  expectedLogDensity(params: Params, stats: Stats, weight: Float64Array, origin: Params): number;
  recentre(stats: Stats, weight: Float64Array, from: Params, to: Params): Stats;
  parameterCount(): number;

  /** Mean and covariance of component j, in the coordinates of `Likelihood.moments`, features in the part's order. */
  moments(params: Params, component: number): { mean: Float64Array; covariance: Float64Array };
  /** Draws one row of component j into out, d numbers at offset. */
  sample(params: Params, component: number, random: Random, out: Float64Array, offset: number): void;
  /** Appends the part's parameters to a vector without constraints. */
  toFree(params: Params, free: number[]): void;
  /** Reads them back from `free` at offset; returns them with the offset after them, null where they are out of range. */
  fromFree(free: Float64Array, offset: number, like: Params): { params: Params; offset: number } | null;
}

export interface PartAt {
  /**
   * A whole soft E-step over rows [from, to) without known labels, of a mixture that is this part alone; a part without
   * one is stepped through its densities and statistics. Adds memberships to `weight` and the part's statistics to
   * `stats`; returns the log-likelihood, rows weighted by `rowWeight`. Null, and nothing is added, where a row is
   * impossible: that takes more care. `isComplete`: no cell is missing.
   */
  softStep?(
    x: Float64Array,
    from: number,
    to: number,
    rowWeight: Float64Array | null,
    base: Float64Array,
    weight: Float64Array,
    stats: Stats,
    isComplete: boolean,
  ): number | null;
  /**
   * Memberships and log densities of complete rows [from, to) without known labels, of a mixture that is this part
   * alone: `logDensities` and what is made of them at once. What is not finite belongs to a row that is
   * impossible.
   */
  posteriors?(
    x: Float64Array,
    from: number,
    to: number,
    base: Float64Array,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;
  /** out_ij = base_j + log p(observed cells of x_i | j), rows [from, to) x K. `isComplete`: no cell is missing. */
  logDensities(
    x: Float64Array,
    from: number,
    to: number,
    base: Float64Array,
    out: Float64Array,
    isComplete: boolean,
  ): void;
  /** Adds the statistics of rows [from, to) with memberships ((to - from) x K, row weights included). */
  addStats(
    x: Float64Array,
    from: number,
    to: number,
    membership: Float64Array,
    stats: Stats,
    isComplete: boolean,
  ): void;
  /**
   * The same for complete rows that each belong whole to the component of their label (to - from; -1: to none), of a
   * mixture that is this part alone; adds their weights to `weight` too. A part without it is given memberships.
   */
  addLabelled?(
    x: Float64Array,
    from: number,
    to: number,
    label: Int32Array,
    rowWeight: Float64Array | null,
    weight: Float64Array,
    stats: Stats,
  ): void;
  /**
   * Mean and variance of column a of a row of x given its observed cells and component j; a missing category
   * has none, and `share` its probability of each level.
   */
  conditional(x: Float64Array, row: number, column: number, component: number): Conditional;
}

export type Conditional =
  | { readonly kind: 'value'; readonly mean: number; readonly variance: number }
  | { readonly kind: 'levels'; readonly share: Float64Array };
