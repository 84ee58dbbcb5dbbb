import type { StopReason } from '../../../shared/fit';
import type { LatentModel, Params, Stats } from '../model';
import type { EStep, EStepResult } from './eStep';
import { RunRecord } from './runRecord';
import type { FitRun, Iteration, Outcome } from './run';
import type { Stage } from './stage';

export interface RunOptions {
  /** Change of the objective, relative to its size, at which a run has converged; see `hasConverged`. */
  readonly tolerance: number;
  /** Most E-steps after the one at the start, >= 0, of all stages; reached in any of them, the last one measures. */
  readonly maxIterations: number;
  /** At least one. Only the last may be without an end. */
  readonly stages: readonly Stage[];
  /** Asked before each E-step but the first; a reason ends the run with the last finished iteration. */
  readonly shouldStop: () => 'timeLimit' | 'cancelled' | null;
  /** Whether the bound after each M-step is measured, else it is NaN. @default true */
  readonly measuresBound?: boolean | undefined;
  /** An E-step over all rows that cannot be stopped: what a run is measured by that ends between batches. */
  readonly measure: EStep;
}

/** E-steps from one jump of an accelerator to the next. */
const stepsOfCycle = 3;

/**
 * A relative change of a log-likelihood below this is the rounding of its sum: parameters that stand still may return
 * in other last digits, since statistics are taken about the parameters before.
 */
const rounding = 2 ** -50;

/** What the parameters at hand were made from: an E-step, at which parameters, and the bound there. */
interface Origin {
  readonly step: EStepResult;
  readonly params: Params;
}

/**
 * The only EM loop. It stops before the M-step, so that parameters, objective and memberships belong together. Ways
 * of running EM are lists of stages (`algorithms.ts`).
 *
 * Converged: over one turn of all M-steps the objective changed by no more than the tolerance, or they gave back the
 * very same parameters (k-means: no row changed its cluster). An interrupted run keeps its last finished iteration,
 * or the best of a stage that draws; with none it fails as `interrupted`.
 */
export function* em(model: LatentModel, eStep: EStep, start: Params, options: RunOptions): FitRun {
  for (const stage of options.stages) refuseOther(model, stage);
  const { stages, maxIterations, measuresBound = true } = options;
  const record = new RunRecord(model);
  let params = start;
  let origin: Origin | null = null;

  for (const [index, stage] of stages.entries()) {
    const isFinal = index === stages.length - 1;
    if (!isFinal && record.next >= maxIterations) continue;
    if (stage.begin) params = stage.begin(params, record.best?.params ?? params);
    record.begin(stage);
    const turns = stage.turns.length;
    let unchanged = 0;
    let turn = 0;
    /** Iterations since the last jump of an accelerator: no change from before it says that a run has converged. */
    let sinceJump = Infinity;
    let cycleStart = params;
    let { accelerator = null } = stage;
    /** Where the first jump set out. */
    let beforeJumps: Params | null = null;
    /** Where the run goes on if the extrapolated parameters at hand are no better. */
    let fallback: Params | null = null;

    for (let t = 0; t < stage.iterations && (isFinal || record.next < maxIterations); t++) {
      const policy = stage.policy(t);
      const reason = record.last === null ? null : options.shouldStop();
      const step: EStepResult | null = reason === null ? (stage.eStep ?? eStep)(params, policy) : null;
      if (step === null) return yield* interrupted(reason ?? options.shouldStop() ?? 'cancelled');
      const now = iterationOf(model, params, step, record.next, measuresBound ? origin : null);
      const isLast = isFinal && (record.next >= maxIterations || t + 1 >= stage.iterations);

      if (fallback !== null) {
        const isBetter = record.last !== null && now.objective >= record.last.objective;
        const accepted = isBetter && model.maximise(step.stats, params).ok;
        accelerator?.judge(accepted);
        if (!accepted) {
          yield record.repeat();
          sinceJump = 0;
          if (isLast) return finished('iterationLimit', null);
          params = fallback;
          fallback = null;
          continue;
        }
      }
      sinceJump = fallback === null ? sinceJump + 1 : 0;
      fallback = null;
      if (!Number.isFinite(now.objective)) {
        return { ok: false, failure: { kind: 'notFinite', where: 'objective' }, ...record.history() };
      }
      // After jumps one step may be short though the way is long: a cycle with its jump must be.
      const before = record.objectiveBack(beforeJumps === null ? turns : turns * stepsOfCycle);
      record.add(now);
      yield now;

      if (isFinal && sinceJump >= turns && before !== null) {
        if (hasConverged(model, before, now.objective, options.tolerance, step.stats))
          return finished('converged', step);
      }
      if (isLast) return finished('iterationLimit', step);
      if (turn === 0) cycleStart = params;
      // By chance only: EM from the best that was seen begins with all components.
      if (stage.survivesFailure === true && step.stats.weight.includes(0)) break;
      const next = model.maximise(step.stats, params, stage.turns[turn]);
      if (!next.ok) {
        if (stage.survivesFailure === true) break;
        if (beforeJumps !== null) {
          // Plain steps may have gone another way: they are made after all.
          params = beforeJumps;
          [accelerator, beforeJumps, origin] = [null, null, null];
          turn = 0;
          record.begin(stage);
          continue;
        }
        return { ok: false, failure: next.failure, ...record.history() };
      }
      unchanged = areEqual(next.value, params) ? unchanged + 1 : 0;
      if (isFinal && unchanged >= turns) return finished('converged', step);
      record.relocated(step.refilled ?? []);
      origin = stage.kind === 'batch' ? null : { step, params };
      params = next.value;
      turn = (turn + 1) % turns;
      const further = turn === 0 ? (accelerator?.propose(cycleStart, params) ?? null) : null;
      if (further === null) continue;
      beforeJumps ??= params;
      fallback = params;
      params = further;
    }
  }
  throw new Error('the last stage ended without an end of the run');

  function finished(stopped: StopReason, step: EStepResult | null): Outcome {
    return record.end(stopped, model.components - (step?.unfilled?.length ?? 0));
  }

  /** Ends with what there is: measured on all rows, and by what the last stage raises. */
  function* interrupted(reason: 'timeLimit' | 'cancelled'): FitRun {
    const kept = record.kept();
    if (kept === null) return { ok: false, failure: { kind: 'interrupted', reason }, ...record.history() };
    if (record.kind === 'batch') {
      const step = options.measure(kept.params, stages[stages.length - 1].policy(0));
      if (step === null) throw new Error('the measuring E-step was stopped');
      const measured = iterationOf(model, kept.params, step, record.next, null);
      record.begin(stages[stages.length - 1]);
      record.add(measured);
      yield measured;
    }
    return record.end(reason, model.components);
  }
}

