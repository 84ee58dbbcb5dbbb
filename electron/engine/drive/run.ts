import type { FitNotice, StopReason } from '../../../shared/fit';
import type { FitFailure } from '../../../shared/fitFailure';
import type { Params } from '../model';
import type { Stage } from './stage';

/** `iteration` E-steps after the start the parameters were `params`, and what was true of them. */
export interface Iteration extends HalfStep {
  readonly iteration: number;
  readonly objective: number;
  readonly params: Params;
}

/**
 * The bound before and after the E-step of an iteration, beside the log-likelihood it is a bound of; the differences
 * are KL(q || p) (Bishop, 2006, eq. 9.70). All three include the log prior.
 */
export interface HalfStep {
  readonly logLikelihood: number;
  /** At these parameters, with the memberships of the iteration before; NaN where there are none. */
  readonly boundAfterM: number;
  readonly boundAfterE: number;
}

/** The trace from an iteration on: what its numbers are, and whether theory says that they never fall. */
export interface TraceSection {
  readonly from: number;
  readonly kind: Stage['kind'];
  readonly isMonotone: boolean;
}

/** A run as it went. `trace`: the objective at each iteration, entry 0 at the start. */
export interface History {
  readonly iterations: number;
  readonly trace: readonly number[];
  readonly halfSteps: readonly HalfStep[];
  readonly sections: readonly TraceSection[];
}

/**
 * Why a run has nothing to show. `interrupted`, by a person or the clock before anything was finished, is no
 * failure of the fit: whoever interrupted says what becomes of it.
 */
export type RunFailure =
  FitFailure | { readonly kind: 'interrupted'; readonly reason: 'timeLimit' | 'cancelled' };

/** How a run ended. */
export type Outcome = History &
  (
    | {
        readonly ok: true;
        readonly params: Params;
        /** Of `params` themselves, not of the ones an M-step before or after, and measured on all rows. */
        readonly objective: number;
        readonly stopped: StopReason;
        readonly notices: readonly FitNotice[];
      }
    | { readonly ok: false; readonly failure: RunFailure }
  );

/** A run tells each iteration and ends with its outcome. Whoever pulls decides how much to tell a person. */
export type FitRun = Generator<Iteration, Outcome, void>;

/** The outcome of a run that failed before its first iteration. */
export const failedBefore = (failure: RunFailure): Outcome => ({
  ok: false,
  failure,
  iterations: 0,
  trace: [],
  halfSteps: [],
  sections: [],
});

/** Runs to the end, showing each iteration to `seen`. */
export function drain(run: FitRun, seen?: (iteration: Iteration) => void): Outcome {
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    seen?.(step.value);
  }
}
