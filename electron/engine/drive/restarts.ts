import type { FitNotice, Start } from '../../../shared/fit';
import type { LatentModel, Rows } from '../model';
import { createRandom } from '../numeric/random';
import type { EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { em, type FitRun, type Outcome, type RunOptions } from './em';
import { initialise } from './starts';

/** One restart: what makes it repeatable, and what it runs on. */
export interface Restart {
  readonly model: LatentModel;
  readonly rows: Rows;
  readonly start: Start;
  readonly seed: number;
  /** Its number in the list, from 0. Restart 3 is the same in a list of four and of forty. */
  readonly restart: number;
  readonly options: RunOptions;
  /** The E-step of a model over `rows`: serial or on threads. Asked again for the k-means of a start. */
  readonly eStepOf: (model: LatentModel) => EStep;
}

/** Makes a start and runs the loop from it. */
export function* runRestart({ model, rows, start, seed, restart, options, eStepOf }: Restart): FitRun {
  const random = createRandom(seed, 'restart', restart);
  const tools = { random, eStepOf, shouldStop: options.shouldStop };
  const started = initialise(model, rows, start, tools);
  if (!started.ok) return { ok: false, failure: started.failure, iterations: 0, trace: [] };
  const outcome = yield* em(model, completeEStep(model, rows, eStepOf(model)), started.value, options);
  return outcome.ok ? { ...outcome, notices: [...noticesOf(model), ...outcome.notices] } : outcome;
}

/** With a ridge the M-step no longer maximises the likelihood, which may fall: said once. */
function noticesOf({ specification }: LatentModel): FitNotice[] {
  const ridge = specification.family === 'gaussian' ? specification.ridge : 0;
  return ridge > 0 ? [{ kind: 'ridgeActive', ridge }] : [];
}

/** The index of the outcome with the largest objective, the first of equals; null when none succeeded. */
export function bestOutcome(outcomes: readonly Outcome[]): number | null {
  let best: number | null = null;
  let objective = -Infinity;
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.ok && (best === null || outcome.objective > objective)) {
      best = index;
      objective = outcome.objective;
    }
  }
  return best;
}
