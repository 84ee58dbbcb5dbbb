import type { FitNotice, Start } from '../../../shared/fit';
import type { LatentModel, Rows } from '../model';
import { createRandom } from '../numeric/random';
import type { EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { exchangeRows } from './exchange';
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
  if (!started.ok) return { ok: false, failure: started.failure, iterations: 0, trace: [], halfSteps: [] };
  const eStep = completeEStep(model, rows, eStepOf(model));
  const run = em(model, eStep, started.value, options);
  // A given start is followed as it is: it may be there to be compared with another program.
  const mayExchange = model.capabilities.exchangesRows && 'method' in start;
  const outcome = yield* mayExchange ? exchanging(run, model, rows, eStep, options) : run;
  return outcome.ok ? { ...outcome, notices: [...noticesOf(model), ...outcome.notices] } : outcome;
}

/**
 * A run that, once converged, goes on from an exchange of rows; one trace, one count of iterations. Where no row can
 * be exchanged each is nearest to its own centre, so the loop has nothing to do after it but to measure.
 */
function* exchanging(run: FitRun, model: LatentModel, rows: Rows, eStep: EStep, options: RunOptions): FitRun {
  const outcome = yield* run;
  if (!outcome.ok || outcome.stopped !== 'converged' || outcome.iterations === options.maxIterations)
    return outcome;
  const better = exchangeRows(model, rows, outcome.params, () => options.shouldStop() !== null);
  if (better === null) return outcome;
  const done = outcome.iterations + 1;
  const next = yield* shifted(
    em(model, eStep, better, { ...options, maxIterations: options.maxIterations - done }),
    done,
  );
  if (!next.ok) return outcome;
  return {
    ...next,
    iterations: done + next.iterations,
    trace: [...outcome.trace, ...next.trace],
    halfSteps: [...outcome.halfSteps, ...next.halfSteps],
    notices: [...onlyRelocations(outcome.notices), ...next.notices],
  };
}

/** A run whose iterations are counted from `first`. */
function* shifted(run: FitRun, first: number): FitRun {
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    yield { ...step.value, iteration: first + step.value.iteration };
  }
}

/** What was true of clusters at the end of an earlier part may not be at the end of the whole. */
const onlyRelocations = (notices: readonly FitNotice[]): FitNotice[] =>
  notices.filter(({ kind }) => kind === 'relocatedCluster');

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
