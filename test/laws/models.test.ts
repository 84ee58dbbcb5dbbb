import { describe, expect, test } from 'vitest';
import type { ModelSpecification } from '../../shared/model';
import { accumulateChunk, mergeChunks, serialEStep } from '../../electron/engine/drive/eStep';
import type { LatentModel, Params, Rows, Stats } from '../../electron/engine/model';
import { covarianceRules } from '../../electron/engine/models/covarianceStructures';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createModel } from '../../electron/engine/models/registry';
import { createRandom } from '../../electron/engine/numeric/random';
import { chunkCount } from '../../electron/engine/rows';
import { relabel } from '../../electron/engine/identity';
import { fit, furthest, gaussian, posteriorOf, success } from '../engine/fitting';
import { adversarialData, easyData } from './data';

/** Every model of the registry. */
const specifications: ModelSpecification[] = [
  { family: 'kmeans', components: 3 },
  ...Object.keys(covarianceRules).map((covariance) => gaussian(covariance, 3)),
];
const named = specifications.map((specification) => ({
  name: createModel(specification, numberFeatures(3)).name,
  specification,
}));
const seeds = [1, 2, 3];
const sets = [...seeds.map(easyData), ...adversarialData(4), ...adversarialData(5)];

const policyOf = (model: LatentModel) => ({ kind: model.capabilities.policies[0] });

/** Parameters a few steps from the start, with the overlap and spread of a run on its way. Null: it failed. */
function onTheWay(specification: ModelSpecification, rows: Rows, labels: number[]): Params | null {
  const { outcome } = fit(specification, rows, { labels }, { maxIterations: 2 });
  return outcome.ok ? outcome.params : null;
}

/** Size of the objective for relative differences: as the stopping rule measures it. */
const sizeOf = (model: LatentModel, objective: number) =>
  Math.abs(objective) + (model.capabilities.objective === 'logLikelihood' ? 1 : 0);

