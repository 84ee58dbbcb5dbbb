import { describe, expect, test } from 'vitest';
import { serialEStep } from '../../electron/engine/drive/eStep';
import type {
  LatentModel,
  Likelihood,
  Params,
  PosteriorPolicy,
  Rows,
  Stats,
} from '../../electron/engine/model';
import { createRandom } from '../../electron/engine/numeric/random';
import { fit, furthest, posteriorOf, success } from '../engine/fitting';
import { blobs, centred, incomplete, type LawData } from './data';
import { plainModels, type Problem, problemFor, restrictedModels } from './lawModels';

const soft: PosteriorPolicy = { kind: 'soft' };

/** Groups that overlap, so that every membership and every cell matters. */
const complete: LawData = {
  name: 'complete rows',
  rows: centred(
    blobs(
      7,
      240,
      [
        [0, 0, 0],
        [2, 1, -1.5],
        [-1.5, 2, 1],
      ],
      1,
    ),
  ),
  labels: Array.from({ length: 240 }, (_, i) => i % 3),
};
const holes: LawData = {
  ...complete,
  name: 'a quarter of the cells missing',
  rows: incomplete(complete.rows, (row, column) => (row * 7 + column * 5) % 4 === 0),
};

interface Reached {
  readonly problem: Problem;
  readonly model: LatentModel;
  readonly likelihood: Likelihood;
  /** A few steps from the start. */
  readonly params: Params;
}

function reach(problem: Problem, maxIterations = 3): Reached {
  const { specification, rows, labels, space } = problem;
  const fitted = fit(specification, rows, { labels }, { space, maxIterations, tolerance: 0 });
  const { likelihood } = fitted.model;
  if (likelihood === null) throw new Error('a model of a density was expected');
  return { problem, model: fitted.model, likelihood, params: success(fitted).params };
}

function eStep(model: LatentModel, params: Params, rows: Rows, policy = soft) {
  const step = serialEStep(model, rows, () => false)(params, policy);
  if (step === null) throw new Error('nothing cancels');
  return step;
}

const models = [...plainModels, ...restrictedModels].filter(
  ({ specification }) => specification.family !== 'kmeans',
);

