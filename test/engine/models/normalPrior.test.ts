import { describe, expect, test } from 'vitest';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { priorProblem, resolvePrior } from '../../../electron/engine/models/resolvePrior';
import { type ModelSpecification, modelSpecification } from '../../../shared/model';
import { blobs, centred, incomplete } from '../../laws/data';
import { fit, success } from '../fitting';

const space = numberFeatures(2);
const given = {
  mean: [0, 0],
  shrinkage: 0.5,
  degreesOfFreedom: 4,
  scale: [
    [1, 0.2],
    [0.2, 2],
  ],
};
const withPrior = (normal: unknown, covariance = 'VVV', components = 2): ModelSpecification =>
  modelSpecification.parse({ family: 'gaussian', components, covariance, prior: { normal } });
const normalOf = (specification: ModelSpecification) => {
  const normal = specification.family === 'gaussian' ? specification.prior.normal : undefined;
  if (normal === undefined || normal === 'default') throw new Error('a prior in numbers was expected');
  return normal;
};

describe('the default prior', () => {
  // Variances 10 / 3 and 40 / 3 with divisor n - 1, product 20 / 3; K = 4 divides them by 4^(2/2).
  const rows = { x: Float64Array.of(-2, -4, -1, -2, 1, 2, 2, 4), n: 4, d: 2 };

  test('of an ellipsoidal structure is the covariance of the rows over K^(2/d)', () => {
    const { mean, scale, shrinkage, degreesOfFreedom } = normalOf(
      resolvePrior(withPrior('default', 'VVV', 4), rows, space),
    );
    expect(mean).toEqual([0, 0]);
    [10 / 12, 20 / 12, 20 / 12, 40 / 12].forEach((value, i) =>
      expect(scale.flat()[i]).toBeCloseTo(value, 13),
    );
    expect([shrinkage, degreesOfFreedom]).toEqual([0.01, 4]);
  });

  test('of a diagonal structure is their mean variance in every feature', () => {
    const { scale } = normalOf(resolvePrior(withPrior('default', 'VEI', 4), rows, space));
    [25 / 12, 0, 0, 25 / 12].forEach((value, i) => expect(scale.flat()[i]).toBeCloseTo(value, 13));
  });

  test('of a row twice is that of weight two', () => {
    const twice = { x: Float64Array.of(-2, -4, -2, -4, -1, -2, 1, 2, 2, 4), n: 5, d: 2 };
    const weighted = { ...rows, weight: Float64Array.of(2, 1, 1, 1) };
    const scales = [twice, weighted].map(
      (own) => normalOf(resolvePrior(withPrior('default'), own, space)).scale,
    );
    scales[0].flat().forEach((value, i) => expect(scales[1].flat()[i]).toBeCloseTo(value, 13));
  });

  test('is a covariance where cells are missing', () => {
    const holes = incomplete(centred(blobs(1, 60, [[0, 0]], 1)), (row, a) => (row + a) % 2 === 0);
    const problem = resolvePrior(withPrior('default'), holes, space);
    expect(priorProblem(problem, space)).toBeNull();
  });
});

test('a prior holds a component of one row, and of equal rows', () => {
  const points = [...blobs(1, 30, [[0, 0]], 1), [50, 50]];
  const labels = points.map((_, i) => (i === 30 ? 1 : 0));
  const rows = centred(points);
  expect(fit(withPrior(undefined), rows, { labels }).outcome.ok).toBe(false);
  for (const covariance of ['VVV', 'VVI', 'EVE', 'VEV']) {
    const specification = resolvePrior(withPrior('default', covariance), rows, space);
    const { params } = success(fit(specification, rows, { labels }));
    expect(params.weight[1]).toBeCloseTo(1 / 31, 6);
  }
});

test('no rows at all would leave the mode of the prior', () => {
  // mode of Sigma given n = 0 rows: scale / (nu + d + 2), with shrinkage.
  const model = createModel(withPrior(given, 'VVV', 1), space);
  const none = model.emptyStats();
  none.weight[0] = 1e-12;
  const next = model.maximise(none, { weight: Float64Array.of(1), mean: new Float64Array(2) });
  if (!next.ok) throw new Error(next.failure.kind);
  [1 / 8, 0.2 / 8, 0.2 / 8, 2 / 8].forEach((value, i) =>
    expect(next.value.covariance[i]).toBeCloseTo(value, 10),
  );
});

test.each<[string, unknown, string | undefined, string]>([
  ['a structure that is given', given, 'fixed', 'given'],
  ['a mean of another length', { ...given, mean: [0] }, 'VVV', '1 numbers for 2'],
  ['a scale of another size', { ...given, scale: [[1]] }, 'VVV', '2 x 2'],
  ['too few degrees of freedom', { ...given, degreesOfFreedom: 1 }, 'VVV', 'more than 1'],
  [
    'a scale that is not symmetric',
    {
      ...given,
      scale: [
        [1, 0.5],
        [0, 1],
      ],
    },
    'VVV',
    'symmetric',
  ],
  [
    'a scale that is not positive',
    {
      ...given,
      scale: [
        [1, 2],
        [2, 1],
      ],
    },
    'VVV',
    'positive',
  ],
])('a prior with %s is refused in words', (_, normal, covariance, words) => {
  expect(priorProblem(withPrior(normal, covariance), space)).toContain(words);
});

test('a prior that is right, or none, is no problem', () => {
  for (const normal of [given, 'default', undefined])
    expect(priorProblem(withPrior(normal), space)).toBeNull();
});
