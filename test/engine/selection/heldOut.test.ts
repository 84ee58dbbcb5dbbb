import { describe, expect, it } from 'vitest';
import { numberFeatures, type FeatureSpace } from '../../../electron/engine/featureSpace';
import type { Rows } from '../../../electron/engine/model';
import { createRandom } from '../../../electron/engine/numeric/random';
import {
  heldOutOf,
  heldOutScore,
  type HeldOutTask,
  type SplitScore,
} from '../../../electron/engine/selection/heldOut';
import { planSplits } from '../../../electron/engine/selection/splits';
import { plainWorkplace } from '../../../electron/engine/selection/workplace';
import { createReferenceKernels } from '../../../electron/kernels/reference';
import { runSpecification, start } from '../../../shared/fit';
import { modelSpecification } from '../../../shared/model';

const place = plainWorkplace(createReferenceKernels());
const plan = (n: number) => planSplits({ kind: 'folds', folds: 5, repeats: 1 }, n, 1);

/** Two groups, some way apart. */
function groups(n: number, seed = 1, factor = [1, 1], shift = [0, 0]): Rows {
  const random = createRandom(seed, 'groups');
  const x = Float64Array.from({ length: 2 * n }, (_, at) => {
    const group = Math.floor(at / 2) % 2;
    return shift[at % 2] + factor[at % 2] * (4 * group + random.normal());
  });
  return { x, n, d: 2 };
}

const task = (model: object, more: Partial<HeldOutTask> = {}): HeldOutTask => ({
  model: modelSpecification.parse({ family: 'gaussian', components: 2, ...model }),
  space: numberFeatures(2),
  start: start.parse({ method: 'kmeans' }),
  run: runSpecification.parse({ restarts: 2 }),
  standardises: true,
  unit: Float64Array.of(1, 1),
  ...more,
});

function scores(given: HeldOutTask, rows: Rows): SplitScore[] {
  const splits = plan(rows.n);
  return Array.from({ length: splits.count }, (_, index) => {
    const score = heldOutScore(given, rows, splits.split(index), place, () => false);
    if (score === null) throw new Error('cancelled');
    return score;
  });
}

