import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/failure';
import { fitSpecification } from '../../shared/fit';
import { failureRemedies, findingRemedies } from '../../shared/remedies';

const specification = (model: object = {}, preparation: object = {}) =>
  fitSpecification.parse({
    preparation: { features: ['a', 'b', 'c'], ...preparation },
    model: { family: 'gaussian', components: 4, ...model },
    run: {},
  });
const collapsed: Extract<Failure, { kind: 'fitFailed' }> = {
  kind: 'fitFailed',
  restarts: 10,
  features: ['a', 'b', 'c'],
  failure: { kind: 'singularCovariance', component: 1, cause: 'collapsed', feature: 1 },
};
const labels = (found: readonly { label: string }[]) => found.map(({ label }) => label);

describe('remedies', () => {
  test('a collapsed cluster can be held by a prior, by the spread of the others or a ridge, or be done without', () => {
    const found = failureRemedies(collapsed, specification());
    expect(labels(found)).toEqual([
      'Add a weak prior',
      'Leave out "b"',
      'Give all clusters one covariance',
      'Use 3 clusters',
      'Add a small ridge to every variance',
    ]);
    expect(found.map(({ specification: { model } }) => model)).toMatchObject([
      { prior: { normal: 'default' }, covariance: 'VVV', components: 4 },
      { covariance: 'VVV', components: 4 },
      { covariance: 'EEE', components: 4 },
      { covariance: 'VVV', components: 3 },
      { covariance: 'VVV', ridge: 1e-3 },
    ]);
  });

  test('what is so already is not offered', () => {
    const found = failureRemedies(
      collapsed,
      specification({ covariance: 'EEI', components: 1, ridge: 0.1, prior: { normal: 'default' } }),
    );
    expect(labels(found)).toEqual(['Leave out "b"']);
  });

  test('leaving a feature out takes along all that was given for each feature', () => {
    const found = failureRemedies(
      { kind: 'constantColumn', column: 'b', value: 3 },
      fitSpecification.parse({
        preparation: {
          features: ['a', 'b', 'c'],
          kinds: { a: 'number', b: 'number' },
          scaling: { mean: [0, 0, 0], sd: [1, 1, 1] },
        },
        model: {
          family: 'gaussian',
          components: 2,
          prior: {
            normal: { mean: [0, 0, 0], shrinkage: 1, degreesOfFreedom: 5, scale: [[1], [1], [1]] },
          },
        },
        start: { centres: [[0, 0, 0]] },
        run: {},
      }),
    );
    expect(labels(found)).toEqual(['Leave out "b"']);
    expect(found[0].specification).toMatchObject({
      preparation: { features: ['a', 'c'], kinds: { a: 'number' }, scaling: 'standardise' },
      model: { prior: { normal: 'default' } },
      start: { method: 'kmeans' },
    });
  });

  test('the only feature cannot be left out', () => {
    const failure = { kind: 'constantColumn', column: 'a', value: 1 } as const;
    expect(failureRemedies(failure, specification({}, { features: ['a'] }))).toEqual([]);
  });

  test('findings before a fit: as many clusters as the rows carry, one of equal columns, one scale', () => {
    expect(
      labels(
        findingRemedies({ kind: 'fewRowsPerCluster', rows: 13, components: 4, needed: 4 }, specification()),
      ),
    ).toContain('Use 3 clusters');
    expect(
      labels(findingRemedies({ kind: 'duplicateColumns', columns: ['a', 'c'] }, specification())),
    ).toEqual(['Leave out "c"', 'Use diagonal covariances']);
    const scales = { kind: 'scalesApart', widest: 'a', narrowest: 'b', ratio: 1e9 } as const;
    expect(labels(findingRemedies(scales, specification({}, { scaling: 'none' })))).toEqual([
      'Standardise the features',
    ]);
    expect(findingRemedies(scales, specification())).toEqual([]);
  });

  test('k-means has no covariance to change', () => {
    const kMeans = fitSpecification.parse({
      preparation: { features: ['a'] },
      model: { family: 'kmeans', components: 9 },
      run: {},
    });
    const failure: Failure = {
      ...collapsed,
      failure: { kind: 'tooFewDistinctRows', distinct: 4, components: 9 },
    };
    expect(labels(failureRemedies(failure, kMeans))).toEqual(['Use 4 clusters']);
  });
});
