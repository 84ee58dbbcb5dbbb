import { describe, expect, it } from 'vitest';
import type { Start } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createRandom } from '../../electron/engine/numeric/random';
import { computeMemberships } from '../../electron/threads/memberships';
import { runRestarts } from '../../electron/threads/restarts';
import { allocateRows, viewRows, type SharedRows } from '../../electron/threads/sharedRows';
import { fit, gaussian as gaussianOf } from '../engine/fitting';
import { bits, never, nobody, poolsOfTest, runOf } from './threadRuns';

const pool = poolsOfTest();

/** Overlapping blobs around three centres: no start converges at once. */
function blobs(n: number, d: number): SharedRows {
  const shared = allocateRows(n, d);
  const random = createRandom(7, 'blobs', 0);
  const { x } = viewRows(shared);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) x[i * d + j] = random.normal() + 2 * (i % 3);
  return shared;
}

const start: Start = { method: 'kmeans' };
const gaussian = gaussianOf('VVV', 3);
const space3 = numberFeatures(3);
describe('restarts on threads', () => {
  it('sharing each E-step gives the same bits on 1, 2, 3 and 8 threads', async () => {
    const rows = blobs(9000, 3);
    const results = [];
    for (const threads of [1, 2, 3, 8]) {
      const request = { rows, model: gaussian, space: space3, start, run: runOf({}) };
      results.push(bits(await runRestarts(pool(threads), request, nobody, never)));
    }
    for (const other of results.slice(1)) expect(other).toEqual(results[0]);
  });

  it('given labels give the same bits on any number of threads, as the M-step of those labels', async () => {
    const rows = blobs(9000, 3);
    const labels = Array.from({ length: 9000 }, (_, i) => i % 3);
    const results = [];
    for (const threads of [1, 3]) {
      const request = { rows, model: gaussian, space: space3, start: { labels }, run: runOf({}) };
      results.push(bits(await runRestarts(pool(threads), request, nobody, never)));
    }
    expect(results[1]).toEqual(results[0]);
    const serial = fit(gaussian, viewRows(rows), { labels }, { tolerance: 1e-6, maxIterations: 60 });
    if (!serial.outcome.ok) throw new Error('The fit failed.');
    const [first] = (results[0] as unknown[][])[0].slice(3);
    expect(first).toBeCloseTo(serial.outcome.trace[0], 6);
  });

  it('running one start a thread gives the same bits as one thread running them all', async () => {
    const rows = blobs(1500, 2);
    const model: ModelSpecification = { family: 'kmeans', components: 5 };
    const request = { rows, model, space: numberFeatures(2), start, run: runOf({ restarts: 6 }) };
    const alone = await runRestarts(pool(1), request, nobody, never);
    const together = await runRestarts(pool(3), request, nobody, never);
    expect([...together.outcomes.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(bits(together)).toEqual(bits(alone));
  });

  it('a longer list of starts begins with the shorter one', async () => {
    const request = { rows: blobs(600, 3), model: gaussian, space: space3, start };
    // One after the other: fits of the same rows use the same memory, and a pool runs one at a time.
    const few = await runRestarts(pool(2), { ...request, run: runOf({ restarts: 2 }) }, nobody, never);
    const many = await runRestarts(pool(2), { ...request, run: runOf({ restarts: 5 }) }, nobody, never);
    expect((bits(many) as unknown[]).slice(0, 2)).toEqual(bits(few));
    expect(new Set([...many.outcomes.values()].map(({ trace }) => trace[0])).size).toBeGreaterThan(1);
  });

  it('gives the same memberships on 1 and 3 threads', async () => {
    const rows = blobs(9000, 2);
    const space = numberFeatures(2);
    const request = { rows, model: gaussian, space, start, run: runOf({}) };
    const [outcome] = (await runRestarts(pool(1), request, nobody, never)).outcomes.values();
    if (!outcome?.ok) throw new Error('The fit failed.');
    const alone = await computeMemberships(pool(1), rows, gaussian, space, outcome.params);
    const together = await computeMemberships(pool(3), rows, gaussian, space, outcome.params);
    expect(together.memberships).toEqual(alone.memberships);
    expect(together.logDensity).toEqual(alone.logDensity);
  });

  it('gives the same memberships without waiting while the threads are busy', async () => {
    const busyPool = pool(2);
    const rows = blobs(9000, 2);
    const space = numberFeatures(2);
    const request = { rows, model: gaussian, space, start };
    const [outcome] = (
      await runRestarts(busyPool, { ...request, run: runOf({}) }, nobody, never)
    ).outcomes.values();
    if (!outcome?.ok) throw new Error('The fit failed.');
    const idle = await computeMemberships(busyPool, rows, gaussian, space, outcome.params);
    const cancelling = new AbortController();
    const endless = runOf({ restarts: 10_000, tolerance: 0, maxIterations: 10_000 });
    let long: Promise<unknown> | undefined;
    await new Promise<void>((resolve) => {
      const listener = { ...nobody, onPoints: () => resolve() };
      long = runRestarts(busyPool, { ...request, run: endless }, listener, cancelling.signal);
    });
    const busy = await computeMemberships(busyPool, rows, gaussian, space, outcome.params);
    cancelling.abort();
    await long;
    expect(busy).toEqual(idle);
  });

  it.each([1, 4])('cancelled in the middle keep the best so far (%i restarts)', async (restarts) => {
    const rows = blobs(60_000, 6);
    const cancelling = new AbortController();
    const request = {
      rows,
      model: gaussianOf('VVV', 8),
      space: numberFeatures(6),
      start: { method: 'random' } as const,
      run: runOf({ restarts, tolerance: 0, maxIterations: 100_000 }),
    };
    const { outcomes } = await runRestarts(
      pool(2),
      request,
      { ...nobody, onPoints: () => cancelling.abort() },
      cancelling.signal,
    );
    const kept = [...outcomes.values()].filter((outcome) => outcome.ok);
    expect(kept.length).toBeGreaterThan(0);
    for (const outcome of kept) {
      expect(outcome.stopped).toBe('cancelled');
      expect(outcome.objective).toBe(outcome.trace.at(-1));
    }
  });

  it('stop at the time limit and say so', async () => {
    const request = {
      rows: blobs(60_000, 6),
      model: gaussianOf('VVV', 8),
      space: numberFeatures(6),
      start: { method: 'random' } as const,
      run: runOf({ tolerance: 0, maxIterations: 100_000, timeLimitSeconds: 1 }),
    };
    const [outcome] = (await runRestarts(pool(2), request, nobody, never)).outcomes.values();
    expect(outcome).toMatchObject({ ok: true, stopped: 'timeLimit' });
  });

  it('wait their turn: two fits at once end as they would alone', async () => {
    const shared = pool(2);
    const request = {
      rows: blobs(5000, 2),
      model: gaussian,
      space: numberFeatures(2),
      start,
      run: runOf({ restarts: 2 }),
    };
    const [first, second] = await Promise.all([
      runRestarts(shared, request, nobody, never),
      runRestarts(shared, request, nobody, never),
    ]);
    expect(bits(second)).toEqual(bits(first));
  });
});

describe('a thread that dies', () => {
  it('fails the fit instead of letting it wait, and the next fit runs on new threads', async () => {
    const shared = pool(2);
    const request = {
      rows: blobs(60_000, 6),
      model: gaussianOf('VVV', 8),
      space: numberFeatures(6),
      start: { method: 'random' } as const,
      run: runOf({ tolerance: 0, maxIterations: 100_000 }),
    };
    const dying = runRestarts(shared, request, { ...nobody, onPoints: () => void shared.close() }, never);
    await expect(dying).rejects.toThrow('ended in the middle');
    const small = { rows: blobs(2000, 2), model: gaussian, space: numberFeatures(2), start, run: runOf({}) };
    expect((await runRestarts(shared, small, nobody, never)).outcomes.size).toBe(1);
  });
});
