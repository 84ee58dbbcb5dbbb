import { describe, expect, test } from 'vitest';
import { type FeatureSpace, numberFeatures } from '../../../electron/engine/featureSpace';
import type { Params, Rows } from '../../../electron/engine/model';
import { covarianceMatrices } from '../../support/covarianceMatrices';
import { createModel } from '../../../electron/engine/models/registry';
import { familyTraits, iterativeStructures } from '../../../shared/families';
import { covarianceStructure, modelSpecification } from '../../../shared/model';
import { fit, posteriorOf, success } from '../fitting';

const yesNo: FeatureSpace = [{ kind: 'yesNo' }, { kind: 'yesNo' }];
const rowsOf = (d: number, ...x: number[]): Rows => ({
  x: Float64Array.from(x),
  n: x.length / d,
  d,
  hasMissing: x.some(Number.isNaN),
});
const stepFrom = (specification: object, space: FeatureSpace, rows: Rows, labels: number[]): Params =>
  success(fit(modelSpecification.parse(specification), rows, { labels }, { space, maxIterations: 0 })).params;

describe('yes/no columns', () => {
  const rows = rowsOf(2, 1, 0, 1, NaN, 0, NaN, 1, 1, 0, 1);
  const labels = [0, 0, 0, 1, 1];

  test('are rates of the cells that are there, exactly 0 or 1 where all agree', () => {
    const { probability } = stepFrom({ family: 'bernoulli', components: 2 }, yesNo, rows, labels);
    // Component 0: yes, yes, no; no and two holes. Component 1: yes, no; yes, yes.
    expect([...probability]).toEqual([2 / 3, 0, 1 / 2, 1]);
  });

  test('share one rate where there is one', () => {
    const shared = { family: 'bernoulli', components: 2, probabilities: 'shared' };
    expect([...stepFrom(shared, yesNo, rows, labels).probability]).toEqual([1 / 2, 1 / 2, 3 / 4, 3 / 4]);
    expect(createModel(modelSpecification.parse(shared), yesNo).parameterCount()).toBe(1 + 2);
  });

  test('with a Beta prior are its mode: a - 1 more of yes, b - 1 more of no', () => {
    const prior = { probability: { a: 2, b: 3 } };
    const { probability } = stepFrom({ family: 'bernoulli', components: 2, prior }, yesNo, rows, labels);
    expect([...probability]).toEqual([3 / 6, 1 / 4, 2 / 5, 3 / 5]);
  });

  test('are kept as far from 0 and 1 as is asked', () => {
    const specification = { family: 'bernoulli', components: 2, smallestProbability: 0.1 };
    const { probability } = stepFrom(specification, yesNo, rows, labels);
    expect([...probability]).toEqual([2 / 3, 0.1, 1 / 2, 0.9]);
  });

  test('that a component saw nothing of have the rate of the others', () => {
    const unseen = rowsOf(2, 1, NaN, 0, NaN, 1, 1, 0, 0, 1, 1);
    const { probability } = stepFrom({ family: 'bernoulli', components: 2 }, yesNo, unseen, [0, 0, 1, 1, 1]);
    expect([...probability]).toEqual([1 / 2, 2 / 3, 2 / 3, 2 / 3]);
  });

  test('are as good of a component that has faded to almost nothing', () => {
    const parameters = {
      weights: [1, 1e-20],
      probabilities: [
        [0.7, 0.4],
        [0.2, 0.6],
      ],
    };
    const complete = rowsOf(2, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1);
    const specification = modelSpecification.parse({ family: 'bernoulli', components: 2 });
    const { params } = success(
      fit(specification, complete, { parameters }, { space: yesNo, maxIterations: 50 }),
    );
    expect(params.weight[1]).toBeLessThan(1e-12);
    for (const p of params.probability) expect(p).toBeGreaterThan(0);
  });

  test.each([{ name: 'hard' }, { name: 'em', acceleration: 'squarem' }, { name: 'em' }] as const)(
    'go on without a component that others took all rows of, by %o',
    (algorithm) => {
      const complete = rowsOf(2, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0);
      const run = { space: yesNo, algorithm };
      const specificationOf = (components: number) =>
        modelSpecification.parse({ family: 'bernoulli', components });
      const two = {
        weights: [0.7, 0.3],
        probabilities: [
          [0.9, 0.6],
          [0.2, 0.4],
        ],
      };
      // No row is likelier in the third, or it has no share from the start.
      const third = { weights: [...two.weights, 0], probabilities: [...two.probabilities, [0.5, 0.5]] };
      const unlikely = { ...third, weights: [0.7, 0.3 - 1e-9, 1e-9] };
      const alone = success(fit(specificationOf(2), complete, { parameters: two }, run));
      const { params, objective, notices } = success(
        fit(specificationOf(3), complete, { parameters: algorithm.name === 'hard' ? unlikely : third }, run),
      );
      expect(params.weight[2]).toBe(0);
      expect([...params.probability.subarray(4)]).toEqual([0.5, 0.5]);
      expect(objective).toBeCloseTo(alone.objective, 12);
      expect(notices).toContainEqual({ kind: 'emptyClusters', empty: 1 });
    },
  );

  test('that are impossible under every component leave memberships at the weights', () => {
    const model = createModel(modelSpecification.parse({ family: 'bernoulli', components: 2 }), yesNo);
    const params = { weight: Float64Array.of(0.25, 0.75), probability: Float64Array.of(1, 0, 1, 0.5) };
    const odd = rowsOf(2, 0, 1, 1, 1);
    const { memberships, logDensity } = posteriorOf(model, params, odd);
    expect(memberships[0]).toBeCloseTo(0.25, 15);
    expect(logDensity[0]).toBe(-Infinity);
    expect([...memberships.subarray(2)]).toEqual([0, 1]);
    for (const policy of ['soft', 'hard'] as const) {
      const stats = model.emptyStats();
      const uncounted = { ...odd, weight: Float64Array.of(0, 1) };
      const counted = model.accumulate(params, uncounted, 0, 2, { kind: policy }, stats);
      expect(counted.logLikelihood).toBeCloseTo(Math.log(0.375), 12);
      expect(Object.values(stats).every((values) => values.every(Number.isFinite))).toBe(true);
      const all = model.accumulate(params, odd, 0, 2, { kind: policy }, model.emptyStats());
      expect(all).toEqual({ logLikelihood: -Infinity, bound: -Infinity, objective: -Infinity });
    }
  });
});

