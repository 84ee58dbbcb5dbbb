import { describe, expect, test } from 'vitest';
import { accumulateChunk, mergeChunks, serialEStep } from '../../electron/engine/drive/eStep';
import { relabel } from '../../electron/engine/identity';
import type { LatentModel, Params, PosteriorPolicy, Rows, Stats } from '../../electron/engine/model';
import { createTestedModel } from '../support/testedKernels';
import { resolvePrior } from '../../electron/engine/models/resolvePrior';
import { createRandom } from '../../electron/engine/numeric/random';
import { chunkCount, chunkRows } from '../../electron/engine/rows';
import { fit, furthest, posteriorOf, type RunChanges, success } from '../engine/fitting';
import { adversarialData, easyData } from './data';
import { type LawModel, plainModels, type Problem, problemFor, restrictedModels, startOf } from './lawModels';

const seeds = [1, 2, 3];
const sets = [...seeds.map(easyData), ...adversarialData(4), ...adversarialData(5)];
/** Enough for what a prior adds. */
const fewerSets = [easyData(1), ...adversarialData(4)];

const policyOf = (model: LatentModel): PosteriorPolicy => ({ kind: model.capabilities.policies[0] });
const modelOf = ({ specification, space }: Problem) => createTestedModel(specification, space);
const run = ({ specification, rows, labels, space }: Problem, changes: RunChanges = {}) =>
  fit(specification, rows, { labels }, { ...changes, space });

/** Parameters a few steps from the start, with the overlap and spread of a run on its way. Null: it failed. */
function onTheWay(problem: Problem): Params | null {
  const { outcome } = run(problem, { maxIterations: 2 });
  return outcome.ok ? outcome.params : null;
}

/** Size of the objective for relative differences: as the stopping rule measures it. */
const sizeOf = (model: LatentModel, objective: number) =>
  Math.abs(objective) + (model.capabilities.objective === 'logLikelihood' ? 1 : 0);

