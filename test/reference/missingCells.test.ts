import { describe, expect, test } from 'vitest';
import { aic, bic } from '../../electron/engine/criteria';
import { fit, furthest, gaussian, posteriorOf, success } from '../engine/fitting';
import { readCases, readRows, shifted } from './referenceCase';

describe('Gaussian mixtures of incomplete rows meet their reference', () => {
  test.each(readCases('miss-'))(
    '$id: log-likelihood of every iteration, parameters, memberships and imputed cells',
    (reference) => {
      const { expected, tolerance, init, model: given } = reference;
      const { rows, centre } = readRows(reference);
      const parameters = {
        weights: init.weights,
        means: shifted(init.means, centre),
        covariances: init.covariances,
      };
      // The last digits of a slow run, here and there, cost thousands of steps.
      const fitted = fit(gaussian('VVV', given.K), rows, { parameters }, { tolerance: 1e-13 });
      const { model } = fitted;
      const outcome = success(fitted);
      const { params } = outcome;
      expect(Math.abs(outcome.objective / expected.log_likelihood - 1)).toBeLessThan(
        tolerance.log_likelihood_rel,
      );
      const trace: number[] = expected.log_likelihood_per_iteration;
      for (let t = 0; t < Math.min(trace.length, outcome.trace.length); t++)
        expect(Math.abs(outcome.trace[t] / trace[t] - 1), `iteration ${t}`).toBeLessThan(tolerance.trace_rel);

      expect(furthest(params.weight, expected.weights)).toBeLessThan(tolerance.parameters_rel);
      const means = params.mean.map((value, i) => value + centre[i % rows.d]);
      expect(furthest(means, expected.means.flat())).toBeLessThan(tolerance.parameters_rel);
      expect(furthest(params.covariance, expected.covariances.flat(2))).toBeLessThan(
        tolerance.parameters_rel,
      );

      const { memberships, logDensity, labels } = posteriorOf(model, params, rows);
      expect(labels).toEqual(expected.labels);
      const rowsShown: number[] = expected.posterior.rows;
      rowsShown.forEach((row, i) => {
        const own = memberships.subarray(row * given.K, (row + 1) * given.K);
        expect(furthest(own, expected.posterior.r[i])).toBeLessThan(tolerance.parameters_rel);
        expect(Math.abs(logDensity[row] - expected.log_density.log_p[i])).toBeLessThan(
          tolerance.parameters_rel,
        );
      });

      const cells = model.impute(params, rows, 0, rows.n);
      expect(cells.length).toBe(expected.missing_cells);
      expect(cells.every(({ spread }) => spread > 0)).toBe(true);
      for (const { row, expected_values: values, missing_columns: columns } of expected.imputation) {
        const own = cells.filter((cell) => cell.row === row);
        expect(own.map(({ feature }) => feature)).toEqual(columns);
        for (const { feature, value } of own)
          expect(furthest([value + centre[feature]], [values[feature]])).toBeLessThan(
            tolerance.imputation_rel,
          );
      }

      const count = model.parameterCount();
      expect(count).toBe(expected.n_parameters);
      expect(Math.abs(bic(outcome.objective, count, rows.n) - expected.criteria.bic)).toBeLessThan(1e-3);
      expect(Math.abs(aic(outcome.objective, count) - expected.criteria.aic)).toBeLessThan(1e-3);
    },
  );
});