describe('categorical columns', () => {
  const space: FeatureSpace = [
    { kind: 'category', levels: 3 },
    { kind: 'category', levels: 2 },
  ];
  const rows = rowsOf(2, 0, 1, 2, NaN, 0, 0, 1, 1, NaN, 1);
  const labels = [0, 0, 0, 1, 1];

  test('are shares of the cells that are there', () => {
    const { category } = stepFrom({ family: 'categorical', components: 2 }, space, rows, labels);
    expect([...category]).toEqual([2 / 3, 0, 1 / 3, 1 / 2, 1 / 2, 0, 1, 0, 0, 1]);
  });

  test('with a prior have a pseudo-count in every level', () => {
    const { category } = stepFrom(
      { family: 'categorical', components: 2, prior: { category: 1 } },
      space,
      rows,
      labels,
    );
    const expected = [3 / 6, 1 / 6, 2 / 6, 2 / 4, 2 / 4, 1 / 4, 2 / 4, 1 / 4, 1 / 4, 3 / 4];
    expect([...category]).toEqual(expected);
  });

  test('count one parameter less than levels, for each component', () => {
    const model = createModel(modelSpecification.parse({ family: 'categorical', components: 4 }), space);
    expect(model.parameterCount()).toBe(3 + 4 * (2 + 1));
  });

  test('of two levels are what yes/no columns are', () => {
    const two: FeatureSpace = [{ kind: 'category', levels: 2 }];
    const x = rowsOf(1, 0, 1, 1, NaN, 1, 0, 0);
    const start = { labels: [0, 1, 0, 1, 0, 1, 0] };
    const one = success(
      fit(modelSpecification.parse({ family: 'categorical', components: 2 }), x, start, { space: two }),
    );
    const other = success(
      fit(modelSpecification.parse({ family: 'bernoulli', components: 2 }), x, start, {
        space: [{ kind: 'yesNo' }],
      }),
    );
    expect(one.trace.length).toBe(other.trace.length);
    one.trace.forEach((value, t) => expect(value).toBeCloseTo(other.trace[t], 12));
  });
});

