import type { FitNotice } from '../../../shared/fit';
import type { MStep, Params } from '../model';
import type { PosteriorPolicy } from '../posteriorPolicy';
import type { Accelerator } from './acceleration';
import type { EStep } from './eStep';

/**
 * A stretch of a run in which every iteration does the same. A run is a list of stages; only in the last one may it
 * converge, and its policy says what the objective of the whole run is.
 */
export interface Stage {
  /** What the trace holds: the objective of a policy, or an estimate of it from a batch of rows. */
  readonly kind: Exclude<PosteriorPolicy['kind'], 'given'> | 'batch';
  /** Most iterations, each one E-step. Infinity: until it has converged. */
  readonly iterations: number;
  /** How memberships are made, by iterations since the stage began. */
  policy(iteration: number): PosteriorPolicy;
  /** M-steps that take turns; one alone is the same in every iteration. */
  readonly turns: readonly MStep[];
  /** Whether theory says that the objective never falls within the stage. */
  readonly isMonotone: boolean;
  /**
   * The parameters it begins with: made from those the stage before would have gone on to, and the best it saw.
   * Absent: the former.
   */
  readonly begin?: (reached: Params, best: Params) => Params;
  /** An E-step of its own, not over all rows at once. */
  readonly eStep?: EStep;
  readonly accelerator?: Accelerator;
  /** A failed M-step ends the stage, not the run. */
  readonly survivesFailure?: boolean;
  /** Said in the outcome once the stage has begun. */
  readonly notice?: FitNotice;
}

/** One stage to convergence with whole M-steps: EM, classification EM, Lloyd. */
export function plainStage(policy: Extract<PosteriorPolicy, { kind: 'soft' | 'hard' }>): Stage {
  return { kind: policy.kind, iterations: Infinity, policy: () => policy, turns: ['full'], isMonotone: true };
}
