import type { LatentModel, Params } from '../model';
import type { EStep } from './eStep';
import { em, type RunOptions } from './em';
import type { Begun } from './membershipStart';
import { drain, type FitRun, type Outcome } from './run';
import { plainStage } from './stage';

type Success = Extract<Outcome, { ok: true }>;

/** Two optima whose objectives differ by less than this share are one. By eye. */
const leastGain = 1e-9;

/**
 * A run that, once converged, looks for a higher optimum: it sets out from the same start by M-steps that explore, until
 * those stand still, and climbs from there. What of that climb lies above the optimum it had is told as its further way,
 * so the trace rises all along; if nothing does, it ends where it was. The search itself is not in the trace. Where the
 * run ended at a singular covariance, the climb is all there is.
 */
export function* exploring(
  run: FitRun,
  model: LatentModel,
  eStep: EStep,
  begun: Begun,
  options: RunOptions,
): FitRun {
  const reached = yield* run;
  const left = options.maxIterations - reached.iterations;
  const isAtEnd = reached.ok
    ? reached.stopped === 'converged'
    : reached.failure.kind === 'singularCovariance';
  if (!isAtEnd || reached.sections.at(-1)?.kind !== 'soft' || left === 0) return reached;
  const soft = plainStage({ kind: 'soft' });
  const search = { ...soft, turns: ['exploring'], isMonotone: false } as const;
  const searching = { ...options, maxIterations: left, stages: [search], measuresBound: false };
  const found = drain(em(model, eStep, firstParams(model, begun), searching));
  if (!found.ok || options.shouldStop() !== null) return reached;

  const enough = reached.ok
    ? reached.objective + Math.max(leastGain, options.tolerance) * (Math.abs(reached.objective) + 1)
    : -Infinity;
  const climb = em(model, eStep, found.params, { ...options, maxIterations: left - 1, stages: [soft] });
  const done = reached.trace.length;
  let below = 0;
  for (;;) {
    const step = climb.next();
    if (step.done === true) {
      const { value } = step;
      return value.ok && value.objective > enough ? wentOn(reached, value, below) : reached;
    }
    const { objective, iteration, boundAfterM } = step.value;
    if (!(objective > enough)) below = iteration + 1;
    else
      yield {
        ...step.value,
        iteration: done + iteration - below,
        // The memberships of the iteration before are not those of the one that is told before it.
        boundAfterM: iteration === below ? NaN : boundAfterM,
      };
  }
}

/** A start by memberships may take another first M-step. */
function firstParams(model: LatentModel, { params, statistics }: Begun): Params {
  const first = statistics && model.maximise(statistics.stats, statistics.origin, 'exploring');
  return first?.ok === true ? first.value : params;
}

/** A run and a climb that came out above it, without the iterations of the climb `below`. */
function wentOn(reached: Outcome, climb: Success, below: number): Outcome {
  const [first, ...rest] = climb.halfSteps.slice(below);
  const done = reached.trace.length;
  return {
    ...climb,
    iterations: done + climb.iterations - below,
    trace: [...reached.trace, ...climb.trace.slice(below)],
    halfSteps: [...reached.halfSteps, { ...first, boundAfterM: NaN }, ...rest],
    sections: reached.ok
      ? reached.sections
      : [
          ...reached.sections,
          ...climb.sections.map((section) => ({ ...section, from: done + section.from })),
        ],
  };
}
