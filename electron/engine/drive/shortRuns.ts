import type { RunSpecification } from '../../../shared/fit';
import { rankedOutcomes } from './restarts';
import type { Outcome } from './run';

/**
 * The run that tries starts, as many as are asked for and plain ones: short runs choose where to begin, whatever is
 * done from there. Null: every restart makes a start of its own.
 *
 * Source: Biernacki, Celeux and Govaert (2003).
 */
export function tryingRun(run: RunSpecification): RunSpecification | null {
  if (run.shortRuns === undefined) return null;
  const { runs, iterations } = run.shortRuns;
  const algorithm = run.algorithm?.name === 'hard' ? run.algorithm : undefined;
  return { ...run, algorithm, maxIterations: Math.min(iterations, run.maxIterations), restarts: runs };
}

/** The short runs that are gone on from: the best, the best first, so that a longer list begins with the shorter one. */
export function bestShortRuns(tried: readonly Outcome[], restarts: number): Outcome[] {
  return rankedOutcomes(tried)
    .slice(0, restarts)
    .map((index) => tried[index]);
}
