import { describe, expect, test } from 'vitest';
import { serialEStep, type EStep } from '../../../electron/engine/drive/eStep';
import { em, type RunOptions } from '../../../electron/engine/drive/em';
import { drain, type Iteration } from '../../../electron/engine/drive/run';
import { plainStage } from '../../../electron/engine/drive/stage';
import type { LatentModel, Params, Rows } from '../../../electron/engine/model';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { blobs, centred } from '../../laws/data';
import { fit, gaussian, success } from '../fitting';

const rows: Rows = { x: Float64Array.of(-5, -4, -3, 2, 4, 6), n: 6, d: 1 };
const model = createModel(gaussian('VVV', 2), numberFeatures(1));
const start: Params = {
  weight: Float64Array.of(0.5, 0.5),
  mean: Float64Array.of(-1, 1),
  covariance: Float64Array.of(16, 16),
};
const options = (changes: Partial<RunOptions> = {}): RunOptions => ({
  tolerance: 1e-10,
  maxIterations: 200,
  stages: [plainStage({ kind: 'soft' })],
  shouldStop: () => null,
  measure: serial(),
  ...changes,
});
const serial = (own: LatentModel = model): EStep => serialEStep(own, rows, () => false);

describe('the EM loop', () => {
  test('returns parameters whose objective is the one it returns', () => {
    for (const maxIterations of [0, 1, 5, 200]) {
      const outcome = drain(em(model, serial(), start, options({ maxIterations })));
      if (!outcome.ok) throw new Error(outcome.failure.kind);
      const again = serial()(outcome.params, { kind: 'soft' });
      expect(again?.rowObjective.objective).toBe(outcome.objective);
      expect(outcome.trace.at(-1)).toBe(outcome.objective);
      expect(outcome.trace.length).toBe(outcome.iterations + 1);
    }
  });

  test('shows every iteration once, numbered from the start', () => {
    const seen: Iteration[] = [];
    const outcome = drain(em(model, serial(), start, options()), (iteration) => seen.push(iteration));
    expect(seen.map(({ iteration }) => iteration)).toEqual(outcome.trace.map((_, i) => i));
    expect(seen.map(({ objective }) => objective)).toEqual(outcome.trace);
    expect(seen[0].params).toBe(start);
  });

  test('says why it stopped', () => {
    expect(drain(em(model, serial(), start, options()))).toMatchObject({ stopped: 'converged' });
    expect(drain(em(model, serial(), start, options({ maxIterations: 3 })))).toMatchObject({
      stopped: 'iterationLimit',
      iterations: 3,
    });
  });

  test.each(['cancelled', 'timeLimit'] as const)('%s keeps the last finished iteration', (reason) => {
    let steps = 0;
    const counting: EStep = (params, policy) => {
      steps++;
      return serial()(params, policy);
    };
    const run = em(model, counting, start, options({ shouldStop: () => (steps >= 4 ? reason : null) }));
    const outcome = drain(run);
    expect(outcome).toMatchObject({ ok: true, stopped: reason, iterations: 3 });
    if (outcome.ok)
      expect(serial()(outcome.params, { kind: 'soft' })?.rowObjective.objective).toBe(outcome.objective);
  });

  test('an E-step cancelled half way leaves the iteration before it', () => {
    let steps = 0;
    const broken: EStep = (params, policy) => (++steps > 2 ? null : serial()(params, policy));
    expect(drain(em(model, broken, start, options()))).toMatchObject({
      ok: true,
      stopped: 'cancelled',
      iterations: 1,
    });
  });

  test('cancelled before anything was finished, it has nothing to keep', () => {
    expect(drain(em(model, () => null, start, options()))).toEqual({
      ok: false,
      failure: { kind: 'interrupted', reason: 'cancelled' },
      iterations: 0,
      trace: [],
      halfSteps: [],
      sections: [],
    });
  });

  test('an objective that is no number is a failure, not a result', () => {
    const huge: Rows = { x: Float64Array.of(-1e200, 1e200), n: 2, d: 1 };
    const outcome = drain(
      em(
        model,
        serialEStep(model, huge, () => false),
        start,
        options(),
      ),
    );
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'notFinite' } });
  });

  test('rows that all weigh next to nothing make as many iterations', () => {
    const iterations = [1, 1e-3, 1e-200].map((unit) => {
      const weighted: Rows = { ...rows, weight: new Float64Array(6).fill(unit) };
      const eStep = serialEStep(model, weighted, () => false);
      return drain(em(model, eStep, start, options({ measure: eStep }))).iterations;
    });
    expect(iterations[0]).toBeGreaterThan(5);
    expect(Math.min(...iterations)).toBeGreaterThanOrEqual(iterations[0] - 1);
  });

  test('k-means stops as soon as no row changes its cluster, whatever the tolerance', () => {
    const kMeans = createModel({ family: 'kmeans', components: 2 }, numberFeatures(1));
    const centres: Params = { mean: Float64Array.of(-4, 4) };
    const outcome = drain(
      em(kMeans, serial(kMeans), centres, options({ tolerance: 0, stages: [plainStage({ kind: 'hard' })] })),
    );
    // The centres are the means of their rows already: J = 1 + 0 + 1 + 4 + 0 + 4.
    expect(outcome).toMatchObject({ objective: -10, iterations: 0, stopped: 'converged' });
  });

  test('a mixture with tolerance 0 ends when only last digits change', () => {
    for (const seed of [3, 9, 18]) {
      const groups = [
        [0, 0],
        [4, 1],
        [9, -3],
      ];
      const about = centred(blobs(seed, 300, groups, 1));
      // Thirds away from zero, so that sums round.
      const own: Rows = { ...about, x: about.x.map((value) => value / 3 + 1.7) };
      const labels = Array.from({ length: 300 }, (_, i) => i % 3);
      const run = { algorithm: 'hard', tolerance: 0, maxIterations: 1000 } as const;
      expect(success(fit(gaussian('VVV', 3), own, { labels }, run)).stopped).toBe('converged');
    }
  });

  test('k-means converges after as many iterations in any units', () => {
    const points = blobs(
      1,
      200,
      [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
      1,
    );
    const iterations = [1e-9, 1, 1e9].map((unit) => {
      const own = centred(points.map((point) => point.map((value) => unit * value)));
      const centres = [0, 1, 2].map((i) => [...own.x.subarray(2 * i, 2 * i + 2)]);
      return fit({ family: 'kmeans', components: 3 }, own, { centres }, { tolerance: 1e-3 }).outcome
        .iterations;
    });
    expect(new Set(iterations).size).toBe(1);
    expect(iterations[0]).toBeGreaterThan(2);
  });

  test('a turn that changes nothing does not end a run whose other turns have not come', () => {
    // One component: the weight is 1 and the mean -4 already, so the first turn leaves all as it is; the variance is 2/3.
    const three: Rows = { x: Float64Array.of(-5, -4, -3), n: 3, d: 1 };
    const parameters = { weights: [1], means: [[-4]], covariances: [[[16]]] };
    const algorithm = { name: 'em', mStep: 'conditional' } as const;
    const outcome = success(fit(gaussian('VVV', 1), three, { parameters }, { algorithm, tolerance: 0 }));
    expect(outcome.stopped).toBe('converged');
    expect(outcome.params.covariance[0]).toBeCloseTo(2 / 3, 14);
  });

  test('memberships a model does not take are a mistake of the caller', () => {
    const kMeans = createModel({ family: 'kmeans', components: 2 }, numberFeatures(1));
    expect(() => drain(em(kMeans, serial(kMeans), start, options()))).toThrow('soft');
  });
});

test('a serial E-step stops between chunks when it is cancelled', () => {
  const many: Rows = { x: Float64Array.from({ length: 9000 }, (_, i) => i % 7), n: 9000, d: 1 };
  let asked = 0;
  expect(serialEStep(model, many, () => ++asked > 2)(start, { kind: 'soft' })).toBeNull();
  expect(asked).toBe(3);
});