describe.each([...plainModels, ...restrictedModels])('$name', (lawModel) => {
  const problems = (plainModels.includes(lawModel) ? sets : fewerSets).map((set) =>
    problemFor(lawModel, set),
  );
  const easy = (seed: number): Problem => problemFor(lawModel, easyData(seed));

  test('the objective never falls, and ends as a number or a named failure', () => {
    let finished = 0;
    for (const problem of problems) {
      const { name } = problem;
      const { model, outcome } = run(problem, { tolerance: 1e-12, maxIterations: 200 });
      expect(outcome.trace.every(Number.isFinite), name).toBe(true);
      const falls = outcome.trace
        .slice(1)
        .map((value, t) => (outcome.trace[t] - value) / sizeOf(model, value));
      expect(Math.max(0, ...falls), name).toBeLessThan(1e-9);
      if (!outcome.ok) {
        expect(['singularCovariance', 'emptyComponent'], name).toContain(outcome.failure.kind);
        continue;
      }
      finished++;
      for (const values of Object.values(outcome.params))
        expect(values.every(Number.isFinite), name).toBe(true);
    }
    // A law that only sees failures sees nothing.
    expect(finished).toBeGreaterThan(problems.length / 2);
  });

  test('statistics of two sets of rows add up to those of both', () => {
    for (const problem of problems) {
      const params = onTheWay(problem);
      if (params === null) continue;
      const { name, rows } = problem;
      const model = modelOf(problem);
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
    const problem = easy(1);
    const { rows, labels } = problem;
    const weight = Float64Array.from({ length: rows.n }, (_, i) => i % 3);
    const index = [...weight.keys()].flatMap((i) => new Array<number>(weight[i]).fill(i));
    const weighted = success(run(withPrior(lawModel, { ...problem, rows: { ...rows, weight } })));
    const repeated = { ...problem, rows: select(rows, index), labels: index.map((i) => labels[i]) };
    const plain = success(run(withPrior(lawModel, repeated)));
    expect(furthest([weighted.objective], [plain.objective])).toBeLessThan(1e-9);
    // Near the optimum the objective is flat: parameters agree to the square root of its digits.
    for (const key of Object.keys(plain.params)) {
      expect(furthest(weighted.params[key], plain.params[key])).toBeLessThan(1e-5);
    }
  });

  test('from a given start the order of the rows does not matter', () => {
    for (const problem of problems) {
      const { name, rows, labels } = problem;
      const random = createRandom(10, name);
      const order = Array.from({ length: rows.n }, (_, i) => ({ i, key: random.uniform() }))
        .sort((p, q) => p.key - q.key)
        .map(({ i }) => i);
      const straight = run(problem, { maxIterations: 20 }).outcome;
      const mixed = { ...problem, rows: select(rows, order), labels: order.map((i) => labels[i]) };
      const shuffled = run(mixed, { maxIterations: 20 }).outcome;
      expect(shuffled.ok, name).toBe(straight.ok);
      // Where both end within rounding of each other, one may take a step more.
      const shared = Math.min(20, shuffled.trace.length, straight.trace.length);
      expect(shared).toBeGreaterThan(Math.min(straight.trace.length, 20) - 2);
      expect(furthest(shuffled.trace.slice(0, shared), straight.trace.slice(0, shared)), name).toBeLessThan(
        1e-9,
      );
    }
  });

  test('memberships are shares that sum to one, and scores and prior sum to the objective', () => {
    for (const problem of problems) {
      const { name, rows } = problem;
      const { model, outcome } = run(problem, { maxIterations: 5 });
      if (!outcome.ok) continue;
      const { memberships, logDensity } = posteriorOf(model, outcome.params, rows);
      let score = model.logPrior(outcome.params);
      let furthestSum = 0;
      for (let i = 0; i < rows.n; i++) {
        const shares = memberships.subarray(i * 3, (i + 1) * 3);
        furthestSum = Math.max(furthestSum, Math.abs(shares[0] + shares[1] + shares[2] - 1));
        score += (rows.weight?.[i] ?? 1) * logDensity[i];
      }
      expect(memberships.every((share) => share >= 0 && share <= 1)).toBe(true);
      expect(furthestSum, name).toBeLessThan(1e-14);
      expect(Math.abs(score - outcome.objective), name).toBeLessThan(
        1e-12 * sizeOf(model, outcome.objective),
      );
    }
  });

  test('chunks merged in their order give the bits of the serial pass', () => {
    for (const problem of problems.filter(({ name }) => name.includes('several chunks'))) {
      // Over and over, so that there are three chunks, whose order can matter.
      const rows = select(
        problem.rows,
        Array.from({ length: 2 * chunkRows(1) + 1 }, (_, i) => i % problem.rows.n),
      );
      const params = success(run(problem, { maxIterations: 2 })).params;
      const model = modelOf(problem);
      const serial = serialEStep(model, rows, () => false)(params, policyOf(model));
      expect(chunkCount(rows.n)).toBeGreaterThan(2);
      // Each chunk by a model of its own, the last first: as threads do it.
      const parts = Array.from({ length: chunkCount(rows.n) }, (_, chunk) => chunk)
        .reverse()
        .map((chunk) =>
          accumulateChunk(modelOf(problem), rows, chunk, params, policyOf(model), model.emptyStats(params)),
        )
        .reverse();
      expect(mergeChunks(model, params, parts)).toEqual(serial);
    }
  });

  test('a restart is the same whatever ran before it', () => {
    const { specification, rows, space } = easy(2);
    const restarted = (restart: number) =>
      fit(specification, rows, { method: 'random' }, { restart, space, maxIterations: 50 }).outcome;
    const alone = restarted(3);
    for (const restart of [0, 1, 2]) restarted(restart);
    expect(restarted(3)).toEqual(alone);
    expect(restarted(4).trace[0]).not.toBe(alone.trace[0]);
  });

  test('a relabelled start gives the relabelled fit', () => {
    for (const problem of problems) {
      const { name } = problem;
      const order = [2, 0, 1];
      const straight = run(problem, { maxIterations: 10 });
      const labels = problem.labels.map((label) => order.indexOf(label));
      const turned = run({ ...problem, labels }, { maxIterations: 10 });
      expect(turned.outcome.ok, name).toBe(straight.outcome.ok);
      if (!straight.outcome.ok || !turned.outcome.ok) continue;
      const expected = relabel(straight.outcome.params, straight.model.shape, order);
      expect(furthest([turned.outcome.objective], [straight.outcome.objective]), name).toBeLessThan(1e-9);
      for (const key of Object.keys(expected)) {
        expect(furthest(turned.outcome.params[key], expected[key]), `${name}, ${key}`).toBeLessThan(1e-6);
      }
    }
  });

  test('the parameters of a finished fit, given as a start, are where it stays', () => {
    const problem = easy(1);
    const first = success(run(problem, { tolerance: 1e-12 }));
    const { specification, rows, space } = problem;
    const again = success(
      fit(specification, rows, startOf(first.params, problem), { tolerance: 1e-12, space }),
    );
    expect(furthest([again.trace[0]], [first.objective])).toBeLessThan(1e-12);
    expect(again.iterations).toBeLessThan(3);
  });
});

const anyUnit = plainModels.filter(
  ({ specification: own }) =>
    own.family === 'kmeans' || (own.family === 'gaussian' && own.covariance !== 'fixed'),
);

test.each(anyUnit)('$name in other units finds the same fit', (lawModel) => {
  const problem = problemFor(lawModel, easyData(3));
  const { rows, specification } = problem;
  // Where variances of different features are tied together, only one unit for all of them keeps the model.
  const isTied = !('covariance' in specification) || /II$|EEV|VEV|EVE|VVE/.test(specification.covariance);
  const factors = isTied ? [1000, 1000, 1000] : [100, 0.01, 7];
  const x = rows.x.map((value, i) => value * factors[i % rows.d]);
  const before = success(run(problem, { maxIterations: 30, tolerance: 0 }));
  const after = success(run({ ...problem, rows: { ...rows, x } }, { maxIterations: 30, tolerance: 0 }));
  const logScale = factors.reduce((sum, factor) => sum + Math.log(factor), 0);
  const expected =
    specification.family === 'kmeans'
      ? before.objective * factors[0] ** 2
      : before.objective - rows.n * logScale;
  expect(furthest([after.objective], [expected])).toBeLessThan(1e-9);
  const means = before.params.mean.map((value, i) => value * factors[i % rows.d]);
  expect(furthest(after.params.mean, means)).toBeLessThan(1e-6);
});

/** The problem with its prior taken from its own rows. */
const withPrior = ({ specification }: LawModel, problem: Problem): Problem => ({
  ...problem,
  specification: resolvePrior(specification, problem.rows, problem.space),
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
  const absolute = rows.x.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);
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
  return { ...rows, x, n: index.length, weight };
}