describe.each(named)('$name', ({ specification }) => {
  test('the objective never falls, and ends as a number or a named failure', () => {
    let finished = 0;
    for (const { name, rows, labels } of sets) {
      const { model, outcome } = fit(
        specification,
        rows,
        { labels },
        { tolerance: 1e-12, maxIterations: 400 },
      );
      expect(outcome.trace.every(Number.isFinite), name).toBe(true);
      for (let t = 1; t < outcome.trace.length; t++) {
        const fall = (outcome.trace[t - 1] - outcome.trace[t]) / sizeOf(model, outcome.trace[t]);
        expect(fall, `${name}, iteration ${t}`).toBeLessThan(1e-9);
      }
      if (!outcome.ok) {
        expect(['singularCovariance', 'emptyComponent'], name).toContain(outcome.failure.kind);
        continue;
      }
      finished++;
      for (const values of Object.values(outcome.params))
        expect(values.every(Number.isFinite), name).toBe(true);
    }
    // A law that only sees failures sees nothing.
    expect(finished).toBeGreaterThan(sets.length / 2);
  });

  test('statistics of two sets of rows add up to those of both', () => {
    for (const { name, rows, labels } of sets) {
      const params = onTheWay(specification, rows, labels);
      if (params === null) continue;
      const model = createModel(specification, numberFeatures(rows.d));
      const whole = accumulate(model, params, rows, [0, rows.n]);
      const cut = createRandom(9, name).integer(rows.n);
      const parts = accumulate(model, params, rows, [0, cut, rows.n]);
      expect(Math.abs(whole.objective - parts.objective)).toBeLessThan(
        1e-12 * sizeOf(model, whole.objective),
      );
      expectSameStats(parts.stats, whole.stats, rows, name);
    }
  });

  test('weight two equals the row twice, and weight zero its absence', () => {
    const { rows, labels } = easyData(1);
    const weight = Float64Array.from({ length: rows.n }, (_, i) => i % 3);
    const index = [...weight.keys()].flatMap((i) => new Array<number>(weight[i]).fill(i));
    const repeated = select(rows, index);
    const weighted = success(fit(specification, { ...rows, weight }, { labels }));
    const plain = success(fit(specification, repeated, { labels: index.map((i) => labels[i]) }));
    expect(furthest([weighted.objective], [plain.objective])).toBeLessThan(1e-9);
    // Near the optimum the objective is flat: parameters agree to the square root of its digits.
    for (const key of Object.keys(plain.params)) {
      expect(furthest(weighted.params[key], plain.params[key])).toBeLessThan(1e-5);
    }
  });

  test('from a given start the order of the rows does not matter', () => {
    for (const { name, rows, labels } of sets) {
      const random = createRandom(10, name);
      const order = Array.from({ length: rows.n }, (_, i) => ({ i, key: random.uniform() }))
        .sort((a, b) => a.key - b.key)
        .map(({ i }) => i);
      const run = { maxIterations: 30 };
      const straight = fit(specification, rows, { labels }, run).outcome;
      const shuffled = fit(
        specification,
        select(rows, order),
        { labels: order.map((i) => labels[i]) },
        run,
      ).outcome;
      expect(shuffled.ok, name).toBe(straight.ok);
      expect(furthest(shuffled.trace.slice(0, 20), straight.trace.slice(0, 20)), name).toBeLessThan(1e-9);
    }
  });

  test('memberships are shares that sum to one, and scores sum to the objective', () => {
    for (const { name, rows, labels } of sets) {
      const { model, outcome } = fit(specification, rows, { labels }, { maxIterations: 5 });
      if (!outcome.ok) continue;
      const { memberships, logDensity } = posteriorOf(model, outcome.params, rows);
      let score = 0;
      for (let i = 0; i < rows.n; i++) {
        const shares = memberships.subarray(i * 3, (i + 1) * 3);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-14);
        score += (rows.weight?.[i] ?? 1) * logDensity[i];
      }
      expect(Math.abs(score - outcome.objective), name).toBeLessThan(
        1e-12 * sizeOf(model, outcome.objective),
      );
    }
  });

  test('chunks merged in their order give the bits of the serial pass', () => {
    const { rows, labels } = sets.find(({ name }) => name.startsWith('several')) ?? sets[0];
    const params = success(fit(specification, rows, { labels }, { maxIterations: 2 })).params;
    const model = createModel(specification, numberFeatures(rows.d));
    const serial = serialEStep(model, rows, () => false)(params, policyOf(model));
    expect(chunkCount(rows.n)).toBeGreaterThan(2);
    // Each chunk by a model of its own, the last first: as threads do it.
    const parts = Array.from({ length: chunkCount(rows.n) }, (_, chunk) => chunk)
      .reverse()
      .map((chunk) =>
        accumulateChunk(
          createModel(specification, numberFeatures(rows.d)),
          rows,
          chunk,
          params,
          policyOf(model),
        ),
      )
      .reverse();
    expect(mergeChunks(model, parts)).toEqual(serial);
  });

  test('a restart is the same whatever ran before it', () => {
    const { rows } = easyData(2);
    const restarted = (restart: number) =>
      fit(specification, rows, { method: 'random' }, { restart }).outcome;
    const alone = restarted(3);
    for (const restart of [0, 1, 2]) restarted(restart);
    expect(restarted(3)).toEqual(alone);
    expect(restarted(4).trace[0]).not.toBe(alone.trace[0]);
  });

  test('a relabelled start gives the relabelled fit', () => {
    for (const { name, rows, labels } of sets) {
      const order = [2, 0, 1];
      const run = { maxIterations: 20 };
      const straight = fit(specification, rows, { labels }, run);
      const turned = fit(specification, rows, { labels: labels.map((label) => order.indexOf(label)) }, run);
      expect(turned.outcome.ok, name).toBe(straight.outcome.ok);
      if (!straight.outcome.ok || !turned.outcome.ok) continue;
      const expected = relabel(straight.outcome.params, straight.model.shape, order);
      expect(furthest([turned.outcome.objective], [straight.outcome.objective]), name).toBeLessThan(1e-9);
      for (const key of Object.keys(expected)) {
        expect(furthest(turned.outcome.params[key], expected[key]), `${name}, ${key}`).toBeLessThan(1e-6);
      }
    }
  });

  test('in other units the same fit is found', () => {
    const { rows, labels } = easyData(3);
    const model = createModel(specification, numberFeatures(rows.d));
    // Where variances of different features are tied together, only one unit for all of them keeps the model.
    const tied = !('covariance' in specification) || /II$|EEV|VEV|EVE|VVE/.test(specification.covariance);
    const factors = tied ? [1000, 1000, 1000] : [100, 0.01, 7];
    const x = rows.x.map((value, i) => value * factors[i % rows.d]);
    const run = { maxIterations: 30, tolerance: 0 };
    const before = success(fit(specification, rows, { labels }, run));
    const after = success(fit(specification, { ...rows, x }, { labels }, run));
    const logScale = factors.reduce((sum, factor) => sum + Math.log(factor), 0);
    const expected =
      model.capabilities.objective === 'logLikelihood'
        ? before.objective - rows.n * logScale
        : before.objective * factors[0] ** 2;
    expect(furthest([after.objective], [expected])).toBeLessThan(1e-9);
    const means = before.params.mean.map((value, i) => value * factors[i % rows.d]);
    expect(furthest(after.params.mean, means)).toBeLessThan(1e-6);
  });

  test('the parameters of a finished fit, given as a start, are where it stays', () => {
    const { rows, labels } = easyData(1);
    const first = success(fit(specification, rows, { labels }, { tolerance: 1e-12 }));
    const rowsOf = (values: Float64Array, width: number): number[][] =>
      Array.from({ length: values.length / width }, (_, j) => [
        ...values.subarray(j * width, (j + 1) * width),
      ]);
    const covariances = first.params.covariance ? rowsOf(first.params.covariance, rows.d) : [];
    const parameters = {
      weights: first.params.weight ? [...first.params.weight] : [1 / 3, 1 / 3, 1 / 3],
      means: rowsOf(first.params.mean, rows.d),
      covariances: [0, 1, 2].map((j) => covariances.slice(j * rows.d, (j + 1) * rows.d)),
    };
    const again = success(fit(specification, rows, { parameters }, { tolerance: 1e-12 }));
    expect(furthest([again.trace[0]], [first.objective])).toBeLessThan(1e-12);
    expect(again.iterations).toBeLessThan(3);
  });
});

