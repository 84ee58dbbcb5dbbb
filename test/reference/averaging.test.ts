import { describe, expect, test } from 'vitest';
import { aic, aicc, bic } from '../../electron/engine/criteria';
import {
  averagedLogDensity,
  coMembership,
  modelWeights,
  type ModelView,
} from '../../electron/engine/selection/averaging';
import { fit, gaussian, posteriorOf, success } from '../engine/fitting';
import { readCases, readRows, type ReferenceCase } from './referenceCase';

const structures = { spherical: 'VII', diag: 'VVI', tied: 'EEE', full: 'VVV' } as const;

interface ExpectedModel {
  readonly K: number;
  readonly covariance_type: keyof typeof structures;
  readonly [value: string]: unknown;
}

/** Every model of the case from its hard start, with its criteria. */
function fitAll(reference: ReferenceCase) {
  const { rows } = readRows(reference);
  return (reference.expected.models as ExpectedModel[]).map((expected) => {
    const labels = reference.init.labels_per_K[expected.K];
    const specification = gaussian(
      structures[expected.covariance_type],
      expected.K,
      reference.model.reg_covar,
    );
    const fitted = fit(specification, rows, { labels });
    const { params, objective } = success(fitted);
    const p = fitted.model.parameterCount();
    return {
      expected,
      components: expected.K,
      bic: bic(objective, p, rows.n),
      aic: aic(objective, p),
      aicc: aicc(objective, p, rows.n),
      ...posteriorOf(fitted.model, params, rows),
    };
  });
}

describe.each(readCases('bma-'))('$id: averaging meets scikit-learn and numpy', (reference) => {
  const fits = fitAll(reference);
  const { expected, tolerance } = reference;

  test('BIC, AIC and AICc of every model', () => {
    for (const own of fits)
      for (const criterion of ['bic', 'aic', 'aicc'] as const)
        expect(
          Math.abs((own[criterion] ?? NaN) - (own.expected[criterion] as number)),
          `${own.expected.covariance_type} ${own.components} ${criterion}`,
        ).toBeLessThan(tolerance.bic_abs);
  });

  test.each(['bic', 'aic', 'aicc'] as const)('weights, density and pairs of rows by %s', (criterion) => {
    const weights = modelWeights(fits.map((own) => own[criterion] ?? NaN));
    fits.forEach((own, m) =>
      expect(Math.abs(weights[m] - (own.expected[`weight_${criterion}`] as number))).toBeLessThan(
        tolerance.weights_abs,
      ),
    );
    const views: ModelView[] = fits.map((own, m) => ({ ...own, weight: weights[m] }));
    const averaged = expected[`averaged_by_${criterion}`];
    const logDensity = averagedLogDensity(views);
    averaged.log_density.rows.forEach((row: number, i: number) =>
      expect(Math.abs(logDensity[row] - averaged.log_density.log_p[i])).toBeLessThan(
        tolerance.log_density_abs,
      ),
    );
    const total = logDensity.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(total - averaged.total_log_density)).toBeLessThan(tolerance.bic_abs);
    const k = weights.reduce((sum, weight, m) => sum + weight * fits[m].components, 0);
    expect(Math.abs(k - averaged.expected_K)).toBeLessThan(tolerance.bic_abs);

    const { rows: shown, matrix } = averaged.co_clustering_probability;
    const ofShown = views.map((view) => ({
      ...view,
      memberships: Float64Array.from(
        (shown as number[]).flatMap((row) => [
          ...view.memberships.subarray(row * view.components, (row + 1) * view.components),
        ]),
      ),
    }));
    // Weights are as near as they are asked to be, so that what they average cannot be nearer.
    coMembership(ofShown).forEach((value, at) =>
      expect(Math.abs(value - matrix.flat()[at])).toBeLessThan(tolerance.weights_abs),
    );
  });
});
