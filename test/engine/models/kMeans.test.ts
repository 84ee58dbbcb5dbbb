import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedCentres } from '../../../electron/engine/drive/seeding';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import type { Rows } from '../../../electron/engine/model';
import { createModel } from '../../../electron/engine/models/registry';
import { createRandom } from '../../../electron/engine/numeric/random';
import { fit, posteriorOf, success } from '../fitting';

const specification = (components: number) => ({ family: 'kmeans', components }) as const;

/** Rows of two rough groups, a share of whose cells is missing; some rows lack all. */
const holes = fc
  .record({
    seed: fc.integer(),
    n: fc.integer({ min: 3, max: 60 }),
    d: fc.integer({ min: 1, max: 5 }),
    missing: fc.constantFrom(0, 0.1, 0.5, 0.9),
    isWeighted: fc.boolean(),
  })
  .map(({ seed, n, d, missing, isWeighted }) => {
    const random = createRandom(seed, 'holes');
    const x = Float64Array.from({ length: n * d }, (_, at) =>
      random.uniform() < missing ? NaN : random.normal() + 4 * (Math.floor(at / d) % 2),
    );
    const weight = isWeighted ? Float64Array.from({ length: n }, () => random.integer(3)) : undefined;
    return { rows: { x, n, d, weight, hasMissing: true } satisfies Rows, seed };
  });

describe('k-means with missing cells', () => {
  test('a centre is the mean of what is observed, a row goes by what it has', () => {
    // Two groups, at 0 and at 10. The third row has only its second cell, the last only its first.
    const x = Float64Array.of(0, 0, 2, 0, NaN, 3, 10, 10, 12, NaN);
    const rows: Rows = { x, n: 5, d: 2, hasMissing: true };
    const { model, outcome } = fit(specification(2), rows, {
      centres: [
        [0, 0],
        [10, 10],
      ],
    });
    const { params, objective } = success({ model, outcome });
    expect([...params.mean]).toEqual([1, 1, 11, 10]);
    // First cells 1 + 1, second 1 + 1 + 4; of the second group 1 + 1 and 0.
    expect(objective).toBe(-10);
    expect(posteriorOf(model, params, rows).labels).toEqual([0, 0, 0, 1, 1]);
  });

  test('the distortion never rises, and nothing is NaN', () => {
    fc.assert(
      fc.property(holes, fc.integer({ min: 1, max: 5 }), ({ rows, seed }, k) => {
        const { outcome } = fit(specification(k), rows, { method: 'kmeans++' }, { seed, tolerance: 0 });
        if (!outcome.ok) {
          expect(outcome.failure.kind).toBe('tooFewDistinctRows');
          return;
        }
        expect([...outcome.params.mean].every(Number.isFinite)).toBe(true);
        outcome.trace.slice(1).forEach((now, i) => {
          expect(now).toBeGreaterThanOrEqual(outcome.trace[i] - 1e-12 * Math.abs(now));
        });
      }),
    );
  });

  test('rows without any cell change nothing', () => {
    fc.assert(
      fc.property(holes, ({ rows: { x, n, d }, seed }) => {
        const start = { method: 'kmeans++' } as const;
        const rows = { x, n, d, hasMissing: true };
        const longer = { ...rows, x: Float64Array.of(...x, ...new Float64Array(3 * d).fill(NaN)), n: n + 3 };
        const short = fit(specification(2), rows, start, { seed }).outcome;
        const long = fit(specification(2), longer, start, { seed }).outcome;
        expect(long).toEqual(short);
      }),
    );
  });

  test('complete rows are the same with and without the loops for missing cells', () => {
    const random = createRandom(4, 'complete');
    const rows: Rows = { x: Float64Array.from({ length: 600 }, () => random.normal()), n: 200, d: 3 };
    const found = [undefined, true].map((hasMissing) => {
      const model = createModel(specification(4), numberFeatures(3));
      const stats = model.emptyStats();
      const params = { mean: rows.x.slice(0, 12) };
      const objective = model.accumulate(params, { ...rows, hasMissing }, 0, 200, { kind: 'hard' }, stats);
      return { objective, stats };
    });
    expect(found[1]).toEqual(found[0]);
  });
});

test('seeds have no missing cell, and no row without cells is one', () => {
  fc.assert(
    fc.property(holes, ({ rows, seed }) => {
      const seeds = seedCentres(rows, 2, 'distance', createRandom(seed), () => false);
      if (!seeds?.ok) return;
      expect([...seeds.value].every(Number.isFinite)).toBe(true);
    }),
  );
});

test('a missing cell is filled with the coordinate of the nearest centre by the cells there are, without a spread', () => {
  const model = createModel({ family: 'kmeans', components: 2 }, numberFeatures(2));
  const rows = { x: Float64Array.of(0, 1, 9, NaN, NaN, 6, NaN, NaN), n: 4, d: 2, hasMissing: true };
  expect(model.impute({ mean: Float64Array.of(0, 1, 10, 5) }, rows, 0, 4)).toEqual([
    { row: 1, feature: 1, value: 5, spread: NaN },
    { row: 2, feature: 0, value: 10, spread: NaN },
    { row: 3, feature: 0, value: 0, spread: NaN },
    { row: 3, feature: 1, value: 1, spread: NaN },
  ]);
});