function accumulate(model: LatentModel, params: Params, rows: Rows, cuts: number[]) {
  const stats = model.emptyStats();
  let objective = 0;
  for (let c = 0; c + 1 < cuts.length; c++) {
    objective += model.accumulate(params, rows, cuts[c], cuts[c + 1], policyOf(model), stats).objective;
  }
  return { stats, objective };
}

/** Sums of the same terms in another order differ by the rounding of their sizes, not of what is left of them. */
function expectSameStats(found: Stats, expected: Stats, rows: Rows, message: string): void {
  const absolute = rows.x.reduce((sum, value) => sum + Math.abs(value), 0);
  for (const key of Object.keys(expected)) {
    const largest = expected[key].reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const size = key === 'sum' ? absolute : largest;
    expect(
      found[key].some((value, i) => Math.abs(value - expected[key][i]) > 1e-12 * size),
      `${message}, ${key}`,
    ).toBe(false);
  }
}

function select(rows: Rows, index: readonly number[]): Rows {
  const { d } = rows;
  const x = Float64Array.from(index.flatMap((i) => [...rows.x.subarray(i * d, (i + 1) * d)]));
  const weight = rows.weight && Float64Array.from(index, (i) => rows.weight?.[i] ?? 1);
  return { x, n: index.length, d, weight };
}
