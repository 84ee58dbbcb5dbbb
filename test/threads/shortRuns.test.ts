import { describe, expect, it } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { runRestarts } from '../../electron/threads/restarts';
import { fit, gaussian } from '../engine/fitting';
import { groupedRows } from '../laws/familyData';
import { bits, never, nobody, poolsOfTest, runOf, share } from './threadRuns';

const pool = poolsOfTest();
const space = numberFeatures(3);
const { rows } = groupedRows(space, 9, 700, { apart: 0.2 });
const request = { rows: share(rows), model: gaussian('VVV', 4), space, start: { method: 'random' } as const };
const shortRuns = { runs: 9, iterations: 4 };

describe('short runs first', () => {
  it('the best of them go on, the best first, as they would have gone on by themselves', async () => {
    let over = 0;
    const listener = { ...nobody, onShortRun: () => over++ };
    const run = runOf({ restarts: 3, shortRuns });
    const ended = await runRestarts(pool(2), { ...request, run }, listener, never);
    expect(over).toBe(9);
    expect([...ended.shortIterations.values()]).toEqual([4, 4, 4]);
    const alone = Array.from({ length: 9 }, (_, restart) => {
      const { outcome } = fit(request.model, rows, request.start, {
        seed: 5,
        restart,
        tolerance: 1e-8,
        maxIterations: 60,
      });
      return outcome;
    }).sort((a, b) => b.trace[4] - a.trace[4]);
    [...ended.outcomes.values()].forEach((outcome, index) => {
      const same = alone[index];
      if (!outcome.ok || !same.ok) throw new Error('a run failed');
      // The threads' kernels round differently from the plain ones.
      expect(Math.abs(outcome.objective - same.objective)).toBeLessThan(1e-9 * Math.abs(same.objective));
      expect(outcome.trace.length).toBe(outcome.iterations + 1);
      expect(outcome.halfSteps.length).toBe(outcome.trace.length);
      expect(outcome.sections).toEqual(same.sections);
      expect(outcome.halfSteps[4].boundAfterM).toBeGreaterThan(outcome.halfSteps[3].boundAfterE - 1e-6);
    });
  });

  it('give the same bits on any number of threads, and a longer list begins with the shorter', async () => {
    const results = [];
    for (const threads of [1, 2, 3]) {
      const run = runOf({ restarts: 3, shortRuns });
      results.push(bits(await runRestarts(pool(threads), { ...request, run }, nobody, never)));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    const longer = await runRestarts(
      pool(2),
      { ...request, run: runOf({ restarts: 5, shortRuns }) },
      nobody,
      never,
    );
    expect((bits(longer) as unknown[]).slice(0, 3)).toEqual(results[0]);
  });

  it('that fail are reported where there are no others', async () => {
    // One group of three rows far away: most starts put a component on it that cannot have a covariance.
    const x = Float64Array.from({ length: 60 }, (_, i) => (i < 2 ? 100 + 1e-12 * i : Math.sin(i)));
    const few = { rows: share({ x, n: 60, d: 1 }), model: gaussian('VVV', 4), space: numberFeatures(1) };
    const run = runOf({ restarts: 4, shortRuns: { runs: 4, iterations: 50 } });
    const start = { method: 'kmeans' } as const;
    const ended = await runRestarts(pool(2), { ...few, start, run }, nobody, never);
    expect(ended.outcomes.size).toBe(4);
    const oks = [...ended.outcomes.values()].map(({ ok }) => ok);
    expect(oks).toContain(false);
    expect(oks).toEqual([...oks].sort((a, b) => Number(b) - Number(a)));
  });

  it('stopped after them, what they reached is kept', async () => {
    const cancelling = new AbortController();
    let over = 0;
    const listener = {
      ...nobody,
      onShortRun: () => {
        if (++over === 9) cancelling.abort();
      },
    };
    const run = runOf({ restarts: 2, shortRuns, tolerance: 0, maxIterations: 1e6 });
    const ended = await runRestarts(pool(1), { ...request, run }, listener, cancelling.signal);
    for (const outcome of ended.outcomes.values())
      expect(outcome).toMatchObject({ ok: true, stopped: 'cancelled' });
    expect(ended.outcomes.size).toBe(2);
  });
});

describe('frames for replay', () => {
  it('are of the best restart, every iteration of a short one', async () => {
    const run = runOf({ restarts: 3, maxIterations: 12 });
    const { frames, outcomes } = await runRestarts(pool(2), { ...request, run }, nobody, never);
    const best = [...outcomes.values()].reduce((a, b) => (b.ok && a.ok && b.objective > a.objective ? b : a));
    expect(frames.map(({ objective }) => objective)).toEqual([...best.trace]);
    expect(best.ok && frames.at(-1)?.params).toEqual(best.ok && best.params);
  });

  it('of a long one are thinned evenly, with the first and the last', async () => {
    const run = runOf({ tolerance: 0, maxIterations: 1000 });
    const { frames } = await runRestarts(pool(1), { ...request, run }, nobody, never);
    expect(frames.length).toBeLessThanOrEqual(201);
    expect(frames.length).toBeGreaterThan(90);
    const steps = frames.slice(1, -1).map(({ iteration }, i) => iteration - frames[i].iteration);
    expect(new Set(steps).size).toBe(1);
    expect(frames[0].iteration).toBe(0);
    expect(frames.at(-1)?.iteration).toBe(1000);
  });
});
