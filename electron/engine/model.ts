import type { FitFailure } from '../../shared/fitFailure';
import type { ModelSpecification } from '../../shared/model';
import type { Result } from '../../shared/result';
import type { Rows } from './rows';

export type { Rows } from './rows';

/** Named flat arrays, component axis first; `LatentModel.shape` says what each axis means. Never changed once made. */
export type Params = Record<string, Float64Array>;

/** Named flat arrays that add: the statistics of two sets of rows at the same parameters sum to those of both. */
export type Stats = Record<string, Float64Array>;

export type Axis = 'component' | 'feature';

/** How log joint densities become memberships: shared by probability, or all to the most probable component. */
export type PosteriorPolicy = { readonly kind: 'soft' } | { readonly kind: 'hard' };

export interface Capabilities {
  /** What the E-step accepts; the first is the model's own. */
  readonly policies: readonly PosteriorPolicy['kind'][];
  readonly objective: 'logLikelihood' | 'negativeDistortion';
  /** `refill`: an empty component is given the row that fits worst; `fail`: the run ends with emptyComponent. */
  readonly emptyComponents: 'refill' | 'fail';
  /** A converged run may be bettered by moving single rows (`drive/exchange`). */
  readonly exchangesRows: boolean;
}

/**
 * What a model with hidden classes knows about its own mathematics; loops, starts, threads and stopping rules
 * are written once around it (`drive/`). Instances hold scratch memory: one per thread.
 */
export interface LatentModel {
  readonly name: string;
  /** What `createModel` made this from: another thread makes its own. */
  readonly specification: ModelSpecification;
  readonly components: number;
  readonly features: number;
  readonly capabilities: Capabilities;
  readonly shape: Readonly<Record<string, readonly Axis[]>>;

  emptyStats(): Stats;

  /** E-step of rows [from, to): adds expected statistics, returns this block's part of the objective. */
  accumulate(
    params: Params,
    rows: Rows,
    from: number,
    to: number,
    policy: PosteriorPolicy,
    stats: Stats,
  ): number;

  /**
   * Statistics of rows [from, to) for given memberships ((to - from) x K, before row weights), as if they had
   * come from an E-step at `origin`: what `maximise(stats, origin)` expects. Of `origin` only `mean` is read.
   */
  accumulateGiven(
    memberships: Float64Array,
    rows: Rows,
    from: number,
    to: number,
    origin: Params,
    stats: Stats,
  ): void;

  /** The objective of `params`: the rows' part and whatever is not a sum over rows. Larger is better. */
  objective(params: Params, stats: Stats, rowObjective: number): number;

  /** M-step. `previous` are the parameters at which `stats` were accumulated. */
  maximise(stats: Stats, previous: Params): Result<Params, FitFailure>;

  /** Free parameters, as the information criteria count them. */
  parameterCount(): number;

  /**
   * Memberships of rows [from, to) into `out` ((to - from) x K), each row summing to one whatever its weight,
   * and the log density of each row (k-means: minus its squared distance) into `logDensity` (to - from).
   */
  posterior(
    params: Params,
    rows: Rows,
    from: number,
    to: number,
    out: Float64Array,
    logDensity: Float64Array,
  ): void;
}
