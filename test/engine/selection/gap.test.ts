import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rows } from '../../../electron/engine/model';
import { createRandom } from '../../../electron/engine/numeric/random';
import { gapCurve, logWithinCurve } from '../../../electron/engine/selection/gap';
import { drawReference, referenceBox, referenceSize } from '../../../electron/engine/selection/gapReference';
import { createReferenceKernels } from '../../../electron/kernels/reference';
import { runSpecification } from '../../../shared/fit';
import type { GapRule } from '../../../shared/selection';

const kernels = createReferenceKernels();
const run = runSpecification.parse({ restarts: 3 });
const rules: GapRule[] = ['tibshirani', 'firstSEmax', 'globalSEmax', 'firstMax', 'globalMax'];

/** A curve with these gaps and standard errors. */
function curveOf(gaps: readonly number[], errors: readonly number[], rule: GapRule) {
  const spread = errors.map((error) => error / Math.sqrt(2 * 1.5));
  const references = [-1, 1].flatMap((side) => gaps.map((gap, at) => gap + side * spread[at]));
  return gapCurve(new Float64Array(gaps.length), Float64Array.from(references), 1, rule);
}

describe('gapCurve', () => {
  test('the standard error is that of one more reference: sd sqrt(1 + 1 / B), divisor B - 1', () => {
    const curve = gapCurve(Float64Array.of(1), Float64Array.of(2, 3, 7), 4, 'tibshirani');
    // Mean 4, squares 4 + 1 + 9 over 2, times 4 / 3.
    expect(curve?.points).toMatchObject([{ components: 4, logWithin: 1, expected: 4, gap: 3 }]);
    expect(curve?.points[0].standardError).toBeCloseTo(Math.sqrt((7 * 4) / 3), 12);
    expect(curve?.chosen).toBe(4);
  });

  test.each([
    // A first hill at 2, the highest at 5, plateau within error at 4.
    { rule: 'tibshirani', chosen: 2 },
    { rule: 'firstMax', chosen: 2 },
    { rule: 'globalMax', chosen: 5 },
    { rule: 'firstSEmax', chosen: 2 },
    { rule: 'globalSEmax', chosen: 4 },
  ] as const)('$rule chooses $chosen', ({ rule, chosen }) => {
    expect(curveOf([0, 1, 0.5, 1.95, 2, 1.5], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], rule)?.chosen).toBe(chosen);
  });

  test('a gap that stays is not one that rises', () => {
    expect(curveOf([1, 1, 2], [0, 0, 0], 'firstMax')?.chosen).toBe(1);
    expect(curveOf([1, 2, 2], [0, 0, 0], 'globalMax')?.chosen).toBe(2);
  });

  test.each(rules)('%s chooses the last where the gap rises by more than its error', (rule) => {
    expect(curveOf([0, 1, 2, 3], [0.1, 0.1, 0.1, 0.1], rule)?.chosen).toBe(4);
  });

  test.each(rules)('%s chooses one cluster where the gap falls', (rule) => {
    expect(curveOf([3, 2, 1], [0.1, 0.1, 0.1], rule)?.chosen).toBe(1);
  });

  test('a K without a W is left out, and a reference without one is not counted', () => {
    const own = Float64Array.of(3, 2, -Infinity, NaN);
    const references = Float64Array.of(4, 3, 1, 0, 5, NaN, 1, 0, 6, 5, 1, 0);
    const curve = gapCurve(own, references, 1, 'globalMax');
    expect(curve?.points.map(({ components, expected }) => [components, expected])).toEqual([
      [1, 5],
      [2, 4],
    ]);
    expect(gapCurve(Float64Array.of(NaN), Float64Array.of(1, 2), 1, 'tibshirani')).toBeNull();
    expect(gapCurve(Float64Array.of(1), Float64Array.of(1), 1, 'tibshirani')).toBeNull();
  });
});

