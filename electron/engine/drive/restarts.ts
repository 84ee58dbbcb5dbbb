import type { Algorithm } from '../../../shared/algorithm';
import type { FitNotice } from '../../../shared/fit';
import { ok } from '../../../shared/result';
import type { LatentModel, Rows } from '../model';
import { createRandom } from '../numeric/random';
import { planRun } from './algorithms';
import { serialEStep, type EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { exchangeRows } from './exchange';
import { em, type RunOptions } from './em';
import { exploring } from './explore';
import { failedBefore, type FitRun, type Outcome, type TraceSection } from './run';
import { plainStage } from './stage';
import type { SeedingPasses } from './seeding';
import { initialise, type RunStart, type Started } from './starts';

/** One restart: what makes it repeatable, and what it runs on. */
export interface Restart {
  readonly model: LatentModel;
  readonly rows: Rows;
  readonly start: RunStart;
  readonly seed: number;
  /** Its number in the list, from 0. Restart 3 is the same in a list of four and of forty. */
  readonly restart: number;
  /** A short run that it goes on from, or that failed and is its end too. Absent or null: it makes a start. */
  readonly goesOnFrom?: Outcome | null;
  /** Absent: the model's own. */
  readonly algorithm?: Algorithm | undefined;
  readonly options: Pick<RunOptions, 'tolerance' | 'maxIterations' | 'shouldStop' | 'measuresBound'>;
  /** The E-step of a model over `rows`: serial or on threads. Asked again for the k-means of a start. */
  readonly eStepOf: (model: LatentModel) => EStep;
  /** Faster passes of a seeding than loops over rows; absent or null: there are none for these rows. */
  readonly seeding?: (() => SeedingPasses | null) | undefined;
}

/** Makes a start, or takes where a short run ended, and runs the loop from it. */
export function* runRestart(given: Restart): FitRun {
  const before = given.goesOnFrom ?? null;
  if (before === null) return yield* runFrom(given, initialiseRestart(given), given.options.maxIterations);
  if (!before.ok) return before;
  const left = given.options.maxIterations - before.iterations;
  const begun = ok({ params: before.params, statistics: null });
  const after = yield* shifted(runFrom(given, begun, Math.max(0, left)), before.iterations);
  return continued(before, after);
}

function initialiseRestart(given: Restart): Started {
  const { model, rows, start, seed, restart, options, eStepOf, seeding } = given;
  const random = createRandom(seed, 'restart', restart);
  return initialise(model, rows, start, { random, eStepOf, seeding, shouldStop: options.shouldStop });
}

function* runFrom(given: Restart, begun: Started, maxIterations: number): FitRun {
  if (!begun.ok) return failedBefore(begun.failure);
  const { model, rows, start, seed, restart, eStepOf } = given;
  const eStep = completeEStep(model, rows, eStepOf(model));
  const measure = serialEStep(model, rows, () => false);
  const context = { rows, begun: begun.value, seed, restart, maxIterations, measure };
  const plan = planRun(model, given.algorithm, context);
  if (!plan.ok) return failedBefore(plan.failure);
  const options: RunOptions = { ...given.options, ...plan.value, measure };
  const run = em(model, eStep, begun.value.params, options);
  // A given start is followed as it is: it may be there to be compared with another program.
  const mayExchange =
    model.capabilities.exchangesRows && 'method' in start && given.algorithm?.name !== 'online';
  const further = model.capabilities.explores ? exploring(run, model, eStep, begun.value, options) : run;
  const outcome = yield* mayExchange ? exchanging(run, model, rows, eStep, options) : further;
  return outcome.ok ? { ...outcome, notices: [...noticesOf(model), ...outcome.notices] } : outcome;
}

/** A short run and the run that went on from where it ended, which measured that point again. */
function continued(before: Extract<Outcome, { ok: true }>, after: Outcome): Outcome {
  const first = after.halfSteps.at(0);
  if (first === undefined) return after;
  const done = before.iterations;
  const boundAfterM = before.halfSteps[done].boundAfterM;
  return {
    ...after,
    iterations: done + after.iterations,
    trace: [...before.trace.slice(0, done), ...after.trace],
    halfSteps: [...before.halfSteps.slice(0, done), { ...first, boundAfterM }, ...after.halfSteps.slice(1)],
    sections: joined(before.sections, after.sections, done),
  };
}

/** The sections of two parts of a trace, of which the second begins at `done`. */
function joined(
  before: readonly TraceSection[],
  after: readonly TraceSection[],
  done: number,
): TraceSection[] {
  const kept = before.filter(({ from }) => from < done);
  const added = after.map((section) => ({ ...section, from: section.from + done }));
  return kept.at(-1)?.kind === added.at(0)?.kind ? [...kept, ...added.slice(1)] : [...kept, ...added];
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

/** Indices of outcomes, the largest objective first, the first of equals first; then those that failed. */
export function rankedOutcomes(outcomes: readonly Outcome[]): number[] {
  const objective = (index: number): number => {
    const outcome = outcomes[index];
    return outcome.ok ? outcome.objective : -Infinity;
  };
  return [...outcomes.keys()].sort((first, second) =>
    objective(first) === objective(second) ? first - second : objective(second) - objective(first),
  );
}

/** The index of the outcome with the largest objective, the first of equals; null when none succeeded. */
export function bestOutcome(outcomes: readonly Outcome[]): number | null {
  const best = rankedOutcomes(outcomes).at(0);
  return best !== undefined && outcomes[best].ok ? best : null;
}