describe.each(models)('$name', (lawModel) => {
  const { specification: own } = lawModel;
  const isBounded = 'smallestProbability' in own && own.smallestProbability > 0;
  const both = [complete, holes].map((data) => problemFor(lawModel, data));

  test('the log-likelihood rises from parameters as the expected log joint density does', () => {
    for (const { problem, model, likelihood, params } of both.map((problem) => reach(problem))) {
      const { stats, rowObjective } = eStep(model, params, problem.rows);
      const random = createRandom(3, 'direction');
      const free = likelihood.toFree(params);
      const direction = free.map(() => random.normal());
      /**
       * The gap between likelihood and bound, at a distance along the direction. It is least where the bound was made,
       * so its odd part is of third order (Fisher's identity; McLachlan and Krishnan, 2008, section 3.7).
       */
      const gap = (distance: number): number => {
        const moved = likelihood.fromFree(
          free.map((value, i) => value + distance * direction[i]),
          params,
        );
        if (moved === null) throw new Error('so short a step leads nowhere');
        const rise =
          model.expectedLogJoint(moved, stats, params) - model.expectedLogJoint(params, stats, params);
        return (
          eStep(model, moved, problem.rows).rowObjective.logLikelihood - rowObjective.logLikelihood - rise
        );
      };
      const near = 1e-4;
      expect(gap(near), problem.name).toBeGreaterThan(-1e-7);
      expect(gap(-near), problem.name).toBeGreaterThan(-1e-7);
      expect(Math.abs(gap(near) - gap(-near)), problem.name).toBeLessThan(1e-6);
      expect(Math.abs(gap(0)), problem.name).toBeLessThan(1e-9);
    }
  });

  test('no step from the M-step raises the expected log joint density and the prior', () => {
    for (const { problem, model, likelihood, params } of both.map((problem) => reach(problem))) {
      const { stats } = eStep(model, params, problem.rows);
      const best = mStep(model, stats, params);
      const height = (at: Params): number => model.expectedLogJoint(at, stats, params) + model.logPrior(at);
      const top = height(best);
      expect(top).toBeGreaterThan(height(params) - 1e-9 * Math.abs(top));
      const free = likelihood.toFree(best);
      const random = createRandom(4, 'directions');
      for (let trial = 0; trial < 20; trial++) {
        const size = 10 ** -(1 + (trial % 4));
        const direction = free.map(() => size * random.normal());
        const heightAlong = (sign: number): number => {
          const moved = likelihood.fromFree(
            free.map((value, i) => value + sign * direction[i]),
            best,
          );
          return moved === null ? -Infinity : height(moved);
        };
        const ahead = heightAlong(1);
        const behind = heightAlong(-1);
        expect(Math.max(ahead, behind), problem.name).toBeLessThan(top + 1e-9 * Math.abs(top));
        // At the top the way down is as steep to both sides, but for a third order; at a bound one side is cut off.
        if (size < 1e-3 && !isBounded) expect(Math.abs(ahead - behind), problem.name).toBeLessThan(1e-6);
      }
    }
  });

  test('posterior memberships lead to the M-step of the E-step, wherever their statistics are centred', () => {
    for (const { problem, model, params } of both.map((problem) => reach(problem))) {
      const { rows, name } = problem;
      const { stats } = eStep(model, params, rows);
      const { memberships } = posteriorOf(model, params, rows);
      const given = (origin: Params): Stats => {
        const own = model.emptyStats();
        model.accumulateGiven(memberships, rows, 0, rows.n, origin, own);
        return own;
      };
      const best = mStep(model, stats, params);
      expectNear(mStep(model, given(params), params), best, name);
      const elsewhere = { ...params };
      if (params.mean) elsewhere.mean = params.mean.map((value, i) => value + 0.3 * ((i % 4) - 1));
      expectNear(mStep(model, model.recentre(stats, params, elsewhere), elsewhere), best, name);
      // Missing cells are expected otherwise at other parameters.
      if (!rows.hasMissing) expectNear(mStep(model, given(elsewhere), elsewhere), best, name);
    }
  });

  test('parameters come back from a vector without constraints', () => {
    for (const { likelihood, params, problem } of both.map((problem) => reach(problem))) {
      const back = likelihood.fromFree(likelihood.toFree(params), params);
      expect(Object.keys(back ?? {}).sort()).toEqual(Object.keys(params).sort());
      for (const [name, values] of Object.entries(back ?? {}))
        expect(furthest(values, params[name]), `${problem.name}, ${name}`).toBeLessThan(1e-8);
    }
  });

  test('drawn rows have the mean and covariance of the mixture', () => {
    const { model, likelihood, params, problem } = reach(both[0]);
    const n = 8000;
    const x = likelihood.sample(params, n, createRandom(5, 'draws'));
    const { mean, covariance } = likelihood.moments(params);
    const m = mean.length;
    const drawn = indicators(x, n, problem);
    for (let a = 0; a < m; a++) {
      const average = sumOver(n, (i) => drawn[i * m + a]) / n;
      expect(Math.abs(average - mean[a])).toBeLessThan(5 * Math.sqrt(covariance[a * m + a] / n) + 1e-12);
      for (let b = 0; b <= a; b++) {
        const products = (i: number) => (drawn[i * m + a] - mean[a]) * (drawn[i * m + b] - mean[b]);
        const product = sumOver(n, products) / n;
        const spread = sumOver(n, (i) => (products(i) - product) ** 2) / n;
        expect(Math.abs(product - covariance[a * m + b])).toBeLessThan(5 * Math.sqrt(spread / n) + 1e-12);
      }
    }
    expect(model.features).toBe(x.length / n);
  });

  test('complete rows are the same rows when others could have been incomplete', () => {
    const { model, params, problem } = reach(both[0]);
    const whole = eStep(model, params, problem.rows);
    const careful = eStep(model, params, { ...problem.rows, hasMissing: true });
    expect(furthest([careful.rowObjective.logLikelihood], [whole.rowObjective.logLikelihood])).toBeLessThan(
      1e-13,
    );
    expectNear(mStep(model, careful.stats, params), mStep(model, whole.stats, params), 'careful');
  });

  test('a row without a cell tells nothing: density one, memberships the weights', () => {
    const { model, params, problem } = reach(both[1]);
    const { d } = problem.rows;
    const rows = { x: new Float64Array(d).fill(NaN), n: 1, d, hasMissing: true };
    const { memberships, logDensity } = posteriorOf(model, params, rows);
    expect(logDensity[0]).toBeCloseTo(0, 14);
    expect(furthest(memberships, params.weight)).toBeLessThan(1e-14);
    const cells = model.impute(params, rows, 0, 1);
    expect(cells.map(({ feature }) => feature)).toEqual(Array.from({ length: d }, (_, a) => a));
    const { mean, covariance } = reach(both[1]).likelihood.moments(params);
    let at = 0;
    for (const [a, feature] of problem.space.entries()) {
      if (feature.kind === 'category') {
        const shares = mean.subarray(at, at + feature.levels);
        expect(cells[a].value).toBe(shares.indexOf(Math.max(...shares)));
        expect(cells[a].spread).toBeCloseTo(Math.max(...shares), 12);
        at += feature.levels;
      } else {
        expect(cells[a].value).toBeCloseTo(mean[at], 10);
        expect(cells[a].spread).toBeCloseTo(Math.sqrt(covariance[at * mean.length + at]), 10);
        at += 1;
      }
    }
  });

  test('leaving a cell out sums or integrates the density over it', () => {
    const { model, params, problem } = reach(both[0]);
    const { rows, space } = problem;
    const first = rows.x.slice(0, rows.d);
    for (const [a, feature] of space.entries()) {
      const { mean, covariance } = reach(both[0]).likelihood.moments(params);
      const width = feature.kind === 'category' ? feature.levels : feature.kind === 'yesNo' ? 2 : 4001;
      // The trapezoid rule over twelve deviations: exact to rounding for what is so smooth.
      const deviation = feature.kind === 'number' ? Math.sqrt(covariance[a * (mean.length + 1)]) : 0;
      const step = feature.kind === 'number' ? (24 * deviation) / (width - 1) : 1;
      const start = feature.kind === 'number' ? mean[a] - 12 * deviation : 0;
      const x = Float64Array.from({ length: width * rows.d }, (_, i) =>
        i % rows.d === a ? start + step * Math.floor(i / rows.d) : first[i % rows.d],
      );
      const { logDensity } = posteriorOf(model, params, { x, n: width, d: rows.d });
      const total = logDensity.reduce((sum, value) => sum + Math.exp(value) * step, 0);
      const without = {
        x: first.map((value, b) => (a === b ? NaN : value)),
        n: 1,
        d: rows.d,
        hasMissing: true,
      };
      expect(posteriorOf(model, params, without).logDensity[0]).toBeCloseTo(Math.log(total), 9);
    }
  });

  test('a row whose component is known keeps it under every policy, and counts with it', () => {
    const { model, params, problem } = reach(both[1]);
    const label = Int32Array.from({ length: problem.rows.n }, (_, i) => (i % 4 === 0 ? (i / 4) % 3 : -1));
    const rows = { ...problem.rows, label };
    const stream = { seed: 1, restart: 0, iteration: 0 };
    const policies: PosteriorPolicy[] = [
      soft,
      { kind: 'hard' },
      { kind: 'tempered', inverseTemperature: 0.4 },
      { kind: 'sampled', draws: 3, stream },
    ];
    const { memberships } = posteriorOf(model, params, rows);
    label.forEach((known, i) => {
      if (known >= 0) expect(memberships[i * 3 + known]).toBe(1);
    });
    const only = label.map((known, i) => (known < 0 ? -1 : i)).filter((i) => i >= 0);
    const chosen = selectRows(rows, [...only]);
    const counts = [0, 1, 2].map((j) => chosen.label.filter((known) => known === j).length);
    for (const policy of policies) {
      const { stats } = eStep(model, params, chosen, policy);
      expect(furthest(stats.weight, counts), policy.kind).toBeLessThan(1e-12);
    }
    // log p(x, z) is log weight plus the density of that component, which one weight of one tells.
    let expected = 0;
    for (let i = 0; i < chosen.n; i++) {
      const j = chosen.label[i];
      const weight = Float64Array.from([0, 1, 2], (c) => (c === j ? 1 : 0));
      const row = selectRows({ ...problem.rows, label }, [only[i]]);
      const { logDensity } = posteriorOf(model, { ...params, weight }, { ...row, label: undefined });
      expected += Math.log(params.weight[j]) + logDensity[0];
    }
    const { rowObjective } = eStep(model, params, chosen);
    expect(furthest([rowObjective.logLikelihood], [expected])).toBeLessThan(1e-10);
  });

  test('rows that are all known are fitted by one M-step', () => {
    const { specification, rows, labels, space } = both[0];
    const known = { ...rows, label: Int32Array.from(labels) };
    const start = labels.map((label) => (label + 1) % 3);
    const outcome = success(fit(specification, known, { labels: start }, { space }));
    expect(outcome.iterations).toBeLessThan(3);
    const plain = success(fit(specification, rows, { labels }, { space, maxIterations: 0 }));
    for (const name of Object.keys(plain.params))
      expect(furthest(outcome.params[name], plain.params[name]), name).toBeLessThan(1e-7);
  });
});