describe('mixed columns', () => {
  const space: FeatureSpace = [
    { kind: 'category', levels: 2 },
    { kind: 'number' },
    { kind: 'yesNo' },
    { kind: 'number' },
  ];

  test('are the product of their kinds, whatever their order', () => {
    const model = createModel(modelSpecification.parse({ family: 'mixed', components: 1 }), space);
    const params = {
      weight: Float64Array.of(1),
      mean: Float64Array.of(1, -1),
      covariance: Float64Array.of(4, 0, 0, 9),
      probability: Float64Array.of(0.2),
      category: Float64Array.of(0.7, 0.3),
    };
    const { logDensity } = posteriorOf(model, params, rowsOf(4, 1, 3, 0, NaN));
    expect(logDensity[0]).toBeCloseTo(
      Math.log(0.3) + Math.log(0.8) - 0.5 * Math.log(2 * Math.PI * 4) - 0.5 * (2 / 2) ** 2,
      13,
    );
    expect(model.parameterCount()).toBe(2 + 3 + 1 + 1);
    const moments = model.likelihood?.moments(params);
    expect([...(moments?.mean ?? [])]).toEqual([0.7, 0.3, 1, 0.2, -1]);
  });

  test.each(['number', 'yesNo', 'category'] as const)('of one kind (%s) are that family', (kind) => {
    const family = { number: 'gaussian', yesNo: 'bernoulli', category: 'categorical' }[kind];
    const own: FeatureSpace = [kind === 'category' ? { kind, levels: 2 } : { kind }];
    const x = rowsOf(1, 0, 1, 1, 1, 0, 0, 1);
    const start = { labels: [0, 1, 0, 1, 0, 1, 0] };
    const traces = ['mixed', family].map(
      (name) =>
        success(
          fit(modelSpecification.parse({ family: name, components: 2 }), x, start, {
            space: own,
            maxIterations: 5,
          }),
        ).trace,
    );
    expect(traces[0]).toEqual(traces[1]);
  });
});

describe('the start of incomplete numbers', () => {
  test('divides each variance by the cells it saw', () => {
    const rows = rowsOf(2, 0, 1, 2, NaN, 4, 3, NaN, 5, 10, 10, 12, 12, 14, NaN);
    const labels = [0, 0, 0, 0, 1, 1, 1];
    for (const covariance of ['VVI', 'VVV']) {
      const params = stepFrom(
        { family: 'gaussian', components: 2, covariance },
        numberFeatures(2),
        rows,
        labels,
      );
      const own = covarianceMatrices(params, 2)!;
      [2, 3, 12, 11].forEach((value, i) => expect(params.mean[i]).toBeCloseTo(value, 12));
      [8 / 3, 8 / 3].forEach((value, a) => expect(own[3 * a]).toBeCloseTo(value, 12));
      [8 / 3, 1].forEach((value, a) => expect(own[4 + 3 * a]).toBeCloseTo(value, 12));
    }
  });
});

test('models can do what their families are said to do', () => {
  for (const [family, traits] of Object.entries(familyTraits)) {
    for (const covariance of covarianceStructure.options) {
      const specification = modelSpecification.parse({
        family,
        components: 2,
        ...('gaussian mixed'.includes(family) ? { covariance } : {}),
      });
      const space = traits.takes.map((kind) => (kind === 'category' ? { kind, levels: 2 } : { kind }));
      const model = createModel(specification, space);
      expect(model.likelihood !== null, family).toBe(traits.hasLikelihood);
      const iterates =
        'covariance' in specification && (iterativeStructures as readonly string[]).includes(covariance);
      expect(model.capabilities.partialMStep, `${family} ${covariance}`).toBe(iterates);
      expect(model.capabilities.policies.length > 1, family).toBe(traits.algorithms.includes('annealed'));
      const named = Object.keys(model.shape);
      for (const turn of model.capabilities.conditionalSteps)
        for (const name of turn) expect(named).toContain(name);
    }
  }
});
