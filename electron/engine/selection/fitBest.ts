import type { RunSpecification, Start } from '../../../shared/fit';
import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import { serialEStep } from '../drive/eStep';
import { bestOutcome, runRestart } from '../drive/restarts';
import type { Outcome } from '../drive/run';
import type { FeatureSpace } from '../featureSpace';
import type { LatentModel, Rows } from '../model';
import { createModel } from '../models/registry';
import { resolvePrior } from '../models/resolvePrior';

/** A fit as a selection makes it by the hundred: on one thread, with no trace of how it went. */
export interface FitTask {
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  /** In units of the fit. */
  readonly start: Start;
  readonly run: RunSpecification;
}

/** The best of all restarts, and how many came within 1e-6 relative of it. */
export interface BestFit {
  readonly model: LatentModel;
  readonly outcome: Outcome;
  readonly restartsAtBest: number;
}

/** Restarts within this relative distance of the best objective reached the same optimum. */
const sameOptimum = 1e-6;

/**
 * Fits `rows` from every restart in turn and keeps the best; the first failure when all fail. A prior is learnt from
 * these rows. `isCancelled` ends the restart under way at its last finished iteration.
 */
export function fitBest(
  { model: specification, space, start, run }: FitTask,
  rows: Rows,
  kernels: Kernels,
  isCancelled: () => boolean,
): BestFit {
  const model = createModel(resolvePrior(specification, rows, space), space, kernels);
  const { algorithm, tolerance, maxIterations, seed, restarts } = run;
  const shouldStop = (): 'cancelled' | null => (isCancelled() ? 'cancelled' : null);
  const options = { tolerance, maxIterations, shouldStop };
  const eStepOf = (of: LatentModel) => serialEStep(of, rows, isCancelled);
  const outcomes: Outcome[] = [];
  for (let restart = 0; restart < restarts && (restart === 0 || !isCancelled()); restart++) {
    const going = runRestart({ model, rows, start, algorithm, seed, restart, options, eStepOf });
    let step = going.next();
    while (step.done !== true) step = going.next();
    outcomes.push(step.value);
  }
  const best = bestOutcome(outcomes);
  if (best === null) return { model, outcome: outcomes[0], restartsAtBest: 0 };
  const { objective } = outcomes[best] as Extract<Outcome, { ok: true }>;
  const near = sameOptimum * Math.abs(objective);
  const restartsAtBest = outcomes.filter((outcome) => outcome.ok && objective - outcome.objective <= near);
  return { model, outcome: outcomes[best], restartsAtBest: restartsAtBest.length };
}
