import type { FitNotice, StopReason } from '../../../shared/fit';
import type { FitFailure } from '../../../shared/fitFailure';
import type { LatentModel, Params, PosteriorPolicy } from '../model';
import type { EStep } from './eStep';

/** `iteration` M-steps after the start the parameters were `params`, and what was true of them. */
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

/**
 * Why a run has nothing to show. `interrupted`, by a person or the clock before anything was finished, is no
 * failure of the fit: whoever interrupted says what becomes of it.
 */
export type RunFailure =
  FitFailure | { readonly kind: 'interrupted'; readonly reason: 'timeLimit' | 'cancelled' };

/** How a run ended. `trace`: the objective at each iteration, entry 0 at the start. */
export type Outcome =
  | {
      readonly ok: true;
      readonly params: Params;
      /** Of `params` themselves, not of the ones an M-step before or after. */
      readonly objective: number;
      readonly iterations: number;
      readonly stopped: StopReason;
      readonly trace: readonly number[];
      readonly halfSteps: readonly HalfStep[];
      readonly notices: readonly FitNotice[];
    }
  | {
      readonly ok: false;
      readonly failure: RunFailure;
      readonly iterations: number;
      readonly trace: readonly number[];
      readonly halfSteps: readonly HalfStep[];
    };

/** A run tells each iteration and ends with its outcome. Whoever pulls decides how much to tell a person. */
export type FitRun = Generator<Iteration, Outcome, void>;

export interface RunOptions {
  /** Change of the objective, relative to its size, at which a run has converged; see `hasConverged`. */
  readonly tolerance: number;
  /** Most M-steps, >= 0. */
  readonly maxIterations: number;
  readonly policy: PosteriorPolicy;
  /** Asked before each E-step but the first; a reason ends the run with the last finished iteration. */
  readonly shouldStop: () => 'timeLimit' | 'cancelled' | null;
}

/**
 * The only EM loop. It stops before the M-step, so that parameters, objective and memberships belong together.
 *
 * Converged: the objective changed by no more than the tolerance, or the M-step gave back the very same
 * parameters (k-means: no row changed its cluster). An interrupted run keeps its last finished iteration; with
 * none it fails as `interrupted`.
 */
export function* em(model: LatentModel, eStep: EStep, start: Params, options: RunOptions): FitRun {
  if (!model.capabilities.policies.includes(options.policy.kind)) {
    throw new Error(`${model.name} does not take ${options.policy.kind} memberships`);
  }
  const trace: number[] = [];
  const halfSteps: HalfStep[] = [];
  const notices: FitNotice[] = [];
  let params = start;
  let last: Iteration | null = null;
  let boundAfterM = NaN;
  for (let iteration = 0; ; iteration++) {
    const reason = last === null ? null : options.shouldStop();
    const step = reason === null ? eStep(params, options.policy) : null;
    if (step === null) {
      const stopped = reason ?? options.shouldStop() ?? 'cancelled';
      if (last === null)
        return {
          ok: false,
          failure: { kind: 'interrupted', reason: stopped },
          iterations: 0,
          trace,
          halfSteps,
        };
      return { ok: true, ...ending(last), stopped, trace, halfSteps, notices };
    }
    const logPrior = model.logPrior(params);
    const objective = step.rowObjective.objective + logPrior;
    if (!Number.isFinite(objective)) {
      return {
        ok: false,
        failure: { kind: 'notFinite', where: 'objective' },
        iterations: iteration,
        trace,
        halfSteps,
      };
    }
    const before = last;
    const halfStep: HalfStep = {
      logLikelihood: step.rowObjective.logLikelihood + logPrior,
      boundAfterM,
      boundAfterE: step.rowObjective.bound + logPrior,
    };
    const now: Iteration = { iteration, objective, params, ...halfStep };
    last = now;
    trace.push(objective);
    halfSteps.push(halfStep);
    yield now;

    const finished = (stopped: StopReason): Outcome => {
      const reached = model.components - (step.unfilled?.length ?? 0);
      if (reached < model.components) notices.push({ kind: 'fewerClusters', reached, distinct: reached });
      return { ok: true, ...ending(now), stopped, trace, halfSteps, notices };
    };
    if (before !== null && hasConverged(model, before.objective, objective, options.tolerance)) {
      return finished('converged');
    }
    if (iteration >= options.maxIterations) return finished('iterationLimit');
    const next = model.maximise(step.stats, params);
    if (!next.ok) return { ok: false, failure: next.failure, iterations: iteration, trace, halfSteps };
    if (areEqual(next.value, params)) return finished('converged');
    for (const component of step.refilled ?? []) {
      notices.push({ kind: 'relocatedCluster', component, iteration });
    }
    boundAfterM =
      step.rowObjective.bound +
      (model.expectedLogJoint(next.value, step.stats, params) -
        model.expectedLogJoint(params, step.stats, params)) +
      model.logPrior(next.value);
    params = next.value;
  }
}

const ending = ({ params, objective, iteration }: Iteration) => ({
  params,
  objective,
  iterations: iteration,
});

/**
 * Whether the objective changed by at most `tolerance` times its size. The size of a distortion is the distortion
 * itself, so that units do not matter; that of a log-likelihood is its absolute value plus one, because it may
 * pass through zero.
 */
function hasConverged(model: LatentModel, before: number, now: number, tolerance: number): boolean {
  const floor = model.capabilities.objective === 'logLikelihood' ? 1 : 0;
  return Math.abs(now - before) <= tolerance * (Math.abs(now) + floor);
}

/** Whether two sets of parameters are the same in every bit that matters. */
function areEqual(a: Params, b: Params): boolean {
  return Object.keys(a).every((name) => a[name].every((value, i) => value === b[name][i]));
}

/** Runs to the end, showing each iteration to `seen`. */
export function drain(run: FitRun, seen?: (iteration: Iteration) => void): Outcome {
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    seen?.(step.value);
  }
}