/** What is true of parameters after their E-step. */
function iterationOf(
  model: LatentModel,
  params: Params,
  { rowObjective }: EStepResult,
  iteration: number,
  origin: Origin | null,
): Iteration {
  const logPrior = model.logPrior(params);
  return {
    iteration,
    params,
    objective: rowObjective.objective + logPrior,
    logLikelihood: rowObjective.logLikelihood + logPrior,
    boundAfterM: origin === null ? NaN : boundAfter(model, origin, params) + logPrior,
    boundAfterE: rowObjective.bound + logPrior,
  };
}

/**
 * The bound at `params` with the memberships of the E-step they come from: that of the E-step, and the change of
 * E_q[log p(X, Z)], since the entropy of q stays (Bishop, 2006, eq. 9.74). NaN when rows were moved after that E-step
 * to fill components: its memberships are no longer those of its bound.
 */
function boundAfter(model: LatentModel, { step, params: from }: Origin, params: Params): number {
  if (step.refilled !== undefined && step.refilled.length > 0) return NaN;
  const change =
    model.expectedLogJoint(params, step.stats, from) - model.expectedLogJoint(from, step.stats, from);
  return step.rowObjective.bound + change;
}

function refuseOther(model: LatentModel, stage: Stage): void {
  const { kind } = stage.policy(0);
  if (!model.capabilities.policies.includes(kind))
    throw new Error(`${model.name} does not take ${kind} memberships`);
}

/**
 * Whether the objective changed by at most `tolerance` times its size. The size of a distortion is the distortion
 * itself, so that units do not matter; that of a log-likelihood is its absolute value plus one, because it may
 * pass through zero, and changes within rounding are none whatever the tolerance. Rows that weigh less than one together
 * add as little.
 */
function hasConverged(
  model: LatentModel,
  before: number,
  now: number,
  tolerance: number,
  { weight }: Stats,
): boolean {
  const change = Math.abs(now - before);
  if (model.capabilities.objective !== 'logLikelihood') return change <= tolerance * Math.abs(now);
  const rows = weight.reduce((sum, value) => sum + value, 0);
  return change <= Math.max(tolerance, rounding) * (Math.abs(now) + Math.min(1, rows));
}

/** Whether two sets of parameters are the same in every bit that matters. */
function areEqual(a: Params, b: Params): boolean {
  return Object.keys(a).every((name) => a[name].every((value, i) => value === b[name][i]));
}
