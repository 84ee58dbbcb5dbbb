import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Start, start as startSchema } from '../../../shared/fit';
import { ok } from '../../../shared/result';
import { serialEStep } from '../../../electron/engine/drive/eStep';
import { initialise } from '../../../electron/engine/drive/starts';
import type { LatentModel, Rows } from '../../../electron/engine/model';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { createRandom } from '../../../electron/engine/numeric/random';
import { gaussian } from '../fitting';

type StartInput = z.input<typeof startSchema>;
const rows: Rows = { x: Float64Array.of(-5, 0, -4, 1, -3, 0, 2, -1, 4, 1, 6, -2), n: 6, d: 2 };
const tools = (own: Rows = rows) => ({
  random: createRandom(1),
  eStepOf: (model: Parameters<typeof serialEStep>[0]) => serialEStep(model, own, () => false),
  shouldStop: () => null,
});
/** The defaults of the schema without its checks: what they let pass is not the engine's only defence. */
const whole = (start: StartInput): Start =>
  'parameters' in start
    ? ({
        parameters: { means: [], covariances: [], probabilities: [], categories: [], ...start.parameters },
      } as Start)
    : start;
const beginModel = (model: LatentModel, start: StartInput, own: Rows, change = {}) => {
  const begun = initialise(model, own, whole(start), { ...tools(own), ...change });
  return begun.ok ? ok(begun.value.params) : begun;
};
const begin = (start: StartInput, covariance = 'VVV', own = rows) =>
  beginModel(createModel(gaussian(covariance, 2), numberFeatures(own.d)), start, own);

const identity = [
  [1, 0],
  [0, 1],
];