describe('a held-out score', () => {
  it('of one Gaussian is its log density at the test rows, with the moments of the training rows', () => {
    const rows = groups(20);
    const { training, test } = plan(20).split(2);
    let expected = 0;
    for (const column of [0, 1]) {
      const at = (row: number): number => rows.x[2 * row + column];
      const mean = training.reduce((sum, row) => sum + at(row), 0) / training.length;
      const variance = training.reduce((sum, row) => sum + (at(row) - mean) ** 2, 0) / training.length;
      for (const row of test)
        expected -= Math.log(2 * Math.PI * variance) / 2 + (at(row) - mean) ** 2 / (2 * variance);
    }
    const score = heldOutScore(
      task({ components: 1, covariance: 'VVI' }),
      rows,
      plan(20).split(2),
      place,
      () => false,
    );
    expect(score).toMatchObject({ ok: true, weight: 4, hasConverged: true });
    expect(score?.ok && score.mean).toBeCloseTo(expected / test.length, 10);
  });

  it('is in units of the file, whatever the units of the fit', () => {
    const plain = heldOutOf(scores(task({ covariance: 'VVI' }), groups(100)));
    const scaled = groups(100, 1, [0.01, 100], [3, -500]);
    const same = heldOutOf(scores(task({ covariance: 'VVI' }, { unit: Float64Array.of(100, 0.01) }), scaled));
    expect(same.score.value).toBeCloseTo(plain.score.value, 8);
  });

  it('does not know the cells of its test rows while it learns', () => {
    const rows = groups(60);
    const split = plan(60).split(0);
    const changed = { ...rows, x: rows.x.slice() };
    changed.x[2 * split.test[0]] += 1e6;
    const given = task({ covariance: 'VVV' });
    const [before, after] = [rows, changed].map((each) =>
      heldOutScore(given, each, { ...split, test: split.test.subarray(1) }, place, () => false),
    );
    expect(after).toEqual(before);
  });

  it('does not use the known clusters of its test rows', () => {
    const rows = groups(60);
    const split = plan(60).split(0);
    const label = Int32Array.from({ length: 60 }, (_, row) => row % 2);
    const hidden = label.map((own, row) => (split.test.includes(row) ? -1 : own));
    const given = task({ covariance: 'VVV' });
    const [known, unknown] = [label, hidden].map((labels) =>
      heldOutScore(given, { ...rows, label: labels }, split, place, () => false),
    );
    expect(known).toEqual(unknown);
  });

  it('counts a row of weight two as two rows', () => {
    const rows = groups(30);
    const weight = Float64Array.from({ length: 30 }, (_, row) => 1 + (row % 3));
    const which = [...weight].flatMap((copies, row) => Array<number>(copies).fill(row));
    const copies: Rows = {
      x: Float64Array.from(which.flatMap((row) => [rows.x[2 * row], rows.x[2 * row + 1]])),
      n: which.length,
      d: 2,
    };
    const split = plan(30).split(1);
    const isTest = new Set(split.test);
    const all = [...which.keys()];
    const repeated = {
      training: Int32Array.from(all.filter((at) => !isTest.has(which[at]))),
      test: Int32Array.from(all.filter((at) => isTest.has(which[at]))),
    };
    const given = task({ covariance: 'EEE', components: 1 });
    const one = heldOutScore(given, { ...rows, weight }, split, place, () => false);
    const other = heldOutScore(given, copies, repeated, place, () => false);
    expect(one?.ok && other?.ok && one.mean).toBeCloseTo((other?.ok && other.mean) || NaN, 10);
    expect(one?.weight).toBe(other?.weight);
  });

  it('of a level that the training rows do not have is -Infinity, and finite with a prior', () => {
    const rows: Rows = { x: Float64Array.of(0, 1, 0, 1, 0, 1, 2, 0, 1, 0), n: 10, d: 1 };
    const space: FeatureSpace = [{ kind: 'category', levels: 3 }];
    const score = (prior: object): SplitScore[] =>
      scores(
        task({ family: 'categorical', components: 1, prior }, { space, unit: new Float64Array(0) }),
        rows,
      );
    const impossible = heldOutOf(score({}));
    expect(impossible.score.value).toBe(-Infinity);
    expect([...impossible.mean].filter((mean) => mean === -Infinity)).toHaveLength(1);
    expect(impossible.failed).toBe(0);
    expect(heldOutOf(score({ category: 0.5 })).score.value).toBeGreaterThan(-10);
  });

  it('leaves out splits whose fit failed, and counts them and those that were cut short', () => {
    const constant: Rows = { ...groups(20), x: groups(20).x.map((value, at) => (at % 2 ? value : 1)) };
    const failed = heldOutOf(scores(task({ covariance: 'VVV' }), constant));
    expect(failed).toMatchObject({ failed: 5, notConverged: 0 });
    expect(failed.score.value).toBeNaN();
    const run = runSpecification.parse({ restarts: 1, maxIterations: 1, tolerance: 0 });
    expect(heldOutOf(scores(task({ covariance: 'VVV' }, { run }), groups(40))).notConverged).toBe(5);
  });

  it('takes a start for all rows as one for those it learns from', () => {
    const rows = groups(40);
    const labels = Array.from({ length: 40 }, (_, row) => row % 2);
    const given = task({ covariance: 'VVV' }, { start: { labels } });
    const shares = labels.map((label) => [1 - label, label]);
    expect(scores(given, rows)).toEqual(scores({ ...given, start: { responsibilities: shares } }, rows));
  });

  it('averages over rows, with the error of the splits that are done', () => {
    const done = (mean: number, weight: number): SplitScore => ({
      ok: true,
      mean,
      weight,
      hasConverged: true,
    });
    const { score, mean, weight } = heldOutOf([done(-1, 3), undefined, done(-2, 3)]);
    expect(score.value).toBeCloseTo(-1.5, 15);
    // sd of -1 and -2 with divisor 1, over the root of 2.
    expect(score.standardError).toBeCloseTo(0.5, 15);
    expect([[...mean], [...weight]]).toEqual([
      [-1, NaN, -2],
      [3, 0, 3],
    ]);
  });
});
