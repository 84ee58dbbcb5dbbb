import { describe, expect, test } from 'vitest';
import { aic, bic, icl } from '../../electron/engine/criteria';
import { fit, furthest, gaussian, posteriorOf, success } from '../engine/fitting';
import { entropy, logLargest, readCases, readRows, shifted, type ReferenceCase } from './referenceCase';
import { covarianceMatrices } from '../support/covarianceMatrices';

const structures = { spherical: 'VII', diag: 'VVI', tied: 'EEE', full: 'VVV' } as const;
type Shape = keyof typeof structures;

const cases = readCases('gmm-');

/** The case from its hard start, M-step first. */
const run = (reference: ReferenceCase) => {
  const { rows, centre } = readRows(reference);
  const covariance = structures[reference.model.covariance_type as Shape];
  const { K: components, reg_covar: ridge } = reference.model;
  const fitted = fit(gaussian(covariance, components, ridge), rows, {
    labels: reference.init.labels,
  });
  return { rows, centre, model: fitted.model, outcome: success(fitted) };
};

describe('Gaussian mixtures meet scikit-learn', () => {
  test.each(cases)(
    '$id: log-likelihood, parameters, every iteration, memberships and criteria',
    (reference) => {
      const { expected, tolerance } = reference;
      const { rows, centre, model, outcome } = run(reference);
      const { weight, mean } = outcome.params;
      const covariance = covarianceMatrices(outcome.params, rows.d)!;
      const scale = Math.abs(expected.log_likelihood);
      expect(Math.abs(outcome.objective - expected.log_likelihood)).toBeLessThan(
        tolerance.log_likelihood_rel * scale,
      );
      expect(outcome.stopped).toBe('converged');

      expect(furthest(weight, expected.weights)).toBeLessThan(tolerance.parameters_rel);
      const means = mean.map((value, i) => value + centre[i % rows.d]);
      expect(furthest(means, expected.means.flat())).toBeLessThan(tolerance.parameters_rel);
      expect(furthest(covariance, expected.covariances_full.flat(2))).toBeLessThan(tolerance.parameters_rel);

      const trace: number[] = expected.log_likelihood_per_iteration;
      const shared = Math.min(trace.length, outcome.trace.length);
      expect(shared).toBeGreaterThan(Math.min(trace.length, 5) - 1);
      for (let t = 0; t < shared; t++) {
        expect(Math.abs(outcome.trace[t] - trace[t]), `iteration ${t}`).toBeLessThan(tolerance.trace_abs);
      }

      const { memberships, logDensity, labels } = posteriorOf(model, outcome.params, rows);
      const k = model.components;
      expect(labels).toEqual(expected.labels);
      expected.posterior.rows.forEach((row: number, i: number) =>
        expect(furthest(memberships.subarray(row * k, (row + 1) * k), expected.posterior.r[i])).toBeLessThan(
          tolerance.posterior_abs,
        ),
      );
      const densities = expected.log_density.rows.map((row: number) => logDensity[row]);
      expect(furthest(densities, expected.log_density.log_p)).toBeLessThan(1e-4);

      const { criteria } = expected;
      const own = bic(outcome.objective, model.parameterCount(), rows.n);
      expect(model.parameterCount()).toBe(expected.n_parameters);
      expect(Math.abs(own - criteria.bic)).toBeLessThan(1e-5);
      expect(Math.abs(aic(outcome.objective, model.parameterCount()) - criteria.aic)).toBeLessThan(1e-5);
      expect(Math.abs(icl(own, logLargest(memberships, k)) + criteria.icl_mclust)).toBeLessThan(1e-2);
      // Not as tight: at the end of a slow run memberships still move when the likelihood no longer does.
      expect(Math.abs(own + 2 * entropy(memberships) - criteria.icl_entropy)).toBeLessThan(5e-2);
    },
  );

  test.each(cases)(
    '$id: the parameters of its first M-step, given as a start, are the same run',
    (reference) => {
      const { rows, centre, outcome, model } = run(reference);
      const {
        weights,
        means,
        covariances_full: full,
        covariances,
        covariances_shape: shape,
      } = reference.init.parameters;
      const given: number[][][] = full ?? covariancesOf(shape, covariances, model.components, rows.d);
      const parameters = { weights, means: shifted(means, centre), covariances: given };
      const again = success(fit(model.specification, rows, { parameters }));
      expect(again.iterations).toBe(outcome.iterations);
      expect(Math.abs(again.trace[0] - outcome.trace[0])).toBeLessThan(1e-8 * Math.abs(outcome.trace[0]));
      expect(Math.abs(again.objective - outcome.objective)).toBeLessThan(1e-8 * Math.abs(outcome.objective));
    },
  );
});

/** Covariances in the shape scikit-learn keeps them, as K matrices. */
function covariancesOf(shape: Shape, given: unknown, k: number, d: number): number[][][] {
  const diagonal = (variance: (a: number) => number) =>
    Array.from({ length: d }, (_, a) => Array.from({ length: d }, (__, b) => (a === b ? variance(a) : 0)));
  const all: Record<Shape, (j: number) => number[][]> = {
    full: (j) => (given as number[][][])[j],
    tied: () => given as number[][],
    diag: (j) => diagonal((a) => (given as number[][])[j][a]),
    spherical: (j) => diagonal(() => (given as number[])[j]),
  };
  return Array.from({ length: k }, (_, j) => all[shape](j));
}