describe('a given start', () => {
  test('by labels is the M-step of those labels', () => {
    const started = begin({ labels: [0, 0, 0, 1, 1, 1] }, 'VVI');
    if (!started.ok) throw new Error(started.failure.kind);
    // First three rows: means -4 and 1/3, variances 2/3 and 2/9; last three: 4 and -2/3, 8/3 and 14/9.
    expect([...started.value.weight]).toEqual([0.5, 0.5]);
    [-4, 1 / 3, 4, -2 / 3].forEach((value, i) => expect(started.value.mean[i]).toBeCloseTo(value, 14));
    [2 / 3, 2 / 9, 8 / 3, 14 / 9].forEach((value, i) =>
      expect(started.value.variance[i]).toBeCloseTo(value, 13),
    );
  });

  test('by responsibilities of zero and one is that of the labels', () => {
    const labels = [0, 0, 1, 1, 1, 0];
    const responsibilities = labels.map((label) => [1 - label, label]);
    expect(begin({ responsibilities }, 'EEE')).toEqual(begin({ labels }, 'EEE'));
  });

  test('by centres is that of the labels of the nearest centres', () => {
    const centres = [
      [-4, 0],
      [4, 0],
    ];
    expect(begin({ centres }, 'EEE')).toEqual(begin({ labels: [0, 0, 0, 1, 1, 1] }, 'EEE'));
  });

  test('keeps the digits of a narrow group far from the centre', () => {
    // Spread 1e-3 at a distance of 1000: squares about zero would keep four of its digits.
    const narrow = Float64Array.of(1000, 1000.001, 999.999, 1000.002, -900, -1100, -950, -1050);
    const started = begin({ labels: [0, 0, 0, 0, 1, 1, 1, 1] }, 'VVV', { x: narrow, n: 8, d: 1 });
    if (!started.ok) throw new Error(JSON.stringify(started.failure));
    expect(started.value.covariance[0] / 1.25e-6).toBeCloseTo(1, 8);
  });

  test('by parameters whose weights were cut to six decimals makes them sum to one', () => {
    const means = [
      [0, 0],
      [1, 1],
    ];
    const started = begin({
      parameters: { weights: [0.6, 0.3999999], means, covariances: [identity, identity] },
    });
    if (!started.ok) throw new Error(started.failure.kind);
    expect(started.value.weight[0] + started.value.weight[1]).toBeCloseTo(1, 15);
  });

  const parameters = {
    weights: [0.5, 0.5],
    means: [
      [0, 0],
      [1, 1],
    ],
    covariances: [identity, identity],
  };
  test.each<[string, StartInput, string]>([
    ['too few labels', { labels: [0, 1] }, '2 labels'],
    ['a label out of range', { labels: [0, 0, 0, 1, 1, 2] }, 'label 2'],
    ['centres of another width', { centres: [[1], [2]] }, '2 lists of 2'],
    ['responsibilities that do not sum to one', { responsibilities: Array(6).fill([0.5, 0.6]) }, 'row 0'],
    ['a negative responsibility', { responsibilities: Array(6).fill([-0.5, 1.5]) }, 'row 0'],
    ['weights that do not sum to one', { parameters: { ...parameters, weights: [0.5, 0.6] } }, 'weights'],
    ['one mean too few', { parameters: { ...parameters, means: [[0, 0]] } }, 'means'],
    [
      'a covariance that is not symmetric',
      {
        parameters: {
          ...parameters,
          covariances: [
            identity,
            [
              [1, 0.5],
              [0, 1],
            ],
          ],
        },
      },
      'covariance 1 is not symmetric',
    ],
    [
      'a covariance that is not positive definite',
      {
        parameters: {
          ...parameters,
          covariances: [
            [
              [1, 2],
              [2, 1],
            ],
            identity,
          ],
        },
      },
      'covariance 0 is not positive',
    ],
    [
      'numbers that are not finite',
      {
        parameters: {
          ...parameters,
          means: [
            [0, NaN],
            [1, 1],
          ],
        },
      },
      'means',
    ],
  ])('with %s is refused in words', (_, start, words) => {
    const started = begin(start);
    expect(started).toMatchObject({ ok: false, failure: { kind: 'badStart' } });
    if (!started.ok && started.failure.kind === 'badStart') expect(started.failure.problem).toContain(words);
  });

  test('with products of features is refused for a diagonal structure', () => {
    const tilted = [
      [1, 0.5],
      [0.5, 1],
    ];
    const start = { parameters: { ...parameters, covariances: [tilted, identity] } };
    expect(begin(start, 'VVI')).toMatchObject({ ok: false, failure: { kind: 'badStart' } });
    expect(begin(start, 'VVV').ok).toBe(true);
  });

  test('whose labels leave a component empty names it', () => {
    expect(begin({ labels: [0, 0, 0, 0, 0, 0] })).toEqual({
      ok: false,
      failure: { kind: 'emptyComponent', component: 1 },
    });
  });
});

describe('a free start', () => {
  const x = Float64Array.of(3, 3, 3, 7, 7, 7.5, 8);
  test.each(['random', 'kmeans++', 'kmeans'] as const)('by %s never chooses equal rows twice', (method) => {
    const kMeans = createModel({ family: 'kmeans', components: 3 }, numberFeatures(1));
    for (let seed = 0; seed < 50; seed++) {
      const own = { x, n: 7, d: 1 };
      const started = beginModel(kMeans, { method }, own, { random: createRandom(seed) });
      if (!started.ok) throw new Error(started.failure.kind);
      expect(new Set(started.value.mean).size).toBe(3);
    }
  });

  test('says how many distinct rows of positive weight there are when they are too few', () => {
    const own: Rows = { x, n: 7, d: 1, weight: Float64Array.of(1, 1, 1, 1, 1, 0, 0) };
    for (const method of ['random', 'kmeans++', 'kmeans'] as const) {
      const started = beginModel(createModel(gaussian('VII', 3), numberFeatures(1)), { method }, own);
      expect(started).toEqual({
        ok: false,
        failure: { kind: 'tooFewDistinctRows', distinct: 2, components: 3 },
      });
    }
  });

  test('stopped while it is made has nothing to keep', () => {
    const stopped = { shouldStop: () => 'timeLimit' as const };
    const model = createModel(gaussian('VVV', 2), numberFeatures(2));
    const started = beginModel(model, { method: 'kmeans++' }, rows, stopped);
    expect(started).toEqual({ ok: false, failure: { kind: 'interrupted', reason: 'timeLimit' } });
  });
});
