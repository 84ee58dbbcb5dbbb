import type { Algorithm } from '../../../shared/algorithm';
import type { FitNotice, Start } from '../../../shared/fit';
import type { LatentModel, Rows } from '../model';
import { createRandom } from '../numeric/random';
import { planRun } from './algorithms';
import { serialEStep, type EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { exchangeRows } from './exchange';
import { em, type RunOptions } from './em';
import { failedBefore, type FitRun, type Outcome } from './run';
import { plainStage } from './stage';
import { initialise } from './starts';

/** One restart: what makes it repeatable, and what it runs on. */
export interface Restart {
  readonly model: LatentModel;
  readonly rows: Rows;
  readonly start: Start;
  readonly seed: number;
  /** Its number in the list, from 0. Restart 3 is the same in a list of four and of forty. */
  readonly restart: number;
  /** Absent: the model's own. */
  readonly algorithm?: Algorithm | undefined;
  readonly options: Pick<RunOptions, 'tolerance' | 'maxIterations' | 'shouldStop'>;
  /** The E-step of a model over `rows`: serial or on threads. Asked again for the k-means of a start. */
  readonly eStepOf: (model: LatentModel) => EStep;
}

/** Makes a start and runs the loop from it. */
export function* runRestart(given: Restart): FitRun {
  const { model, rows, start, seed, restart, options, eStepOf } = given;
  const random = createRandom(seed, 'restart', restart);
  const begun = initialise(model, rows, start, { random, eStepOf, shouldStop: options.shouldStop });
  if (!begun.ok) return failedBefore(begun.failure);
  const eStep = completeEStep(model, rows, eStepOf(model));
  const measure = serialEStep(model, rows, () => false);
  const { maxIterations } = options;
  const plan = planRun(model, given.algorithm, {
    rows,
    begun: begun.value,
    seed,
    restart,
    maxIterations,
    measure,
  });
  if (!plan.ok) return failedBefore(plan.failure);
  const runOptions: RunOptions = { ...options, ...plan.value, measure };
  const run = em(model, eStep, begun.value.params, runOptions);
  // A given start is followed as it is: it may be there to be compared with another program.
  const mayExchange =
    model.capabilities.exchangesRows && 'method' in start && given.algorithm?.name !== 'online';
  const outcome = yield* mayExchange ? exchanging(run, model, rows, eStep, runOptions) : run;
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
    em(model, eStep, better, {
      ...options,
      stages: [plainStage({ kind: 'hard' })],
      maxIterations: options.maxIterations - done,
    }),
    done,
  );
  return next.ok ? followed(outcome, next) : outcome;
}

/** Two runs as one, of which the second went on from the first. */
function followed(first: Extract<Outcome, { ok: true }>, second: Extract<Outcome, { ok: true }>): Outcome {
  const done = first.trace.length;
  return {
    ...second,
    iterations: done + second.iterations,
    trace: [...first.trace, ...second.trace],
    halfSteps: [...first.halfSteps, ...second.halfSteps],
    sections: first.sections,
    notices: [...onlyRelocations(first.notices), ...second.notices],
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
