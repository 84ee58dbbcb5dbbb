import { afterEach } from 'vitest';
import { runSpecification, type RunSpecification } from '../../shared/fit';
import { ThreadPool } from '../../electron/threads/pool';
import type { EndedRestarts, RestartsListener } from '../../electron/threads/restarts';
import { allocateRows, viewRows, type SharedRows } from '../../electron/threads/sharedRows';
import type { Rows } from '../../electron/engine/model';
import { builtScript } from '../support/builtScripts';

/** Pools of real threads that end with the test. */
export function poolsOfTest(): (threads: number) => ThreadPool {
  const pools: ThreadPool[] = [];
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((made) => made.close()));
  });
  return (threads) => {
    const made = new ThreadPool(builtScript('worker.js'), threads);
    pools.push(made);
    return made;
  };
}

/** Rows in the memory threads share. */
export function share(rows: Rows): SharedRows {
  const { n, d, weight, label, hasMissing = false } = rows;
  const shared = allocateRows(n, d, { hasWeight: !!weight, hasLabel: !!label, hasMissing });
  const view = viewRows(shared);
  view.x.set(rows.x);
  if (weight) view.weight?.set(weight);
  if (label) view.label?.set(label);
  return shared;
}

export const nobody: RestartsListener = {
  onPoints: () => undefined,
  onOutcome: () => undefined,
  onShortRun: () => undefined,
};
export const never = new AbortController().signal;

/** A run with the defaults of a job, but short. */
export const runOf = (given: Partial<RunSpecification>): RunSpecification => ({
  ...runSpecification.parse({ maxIterations: 60, restarts: 1, seed: 5 }),
  ...given,
});

/** Every number of all outcomes, bit for bit. */
export function bits({ outcomes }: Pick<EndedRestarts, 'outcomes'>): unknown {
  return [...outcomes].map(([restart, outcome]) => [
    restart,
    outcome.ok
      ? [Object.entries(outcome.params).map(([name, values]) => [name, ...values]), outcome.objective]
      : outcome.failure,
    outcome.iterations,
    ...outcome.trace,
  ]);
}
