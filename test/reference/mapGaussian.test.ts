import { expect, test } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { resolvePrior } from '../../electron/engine/models/resolvePrior';
import { modelSpecification } from '../../shared/model';
import { fit, furthest, posteriorOf, success } from '../engine/fitting';
import { readCases, readRows, shifted } from './referenceCase';
import { covarianceMatrices } from '../support/covarianceMatrices';

const cases = readCases('map-').flatMap((reference) =>
  [true, false].map((isDefault) => ({ id: reference.id, isDefault, reference })),
);

test.each(cases)(
  '$id: the mode of the posterior meets mclust (prior by default: $isDefault)',
  ({ reference, isDefault }) => {
    const { expected, tolerance, model: given, init } = reference;
    const { rows, centre } = readRows(reference);
    const { kappa, mean, nu, scale } = given.prior;
    const normal = isDefault
      ? 'default'
      : { mean: shifted([mean], centre)[0], shrinkage: kappa, degreesOfFreedom: nu, scale };
    const specification = modelSpecification.parse({
      family: 'gaussian',
      components: given.K,
      covariance: 'VVV',
      prior: { normal },
    });
    const space = numberFeatures(rows.d);
    const { model, outcome: ended } = fit(
      resolvePrior(specification, rows, space),
      rows,
      { labels: init.labels },
      { tolerance: 1e-13 },
    );
    const { objective, params, trace } = success({ model, outcome: ended });
    for (let t = 1; t < trace.length; t++) expect(trace[t] - trace[t - 1]).toBeGreaterThan(-1e-9);
    const { memberships, logDensity } = posteriorOf(model, params, rows);
    const logLikelihood = logDensity.reduce((sum, value) => sum + value, 0);
    expect(objective).toBeCloseTo(logLikelihood + model.logPrior(params), 8);
    expect(Math.abs(logLikelihood - expected.log_likelihood)).toBeLessThan(tolerance.log_likelihood_abs);
    expect(furthest(params.weight, expected.weights)).toBeLessThan(tolerance.parameters_rel);
    const means = params.mean.map((value, i) => value + centre[i % rows.d]);
    expect(furthest(means, expected.means.flat())).toBeLessThan(tolerance.parameters_rel);
    expect(furthest(params.covariance, expected.covariances_full.flat(2))).toBeLessThan(
      tolerance.parameters_rel,
    );
    expected.posterior.rows.forEach((row: number, i: number) =>
      expect(
        furthest(memberships.subarray(row * given.K, (row + 1) * given.K), expected.posterior.r[i]),
      ).toBeLessThan(tolerance.parameters_rel),
    );
  },
);

const structures = readCases('priors-').flatMap((reference) =>
  Object.entries(reference.expected as Record<string, Expected>).map(([covariance, expected]) => ({
    id: reference.id,
    covariance,
    expected,
    reference,
  })),
);

interface Expected {
  readonly log_likelihood: number;
  readonly weights: number[];
  readonly means: number[];
  readonly covariances: number[];
}

test.each(structures)('$id: $covariance with the default prior meets mclust', (one) => {
  const { covariance, expected, reference } = one;
  const { rows, centre } = readRows(reference);
  const specification = modelSpecification.parse({
    family: 'gaussian',
    components: reference.model.K,
    covariance,
    prior: { normal: 'default' },
  });
  const { model, outcome: ended } = fit(
    resolvePrior(specification, rows, numberFeatures(rows.d)),
    rows,
    { labels: reference.init.labels },
    { tolerance: 1e-14 },
  );
  const { params } = success({ model, outcome: ended });
  const logLikelihood = posteriorOf(model, params, rows).logDensity.reduce((sum, value) => sum + value, 0);
  const { tolerance } = reference;
  expect(Math.abs(logLikelihood - expected.log_likelihood)).toBeLessThan(tolerance.log_likelihood_abs);
  expect(furthest(params.weight, expected.weights)).toBeLessThan(tolerance.parameters_rel);
  const means = params.mean.map((value, i) => value + centre[i % rows.d]);
  expect(furthest(means, expected.means)).toBeLessThan(tolerance.parameters_rel);
  expect(furthest(covarianceMatrices(params, rows.d)!, expected.covariances)).toBeLessThan(
    tolerance.parameters_rel,
  );
});
