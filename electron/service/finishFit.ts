import type { Failure } from '../../shared/failure';
import type { Start } from '../../shared/fit';
import { failed, ok, type Result } from '../../shared/result';
import type { Outcome } from '../engine/drive/run';
import { bestOutcome } from '../engine/drive/restarts';
import type { LatentModel } from '../engine/model';
import { computeMemberships } from '../threads/memberships';
import type { ThreadPool } from '../threads/pool';
import type { EndedRestarts } from '../threads/restarts';
import type { Fit, Fits } from './fits';
import type { PreparedRows } from './preparation/prepareRows';
import type { FitRequest } from './fitRequest';
import { startMemberships } from './startMemberships';
import { summariseFit, type BestRestart } from './summariseFit';

/** A fit whose restarts have all ended. */
export interface EndedFit {
  readonly request: FitRequest;
  readonly model: LatentModel;
  readonly ended: EndedRestarts;
  /** Of the rows used, in units of the file. */
  readonly start: Start;
}

/** Keeps the best restart as a fit and gives each row its cluster; a failure when no restart has anything to show. */
export async function finishFit(
  pool: ThreadPool,
  fits: Fits,
  { request, model, ended, start }: EndedFit,
  elapsedMs: () => number,
): Promise<Result<Fit, Failure>> {
  const { prepared } = request;
  const best = bestOf(ended.outcomes);
  if (!best) return failed(whyNothing(ended.outcomes, prepared));
  const { memberships, logDensity } = await computeMemberships(
    pool,
    prepared.shared,
    model.specification,
    prepared.space,
    best.outcome.params,
  );
  const fit = summariseFit({
    request,
    model,
    ended,
    best,
    given: startMemberships(start, prepared.rows, model.components),
    memberships,
    logDensity,
    isCompiled: pool.isCompiled,
    facts: {
      fit: fits.newId(),
      threads: pool.threads,
      elapsedMs: elapsedMs(),
    },
  });
  fits.add(fit);
  return ok(fit);
}

/** The restart with the largest objective; null when none succeeded. */
function bestOf(outcomes: ReadonlyMap<number, Outcome>): BestRestart | null {
  const list = [...outcomes];
  const index = bestOutcome(list.map(([, outcome]) => outcome));
  if (index === null) return null;
  const [restart, outcome] = list[index];
  return outcome.ok ? { restart, outcome } : null;
}

/**
 * Why no restart has anything to show: its own reason, unless it was stopped before it had begun. The engine counts
 * features of covariances among the numbers.
 */
function whyNothing(outcomes: ReadonlyMap<number, Outcome>, { features }: PreparedRows): Failure {
  let reason: 'cancelled' | 'timeLimit' = 'cancelled';
  for (const outcome of outcomes.values()) {
    if (outcome.ok) continue;
    if (outcome.failure.kind === 'interrupted') ({ reason } = outcome.failure);
    else
      return {
        kind: 'fitFailed',
        failure: outcome.failure,
        restarts: outcomes.size,
        features: features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : [])),
      };
  }
  return { kind: reason };
}
