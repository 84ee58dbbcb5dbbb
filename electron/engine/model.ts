import type { FitFailure } from '../../shared/fitFailure';
import type { ModelSpecification } from '../../shared/model';
import type { Result } from '../../shared/result';
import type { Kernels } from '../kernels/kernels';
import type { FeatureSpace } from './featureSpace';
import type { GivenMemberships } from './givenMemberships';
import type { Random } from './numeric/random';
import type { PosteriorPolicy } from './posteriorPolicy';
import type { Rows } from './rows';

export type { PosteriorPolicy } from './posteriorPolicy';
export type { Rows } from './rows';

/** Named flat arrays, component axis first; `LatentModel.shape` says what each axis means. Never changed once made. */
export type Params = Record<string, Float64Array>;

/** Named flat arrays that add: the statistics of two sets of rows at the same parameters sum to those of both. */
export type Stats = Record<string, Float64Array>;

/** One axis of an array of parameters. `level`: all levels of all categorical features, one after the other. */
export interface Axis {
  readonly of: 'component' | 'feature' | 'level';
  readonly length: number;
}
export type Shape = Readonly<Record<string, readonly Axis[]>>;

/** What an E-step's rows add up to, each weighted: for memberships q and parameters theta. */
export interface RowObjective {
  /** sum_i log p(x_i | theta); of k-means minus the distortion. */
  logLikelihood: number;
  /** The evidence lower bound sum_i E_q[log p(x_i, z_i | theta)] + H(q_i): equal to the above when q is the posterior. */
  bound: number;
  /** What the policy raises: log-likelihood, classification log-likelihood, minus the free energy. */
  objective: number;
}

/**
 * How much of an M-step is made. `partial`: one round of one that iterates, from `previous` (generalised EM). A list:
 * only the parameters it names, the others stay (ECM). `exploring`: a whole one that may lower the likelihood, of models
 * that have such.
 */
export type MStep = 'full' | 'partial' | 'exploring' | readonly string[];

export interface Capabilities {
  /** What the E-step accepts; the first is the model's own. */
  readonly policies: readonly ['soft' | 'hard', ...PosteriorPolicy['kind'][]];
  readonly objective: 'logLikelihood' | 'negativeDistortion';
  /**
   * `refill`: an empty component is given the row that fits worst; `stay`: it goes on with weight 0 and the parameters
   * it had, as EM's formulas have it; `fail`: it has no parameters, and the run ends with emptyComponent.
   */
  readonly emptyComponents: 'refill' | 'stay' | 'fail';
  /** A converged run may be bettered by moving single rows (`drive/exchange`). */
  readonly exchangesRows: boolean;
  /** A converged run may be bettered by M-steps of another kind (`drive/explore`). */
  readonly explores: boolean;
  /** `averaged`: statistics of batches are averaged with falling steps; `counted`: they are summed, as in k-means. */
  readonly online: 'averaged' | 'counted';
  /** The M-step can be made in part, a round at a time. */
  readonly partialMStep: boolean;
  /** Parameters that can take turns, in their order; empty: they cannot. */
  readonly conditionalSteps: readonly (readonly string[])[];
}

/** What a model puts into a missing cell. `spread`: standard deviation; of a category the probability of its level; NaN: none. */
export interface ImputedCell {
  readonly row: number;
  readonly feature: number;
  readonly value: number;
  readonly spread: number;
}

/**
 * What a model with hidden classes knows about its own mathematics; loops, starts, threads and stopping rules
 * are written once around it (`drive/`). Instances hold scratch memory: one per thread.
 */
export interface LatentModel {
  readonly name: string;
  /** What `createModel` made this from: another thread makes its own. */
  readonly specification: ModelSpecification;
  readonly space: FeatureSpace;
  readonly components: number;
  /** Columns of the rows: all features, of whatever kind. */
  readonly features: number;
  readonly capabilities: Capabilities;
  readonly shape: Shape;

  /**
   * Zeros to add statistics to. Of rows at `params` some may not be needed: those are of length 0, and such statistics
   * add only to others of the same parameters.
   */
  emptyStats(params?: Params): Stats;

  /** E-step of rows [from, to): adds expected statistics, returns this block's part of the objective. */
  accumulate(
    params: Params,
    rows: Rows,
    from: number,
    to: number,
    policy: PosteriorPolicy,
    stats: Stats,
  ): RowObjective;

  /**
   * Statistics of rows [from, to) for given memberships ((to - from) x K, before row weights) or labels of the
   * components they belong to whole (to - from; -1: to none), as if they had come from an E-step at `origin`: what `maximise(stats, origin)` expects. Missing cells of rows are filled by
   * their expectation at `origin`; when that has no more than a `mean`, by the mean.
   */
  accumulateGiven(
    given: GivenMemberships,
    rows: Rows,
    from: number,
    to: number,
    origin: Params,
    stats: Stats,
  ): void;

  /** Log density of the parameters under the prior, in units of the rows; 0 without one. */
  logPrior(params: Params): number;

  /**
   * E_q[log p(X, Z | params)], prior not included, from statistics accumulated at `origin` with memberships q, up to
   * what does not depend on `params`. Its change from `origin` to `params` is the change of the bound in an M-step
   * (Bishop, 2006, eq. 9.30).
   */
  expectedLogJoint(params: Params, stats: Stats, origin: Params): number;

  /** M-step. `previous` are the parameters at which `stats` were accumulated. */
  maximise(stats: Stats, previous: Params, step?: MStep): Result<Params, FitFailure>;

  /** Statistics accumulated at `from` as if they had been at `to`: where they are taken about means, those move. */
  recentre(stats: Stats, from: Params, to: Params): Stats;

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

  /** What the model expects in the missing cells of rows [from, to), in the order of rows and features. */
  impute(params: Params, rows: Rows, from: number, to: number): ImputedCell[];

  /** The loops over rows it was made with: those who make its starts use them too. */
  readonly kernels: Kernels;

  /** Null: a model without a likelihood. */
  readonly likelihood: Likelihood | null;
}

/** What only a model of a density has. */
export interface Likelihood {
  /** n rows drawn from the model, without missing cells: n x features. */
  sample(params: Params, n: number, random: Random): Float64Array;
  /**
   * Mean (m) and covariance (m x m) of the mixture in closed form (Bishop, 2006, eq. 9.49 and 9.50). Coordinates are
   * the features in their order, a categorical one as one indicator for each level.
   */
  moments(params: Params): { mean: Float64Array; covariance: Float64Array };
  /** Parameters as a vector without constraints (logarithms of shares, logits, log-Cholesky factors), for acceleration. */
  toFree(params: Params): Float64Array;
  /** The way back; null where the vector leads out of what a double can hold. `like` gives what a vector cannot move. */
  fromFree(free: Float64Array, like: Params): Params | null;
}
