import { describe, expect, it } from 'vitest';
import type { CellResult } from '../../../electron/engine/selection/cells';
import { FinishedWork } from '../../../electron/service/selection/finishedWork';
import { WorkEstimate } from '../../../electron/service/selection/workEstimate';

const scored = (mean: number): CellResult => ({
  kind: 'heldOut',
  score: { ok: true, mean, weight: 1, hasConverged: true },
});

describe('finished work', () => {
  it('is found again until there is too much of it, and then the oldest is gone', () => {
    // Each of these takes 500 bytes.
    const work = new FinishedWork(1500);
    for (const name of ['a', 'b', 'c']) work.add(name, scored(0));
    expect(work.get('a')).toEqual(scored(0));
    work.add('d', scored(1));
    expect(['a', 'b', 'c', 'd'].filter((name) => work.get(name) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('that is added again takes no more room', () => {
    const work = new FinishedWork(1000);
    work.add('a', scored(0));
    for (let time = 0; time < 5; time++) work.add('b', scored(time));
    expect(work.get('a')).toEqual(scored(0));
    expect(work.get('b')).toEqual(scored(4));
  });
});

describe('an estimate of work', () => {
  it('says nothing of the time left before it knows anything, and then the rest of it', () => {
    const estimate = new WorkEstimate();
    estimate.expect(100);
    estimate.finish(1);
    expect(estimate.remainingMs(50)).toBeNull();
    estimate.finish(24);
    expect(estimate.fraction).toBe(0.25);
    expect(estimate.remainingMs(1000)).toBe(3000);
  });

  it('never falls when more work is found', () => {
    const estimate = new WorkEstimate();
    estimate.expect(10);
    estimate.finish(10);
    expect(estimate.fraction).toBe(1);
    estimate.expect(10);
    expect(estimate.fraction).toBe(1);
  });
});