describe('references', () => {
  const random = createRandom(3, 'rows');
  const n = 60;
  const rows: Rows = { x: new Float64Array(2 * n), n, d: 2 };
  // A long thin cloud along (2, 1).
  for (let i = 0; i < n; i++) {
    const along = 10 * random.normal();
    rows.x.set([2 * along + 0.1 * random.normal(), along + 0.1 * random.normal()], 2 * i);
  }

  test('are as long and as thin as the rows along principal axes, and fill their range along columns', () => {
    const widthOf = ({ x }: Rows) =>
      Math.max(...Array.from({ length: x.length / 2 }, (_, i) => Math.abs(x[2 * i] - 2 * x[2 * i + 1])));
    const principal = drawReference(referenceBox(rows, 'principal'), 2000, createRandom(1));
    const columns = drawReference(referenceBox(rows, 'columns'), 2000, createRandom(1));
    expect(widthOf(principal)).toBeLessThan(2 * widthOf(rows));
    expect(widthOf(columns)).toBeGreaterThan(10 * widthOf(rows));
    for (const a of [0, 1]) {
      const own = rows.x.filter((_, at) => at % 2 === a);
      const drawn = columns.x.filter((_, at) => at % 2 === a);
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(Math.min(...own) - 1e-9);
      expect(Math.max(...drawn)).toBeLessThanOrEqual(Math.max(...own) + 1e-9);
      expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(
        0.98 * (Math.max(...own) - Math.min(...own)),
      );
    }
  });

  test('weigh as much as the rows, and stand for as many where weights are copies', () => {
    const copies = Float64Array.from({ length: n }, (_, i) => i % 3);
    expect(referenceSize({ ...rows, weight: copies })).toBe(60);
    expect(referenceSize({ ...rows, weight: copies.map((value) => 2 * value) })).toBe(120);
    expect(referenceSize({ ...rows, weight: copies.map((value) => value / 2) })).toBe(n);
    const box = referenceBox({ ...rows, weight: copies.map((value) => value / 2) }, 'principal');
    const drawn = drawReference(box, n, createRandom(1));
    expect(drawn.weight?.reduce((sum, value) => sum + value, 0)).toBeCloseTo(30, 12);
    expect(drawReference(box, 30, createRandom(1)).weight).toBeUndefined();
  });

  test('know nothing of rows without weight', () => {
    const far = { x: Float64Array.of(...rows.x, 1e6, 1e6), n: n + 1, d: 2 };
    const weight = new Float64Array(n + 1).fill(1);
    weight[n] = 0;
    for (const kind of ['principal', 'columns'] as const) {
      const drawn = drawReference(referenceBox({ ...far, weight }, kind), 200, createRandom(1));
      expect(Math.max(...drawn.x)).toBeLessThan(1000);
    }
  });

  test('lack the cells that the rows lack', () => {
    const x = rows.x.map((value, at) => (at % 5 === 0 ? NaN : value));
    const holes = { ...rows, x, hasMissing: true };
    const drawn = drawReference(referenceBox(holes, 'columns'), n, createRandom(1));
    expect(drawn.hasMissing).toBe(true);
    drawn.x.forEach((value, at) => expect(Number.isNaN(value)).toBe(at % 5 === 0));
  });

  test('of a column that does not vary do not vary either', () => {
    const flat = { ...rows, x: rows.x.map((value, at) => (at % 2 === 0 ? 0 : value)) };
    for (const kind of ['principal', 'columns'] as const) {
      const drawn = drawReference(referenceBox(flat, kind), n, createRandom(1));
      drawn.x.forEach((value, at) => {
        if (at % 2 === 0) expect(Math.abs(value)).toBeLessThan(1e-9);
      });
    }
  });
});

describe('log W of k-means', () => {
  test('falls with K, changes with the unit by its logarithm, and ends where there are no more distinct rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 30 }), (cells) => {
        const rows = { x: Float64Array.from(cells), n: cells.length, d: 1 };
        const distinct = new Set(cells).size;
        const task = { components: { from: 1, to: 5 }, power: 2 as const, run };
        const curve = logWithinCurve(task, rows, kernels, () => false);
        const scaled = logWithinCurve(
          task,
          { ...rows, x: rows.x.map((cell) => 4 * cell) },
          kernels,
          () => false,
        );
        curve?.forEach((value, at) => {
          if (at + 1 > distinct) expect(value).toBeNaN();
          else if (at + 1 === distinct) expect(value).toBe(-Infinity);
          else {
            expect(value).toBeCloseTo((scaled?.[at] ?? NaN) - 2 * Math.log(4), 9);
            if (at > 0) expect(value).toBeLessThanOrEqual(curve[at - 1]);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  test('cancelled, there is none', () => {
    const rows = { x: Float64Array.of(1, 2, 5), n: 3, d: 1 };
    const task = { components: { from: 1, to: 2 }, power: 2 as const, run };
    expect(logWithinCurve(task, rows, kernels, () => true)).toBeNull();
  });

  test('the gap of noise that fills a box evenly is one cluster, of three heaps three', () => {
    const random = createRandom(9, 'gap');
    const n = 150;
    const noise = { x: Float64Array.from({ length: 2 * n }, () => random.uniform()), n, d: 2 };
    const corners = [0, 0, 8, 0, 4, 7];
    const heaps = { ...noise, x: noise.x.map((_, at) => corners[at % 6] + random.normal()) };
    for (const [rows, chosen] of [
      [noise, 1],
      [heaps, 3],
    ] as const) {
      const task = { components: { from: 1, to: 5 }, power: 2 as const, run };
      const box = referenceBox(rows, 'principal');
      const references = Array.from({ length: 30 }, (_, b) =>
        logWithinCurve(task, drawReference(box, n, createRandom(1, 'reference', b)), kernels, () => false),
      );
      const own = logWithinCurve(task, rows, kernels, () => false);
      const drawn = Float64Array.from(references.flatMap((curve) => [...(curve ?? [])]));
      expect(gapCurve(own ?? new Float64Array(), drawn, 1, 'tibshirani')?.chosen).toBe(chosen);
    }
  });
});