function mStep(model: LatentModel, stats: Stats, previous: Params): Params {
  const best = model.maximise(stats, previous);
  if (!best.ok) throw new Error(best.failure.kind);
  return best.value;
}

function expectNear(found: Params, expected: Params, message: string): void {
  for (const name of Object.keys(expected))
    expect(furthest(found[name], expected[name]), `${message}, ${name}`).toBeLessThan(1e-9);
}

/** Rows with an indicator for each level of a category, as moments count them. */
function indicators(x: Float64Array, n: number, { space }: Problem): Float64Array {
  const d = space.length;
  const out: number[] = [];
  for (let i = 0; i < n; i++) {
    for (const [a, feature] of space.entries()) {
      if (feature.kind !== 'category') out.push(x[i * d + a]);
      else for (let level = 0; level < feature.levels; level++) out.push(x[i * d + a] === level ? 1 : 0);
    }
  }
  return Float64Array.from(out);
}

function sumOver(n: number, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += value(i);
  return sum;
}

function selectRows(rows: Rows & { label: Int32Array }, index: readonly number[]) {
  const { d } = rows;
  const x = Float64Array.from(index.flatMap((i) => [...rows.x.subarray(i * d, (i + 1) * d)]));
  return { ...rows, x, n: index.length, label: Int32Array.from(index, (i) => rows.label[i]) };
}
