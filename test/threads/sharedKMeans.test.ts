import { afterEach, describe, expect, it } from 'vitest';
import type { RunSpecification, Start } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import { serialEStep } from '../../electron/engine/drive/eStep';
import type { Outcome } from '../../electron/engine/drive/run';
import { runRestart } from '../../electron/engine/drive/restarts';
import { drain } from '../../electron/engine/drive/run';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createModel } from '../../electron/engine/models/registry';
import { createRandom } from '../../electron/engine/numeric/random';
import { ThreadPool } from '../../electron/threads/pool';
import { runRestarts, type RestartsListener } from '../../electron/threads/restarts';
import { allocateRows, viewRows, type SharedRows } from '../../electron/threads/sharedRows';
import { builtScript } from '../support/builtScripts';

const pools: ThreadPool[] = [];
function pool(threads: number): ThreadPool {
  const made = new ThreadPool(builtScript('worker.js'), threads);
  pools.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()));
});

const nobody: RestartsListener = {
  onPoints: () => undefined,
  onOutcome: () => undefined,
  onShortRun: () => undefined,
};
const never = new AbortController().signal;

/** Enough rows that passes are shared, in overlapping groups, so that rows change their clusters for long; `zeros`: a share. */
function overlapping(n: number, d: number, zeros = 0): SharedRows {
  const shared = allocateRows(n, d);
  const random = createRandom(3, 'overlapping');
  const { x } = viewRows(shared);
  for (let at = 0; at < x.length; at++)
    x[at] = random.uniform() < zeros ? 0 : random.normal() + 3 * random.integer(2);
  return shared;
}

const kMeans = (components: number): ModelSpecification => ({ family: 'kmeans', components });
const run = (given: Partial<RunSpecification>): RunSpecification => ({
  ...{ tolerance: 0, maxIterations: 12, restarts: 1, seed: 5 },
  ...given,
});

async function outcomesOn(
  threads: number,
  rows: SharedRows,
  components: number,
  start: Start,
  changes: Partial<RunSpecification>,
): Promise<Outcome[]> {
  const space = numberFeatures(rows.d);
  const request = { rows, model: kMeans(components), space, start, run: run(changes) };
  const { outcomes } = await runRestarts(pool(threads), request, nobody, never);
  return [...outcomes.values()];
}

/** Every number of an outcome. */
const bits = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) =>
    outcome.ok ? [...outcome.params.mean, outcome.objective, ...outcome.trace] : outcome.failure,
  );

describe('k-means on threads', () => {
  // With many features passes keep bounds by groups of centres, and leave out zeros where most cells are zero.
  it.each([
    [30_000, 6, 50, 0],
    [6_000, 64, 50, 0],
    [6_000, 64, 50, 0.8],
  ])(
    'gives the same bits on 1, 2, 3 and 8 threads that share passes over %i rows of %i, %i clusters, zeros %d',
    async (n, d, k, zeros) => {
      const rows = overlapping(n, d, zeros);
      const found = [];
      for (const threads of [1, 2, 3, 8])
        found.push(bits(await outcomesOn(threads, rows, k, { method: 'kmeans++' }, {})));
      for (const other of found.slice(1)) expect(other).toEqual(found[0]);
    },
  );

  it.each([
    [60_000, 3, 9],
    [3_000, 64, 50],
  ])('gives the same bits with a run on each thread as with one for all, %i rows of %i', async (n, d, k) => {
    const rows = overlapping(n, d);
    const alone = bits(await outcomesOn(1, rows, k, { method: 'kmeans++' }, { restarts: 4 }));
    expect(bits(await outcomesOn(3, rows, k, { method: 'kmeans++' }, { restarts: 4 }))).toEqual(alone);
    expect(alone).toHaveLength(4);
  });

  it.each([
    [5_000, 4, 6],
    [60_000, 2, 6],
    [2_000, 101, 31],
    [2_000, 101, 31, 0.8],
  ])('finds what plain loops find, %i rows of %i features', async (n, d, k, zeros = 0) => {
    const shared = overlapping(n, d, zeros);
    const rows = viewRows(shared);
    const model = createModel(kMeans(k), numberFeatures(d));
    const start: Start = { method: 'kmeans++' };
    const [found] = await outcomesOn(2, shared, k, start, { restarts: 2, maxIterations: 400 });
    const plain = drain(
      runRestart({
        ...{ model, rows, start, seed: 5, restart: 0 },
        options: { tolerance: 0, maxIterations: 400, shouldStop: () => null },
        eStepOf: (own) => serialEStep(own, rows, () => false),
      }),
    );
    if (!found.ok || !plain.ok) throw new Error('a run failed');
    // Every iteration is the same; whether the last bit of J still moves at the end is a matter of rounding.
    expect(Math.abs(found.iterations - plain.iterations)).toBeLessThan(2);
    plain.trace
      .slice(0, found.trace.length)
      .forEach((objective, t) => expect(Math.abs(found.trace[t] / objective - 1)).toBeLessThan(1e-12));
  });

  it('leaves rows with missing cells to the plain loops', async () => {
    const shared = overlapping(3_000, 3);
    const { x } = viewRows(shared);
    for (let at = 0; at < x.length; at += 7) x[at] = NaN;
    const rows = { ...shared, hasMissing: true };
    const alone = await outcomesOn(1, rows, 4, { method: 'kmeans++' }, {});
    const together = await outcomesOn(2, rows, 4, { method: 'kmeans++' }, {});
    expect(alone.every((outcome) => outcome.ok)).toBe(true);
    expect(bits(together)).toEqual(bits(alone));
  });
});
