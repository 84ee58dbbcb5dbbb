import { describe, expect, test } from 'vitest';
import { algorithmByName, type Algorithm } from '../../../shared/algorithm';
import { serialEStep } from '../../../electron/engine/drive/eStep';
import { exchangeRows } from '../../../electron/engine/drive/exchange';
import { bestOutcome, rankedOutcomes, runRestart } from '../../../electron/engine/drive/restarts';
import { drain, failedBefore, type Outcome } from '../../../electron/engine/drive/run';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { blobs, centred } from '../../laws/data';
import { groupedRows } from '../../laws/familyData';
import { fit, gaussian, success } from '../fitting';

const outcome = (objective: number | null): Outcome =>
  objective === null
    ? failedBefore({ kind: 'emptyComponent', component: 0 })
    : {
        ok: true,
        params: {},
        objective,
        iterations: 1,
        stopped: 'converged',
        trace: [objective],
        halfSteps: [],
        sections: [],
        notices: [],
      };

test('the best outcome is the first of the largest objectives; failures are passed over', () => {
  expect(bestOutcome([null, -3, -2, null, -2].map(outcome))).toBe(2);
  expect(bestOutcome([null, null].map(outcome))).toBeNull();
});

test('a ridge is said, because with it the log-likelihood may fall', () => {
  const rows = centred(
    blobs(
      1,
      60,
      [
        [0, 0],
        [5, 5],
      ],
      1,
    ),
  );
  const { notices } = success(fit(gaussian('VVV', 2, 0.01), rows, { method: 'kmeans' }));
  expect(notices).toContainEqual({ kind: 'ridgeActive', ridge: 0.01 });
});

describe('exchanging rows after Lloyd has converged', () => {
  const two = { family: 'kmeans', components: 2 } as const;
  const model = createModel(two, numberFeatures(1));
  // Centres 1.5 and 5: row 3 is nearer to 1.5 (distance 1.5, the other 2), so Lloyd stays with J = 5 + 0.
  // Moved, the clusters {0, 1, 2} and {3, 5} cost 2 + 2.
  const rows = { x: Float64Array.of(0, 1, 2, 3, 5), n: 5, d: 1 };
  const stuck = { mean: Float64Array.of(1.5, 5) };

  test('moves a row that Lloyd cannot see to be wrong', () => {
    expect(exchangeRows(model, rows, stuck, () => false)).toEqual({ mean: Float64Array.of(1, 4) });
  });

  test('leaves an optimum alone', () => {
    expect(exchangeRows(model, rows, { mean: Float64Array.of(1, 4) }, () => false)).toBeNull();
  });

  test('is not done to a given start', () => {
    expect(success(fit(two, rows, { centres: [[1.5], [5]] })).objective).toBe(-5);
    expect(success(fit(two, rows, { method: 'kmeans++' })).objective).toBe(-4);
  });

  test('weighs what a row takes along against what it costs', () => {
    // Row 3 of weight 2 leaves {0, 1, 2, 3} (weight 5, mean 1.8) at a gain of 5 * 2 / 3 * 1.2^2 = 4.8. Entering
    // {5} of weight w costs w * 2 / (w + 2) * 2^2: 4 for w = 2, 5.33 for w = 4.
    const weighing = (w: number) => ({ ...rows, weight: Float64Array.of(1, 1, 1, 2, w) });
    const from = { mean: Float64Array.of(1.8, 5) };
    expect(exchangeRows(model, weighing(2), from, () => false)).toEqual({ mean: Float64Array.of(1, 4) });
    expect(exchangeRows(model, weighing(4), from, () => false)).toBeNull();
  });

  test('moves nothing of weight zero', () => {
    const weight = Float64Array.of(1, 1, 1, 0, 1);
    expect(exchangeRows(model, { ...rows, weight }, { mean: Float64Array.of(1, 5) }, () => false)).toBeNull();
  });

  test('one trace never rises in distortion, and counts every iteration', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const data = centred(
        blobs(
          seed,
          60,
          [
            [0, 0],
            [1, 1],
            [2, 0],
          ],
          1,
        ),
      );
      const found = success(
        fit({ family: 'kmeans', components: 5 }, data, { method: 'random' }, { restart: seed }),
      );
      expect(found.trace.length).toBe(found.iterations + 1);
      for (let t = 1; t < found.trace.length; t++) {
        expect(found.trace[t]).toBeGreaterThanOrEqual(found.trace[t - 1] * (1 + 1e-12));
      }
    }
  });

  test('keeps to the limit of iterations, however often it goes on', () => {
    const data = centred(
      blobs(
        3,
        200,
        [
          [0, 0],
          [1, 1],
        ],
        1,
      ),
    );
    for (let restart = 0; restart < 20; restart++) {
      for (let maxIterations = 1; maxIterations < 15; maxIterations++) {
        const run = { maxIterations, restart };
        const found = success(fit({ family: 'kmeans', components: 12 }, data, { method: 'random' }, run));
        expect(found.iterations).toBeLessThanOrEqual(maxIterations);
      }
    }
  });
});

describe('a run that goes on from a short one', () => {
  const space = numberFeatures(3);
  const { rows } = groupedRows(space, 2, 200, { apart: 0.2 });
  const model = createModel(gaussian('VVV', 3), space);
  const from = (goesOnFrom: Outcome | null, maxIterations: number, algorithm?: Algorithm): Outcome =>
    drain(
      runRestart({
        model,
        rows,
        start: { method: 'random' },
        seed: 1,
        restart: 3,
        goesOnFrom,
        algorithm,
        options: { tolerance: 1e-9, maxIterations, shouldStop: () => null },
        eStepOf: (own) => serialEStep(own, rows, () => false),
      }),
    );

  test('is the run that was never cut, to the last bit', () => {
    for (const cut of [1, 4, 9]) expect(from(from(null, cut), 300)).toEqual(from(null, 300));
  });

  test('has one trace, whatever way it goes on, and the limit is of both together', () => {
    const annealed = algorithmByName.parse('annealed');
    const whole = from(from(null, 5), 40, annealed);
    expect(whole.iterations).toBe(40);
    expect(whole.trace.length).toBe(41);
    expect(whole.halfSteps.length).toBe(41);
    expect(whole.sections.slice(0, 2)).toEqual([
      { from: 0, kind: 'soft', isMonotone: true },
      { from: 5, kind: 'tempered', isMonotone: true },
    ]);
  });

  test('ends at once where that had failed', () => {
    const broken = failedBefore({ kind: 'emptyComponent', component: 1 });
    expect(from(broken, 10)).toBe(broken);
  });
});

test('outcomes are ranked by objective, the first of equals first, failed ones last', () => {
  expect(rankedOutcomes([null, -3, -2, null, -2].map(outcome))).toEqual([2, 4, 1, 0, 3]);
});

test('every restart has a beginning of its own', () => {
  const { rows } = groupedRows(numberFeatures(3), 2, 200, { apart: 0.2 });
  const first = (restart: number) =>
    fit(gaussian('VVV', 3), rows, { method: 'random' }, { restart, maxIterations: 0 }).outcome.trace[0];
  expect(new Set([0, 1, 2, 3].map(first)).size).toBe(4);
});
