import { describe, expect, test } from 'vitest';
import { bic } from '../../electron/engine/criteria';
import type { FeatureSpace } from '../../electron/engine/featureSpace';
import { modelSpecification } from '../../shared/model';
import { fit, furthest, posteriorOf, success } from '../engine/fitting';
import { readCases, readCells, rowsOf } from './referenceCase';

describe('latent class analysis meets its reference', () => {
  test.each(readCases('lca-'))(
    '$id: objective of every iteration, shares of levels and memberships',
    (reference) => {
      const { expected, tolerance, data, model: given } = reference;
      const names = data.columns ?? [];
      const levels: string[][] = names.map((name) => expected.levels[name]);
      const weight = Float64Array.from(readCells(reference, [data.weights_column ?? '']).flat(), Number);
      const rows = {
        ...rowsOf(readCells(reference).map((row) => row.map((cell, a) => levels[a].indexOf(cell)))),
        weight,
      };
      const space: FeatureSpace = levels.map((own) => ({ kind: 'category', levels: own.length }));
      const specification = modelSpecification.parse({
        family: 'categorical',
        components: given.K,
        prior: { category: given.dirichlet_pseudo_count ?? 0 },
      });
      const fitted = fit(
        specification,
        rows,
        { labels: reference.init.labels },
        // As many as the reference made: its slow runs were not quite at their end.
        { space, tolerance: 0, maxIterations: expected.iterations - 1 },
      );
      const outcome = success(fitted);
      const { params } = outcome;
      expect(Math.abs(outcome.objective - expected.objective)).toBeLessThan(tolerance.log_likelihood_abs);
      const logLikelihood = outcome.objective - fitted.model.logPrior(params);
      expect(Math.abs(logLikelihood - expected.log_likelihood)).toBeLessThan(tolerance.log_likelihood_abs);
      expect(furthest(params.weight, expected.pi)).toBeLessThan(tolerance.parameters_abs);
      const shares = Array.from({ length: given.K }, (_, j) =>
        names.flatMap((name) => expected.theta[name][j]),
      );
      expect(furthest(params.category, shares.flat())).toBeLessThan(tolerance.parameters_abs);

      const trace: number[] = expected.objective_per_iteration;
      for (let t = 0; t < Math.min(trace.length, outcome.trace.length); t++)
        expect(Math.abs(outcome.trace[t] - trace[t]), `iteration ${t}`).toBeLessThan(tolerance.trace_abs);

      const { memberships, logDensity, labels } = posteriorOf(fitted.model, params, rows);
      expect(labels).toEqual(expected.labels);
      expected.posterior.rows.forEach((row: number, i: number) =>
        expect(
          furthest(memberships.subarray(row * given.K, (row + 1) * given.K), expected.posterior.r[i]),
        ).toBeLessThan(tolerance.parameters_abs),
      );
      const total = weight.reduce((sum, value) => sum + value, 0);
      expected.expected_counts.forEach((count: number, row: number) =>
        expect(Math.abs((total * Math.exp(logDensity[row])) / count - 1)).toBeLessThan(
          tolerance.expected_counts_rel,
        ),
      );
      expect(fitted.model.parameterCount()).toBe(expected.n_parameters);
      expect(Math.abs(bic(logLikelihood, expected.n_parameters, total) - expected.criteria.bic)).toBeLessThan(
        1e-4,
      );
    },
  );
});
