import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serialEStep } from '../../../electron/engine/drive/eStep';
import { refillingEStep } from '../../../electron/engine/drive/emptyComponents';
import type { Rows } from '../../../electron/engine/model';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { fit } from '../fitting';

const refilled = (rows: Rows, centres: number[]) => {
  const model = createModel({ family: 'kmeans', components: centres.length }, numberFeatures(1));
  const eStep = refillingEStep(
    model,
    rows,
    serialEStep(model, rows, () => false),
  );
  return eStep({ mean: Float64Array.from(centres) }, { kind: 'hard' });
};
const line = (...x: number[]): Rows => ({ x: Float64Array.from(x), n: x.length, d: 1 });

test('the farthest row moves to the empty component', () => {
  // Rows 0, 1, 5 belong to centre 0; 5 is farthest.
  expect(refilled(line(0, 1, 5), [0, 100])).toMatchObject({
    stats: { weight: Float64Array.of(2, 1), sum: Float64Array.of(1, 5) },
    refilled: [1],
    unfilled: [],
    rowObjective: { logLikelihood: -26, bound: -26, objective: -26 },
  });
});

test('several empty components take the next farthest rows in turn', () => {
  expect(refilled(line(0, 1, 5, 3), [0, 100, 200])).toMatchObject({
    stats: { weight: Float64Array.of(2, 1, 1), sum: Float64Array.of(1, 5, 3) },
    refilled: [1, 2],
  });
});

test('a row alone in its component stays, however far it is', () => {
  // Row 9 alone belongs to centre 20; taking it would empty that one.
  expect(refilled(line(0, 1, 2, 11), [0, 20, 100])).toMatchObject({
    stats: { weight: Float64Array.of(2, 1, 1), sum: Float64Array.of(1, 11, 2) },
    refilled: [2],
  });
});

test('of rows equally far the one with the smaller coordinate moves, wherever it stands', () => {
  for (const rows of [line(0, 5, -5), line(-5, 0, 5)]) {
    expect(refilled(rows, [0, 100])?.stats.sum).toEqual(Float64Array.of(5, -5));
  }
});

test('rows of weight zero are not moved', () => {
  const rows = { ...line(0, 1, 5), weight: Float64Array.of(1, 1, 0) };
  expect(refilled(rows, [0, 100])).toMatchObject({
    stats: { weight: Float64Array.of(1, 1), sum: Float64Array.of(0, 1) },
  });
});

test('without a row that fits badly the component is named as unfilled', () => {
  expect(refilled(line(2, 2, 2), [2, 2, 9])).toMatchObject({ refilled: [], unfilled: [1, 2] });
});

test('a centre that stays without rows stays where it is', () => {
  const { outcome } = fit({ family: 'kmeans', components: 3 }, line(2, 2, 2), { centres: [[2], [2], [9]] });
  expect(outcome).toMatchObject({ ok: true, params: { mean: Float64Array.of(2, 2, 9) } });
});

test('on any grid of rows with any centres J never rises, and ends as a number', () => {
  const grid = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(grid, grid, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 25 }),
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
        minLength: 1,
        maxLength: 7,
      }),
      (points, centres) => {
        const rows: Rows = {
          x: Float64Array.from(points.flatMap(([a, b]) => [a, b])),
          n: points.length,
          d: 2,
          weight: Float64Array.from(points, ([, , weight]) => weight + 0.5),
        };
        const start = { centres: centres.map((centre) => [...centre]) };
        const { outcome } = fit({ family: 'kmeans', components: centres.length }, rows, start, {
          tolerance: 0,
        });
        if (!outcome.ok) throw new Error(outcome.failure.kind);
        expect(outcome.stopped).toBe('converged');
        expect(outcome.params.mean.every(Number.isFinite)).toBe(true);
        for (let t = 1; t < outcome.trace.length; t++) {
          expect(outcome.trace[t]).toBeGreaterThanOrEqual(outcome.trace[t - 1] * (1 + 1e-12));
        }
        const distinct = new Set(points.map(([a, b]) => `${a},${b}`)).size;
        const fewer = outcome.notices.find(({ kind }) => kind === 'fewerClusters');
        if (distinct < centres.length) expect(fewer).toMatchObject({ reached: distinct, distinct });
        else expect(fewer).toBeUndefined();
      },
    ),
  );
});
