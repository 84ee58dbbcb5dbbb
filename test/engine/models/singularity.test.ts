import { describe, expect, test } from 'vitest';
import { covarianceRules } from '../../../electron/engine/models/covarianceStructures';
import { createRandom } from '../../../electron/engine/numeric/random';
import { blobs, centred } from '../../laws/data';
import { fit, gaussian, success } from '../fitting';

const random = createRandom(1, 'singularity');
const points = blobs(
  1,
  40,
  [
    [0, 0],
    [8, 8],
  ],
  1,
);
const labels = points.map((_, i) => i % 2);
const failureOf = (covariance: string, data: number[][], own: number[] = labels, ridge = 0) => {
  const { outcome } = fit(gaussian(covariance, 2, ridge), centred(data), { labels: own });
  return outcome.ok ? null : outcome.failure;
};

describe('a singular covariance names its cause', () => {
  test('a column that is the same in all rows', () => {
    const constant = points.map(([a]) => [a, 0.1]);
    for (const covariance of ['VVI', 'EEI', 'EEE', 'VVV']) {
      expect(failureOf(covariance, constant), covariance).toMatchObject({
        cause: 'constantFeature',
        feature: 1,
      });
    }
  });

  test('columns that determine each other', () => {
    const doubled = points.map(([a, b]) => [a, b, 2 * a - 3 * b + 1]);
    expect(failureOf('VVV', doubled)).toMatchObject({ cause: 'collinearFeatures', feature: 2, component: 0 });
    expect(failureOf('EEE', doubled)).toMatchObject({
      cause: 'collinearFeatures',
      feature: 2,
      component: null,
    });
    expect(failureOf('VVI', doubled)).toBeNull();
  });

  test('a component of fewer rows than it takes', () => {
    const few = points.map((_, i) => (i < 2 ? 1 : 0));
    expect(failureOf('VVV', points, few)).toEqual({
      kind: 'singularCovariance',
      component: 1,
      cause: 'fewRows',
      feature: null,
    });
  });

  test('a component whose rows all share a value', () => {
    const shared = points.map(([a, b], i) => [a, i % 2 === 1 ? 4 : b]);
    expect(failureOf('VVI', shared)).toMatchObject({ cause: 'collapsed', feature: 1, component: 1 });
  });

  test('a component that shrinks onto equal rows while it runs', () => {
    // Twelve rows of 0 among sixty spread around it; the row 0.5 begins with them and is lost to the others.
    const x = [
      ...Array.from({ length: 60 }, () => [3 * random.normal()]),
      ...new Array<number[]>(12).fill([0]),
      [0.5],
    ];
    const own = x.map((_, i) => (i < 60 ? 0 : 1));
    expect(failureOf('VVV', x, own)).toMatchObject({ cause: 'collapsed', feature: 0, component: 1 });
  });
});

test('a spherical covariance does not mind a constant column', () => {
  expect(
    failureOf(
      'VII',
      points.map(([a]) => [a, 0.1]),
    ),
  ).toBeNull();
});

test('a spherical covariance is measured by the narrowest feature, others may be wide', () => {
  const apart = points.map(([a], i) => [a, 1e8 * (i % 2)]);
  expect(failureOf('VII', apart)).toBeNull();
  expect(failureOf('VVI', apart)).toMatchObject({ cause: 'collapsed', feature: 1 });
});

test('a ridge keeps any covariance regular', () => {
  const hopeless = points.map(([a]) => [a, 2 * a, 5]);
  const few = points.map((_, i) => (i === 0 ? 1 : 0));
  for (const covariance of Object.keys(covarianceRules)) {
    expect(failureOf(covariance, hopeless, labels, 1e-3), covariance).toBeNull();
  }
  expect(failureOf('VVV', points, few, 1e-3)).toBeNull();
});

test('a group ten thousand times narrower than the data is a group, not a collapse', () => {
  const narrow = points.map(([a, b], i) => (i % 2 === 1 ? [8 + 1e-4 * (a - 8), 8 + 1e-4 * (b - 8)] : [a, b]));
  const { params } = success(fit(gaussian('VVV', 2), centred(narrow), { labels }));
  const wide = success(
    fit(gaussian('VVV', 1), centred(points.filter((_, i) => i % 2 === 1)), { labels: Array(20).fill(0) }),
  );
  // Same shape, 1e-8 the variance: no digits may be lost by being far from the centre.
  [4, 5, 7].forEach((at) =>
    expect(params.covariance[at] / (1e-8 * wide.params.covariance[at - 4])).toBeCloseTo(1, 6),
  );
});

test('groups that are points beside the distance between them have collapsed', () => {
  const far = points.map(([a], i) => [(i % 2) + 1e-8 * a]);
  expect(failureOf('VVV', far)).toMatchObject({ cause: 'collapsed', feature: 0 });
  expect(failureOf('EEE', far)).toMatchObject({ cause: 'collapsed', feature: 0, component: null });
});

test('a component that gets no share of any row is empty by name', () => {
  const parameters = { weights: [1, 0], means: [[0], [1]], covariances: [[[1]], [[1]]] };
  const { outcome } = fit(gaussian('VVV', 2), centred([[0], [1], [3]]), { parameters });
  expect(outcome).toMatchObject({ ok: false, failure: { kind: 'emptyComponent', component: 1 } });
});

test('a component that gets no share stays where its covariance is that of all', () => {
  const rows = centred([[0], [1], [3], [4]]);
  for (const structure of ['EEE', 'EEI', 'EII']) {
    const parameters = { weights: [1, 0], means: [[0], [1]], covariances: [[[1]], [[1]]] };
    const { params, objective } = success(fit(gaussian(structure, 2), rows, { parameters }));
    const alone = success(fit(gaussian(structure, 1), rows, { labels: [0, 0, 0, 0] }));
    expect(objective).toBeCloseTo(alone.objective, 12);
    expect([...params.weight]).toEqual([1, 0]);
    expect(params.mean[1]).toBe(1);
  }
});

test('a component that gets no share is where a prior has it', () => {
  const normal = { mean: [2], shrinkage: 0.5, degreesOfFreedom: 3, scale: [[6]] };
  const specification = { ...gaussian('VVV', 2), prior: { weights: 1, normal } };
  const parameters = { weights: [1, 0], means: [[0], [1]], covariances: [[[1]], [[1]]] };
  const { params } = success(fit(specification, centred([[0], [1], [3], [4]]), { parameters }));
  expect([...params.weight]).toEqual([1, 0]);
  expect(params.mean[1]).toBeCloseTo(2, 12);
  // The mode of the prior: scale / (degrees of freedom + d + 2).
  expect(params.covariance[1]).toBeCloseTo(1, 12);
});
