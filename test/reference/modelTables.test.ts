import { describe, expect, test } from 'vitest';
import { iterativeStructures } from '../../shared/families';
import { bic } from '../../electron/engine/criteria';
import { covarianceRules } from '../../electron/engine/models/covarianceStructures';
import { fit, gaussian } from '../engine/fitting';
import { readCases, readRows } from './referenceCase';

const oneFeature: Record<string, string> = { E: 'EEE', V: 'VVV' };

const columns = readCases('mclust-table-').flatMap((reference) => {
  const models: string[] = reference.expected.bic_default.models;
  return models
    .map((name, column) => ({
      id: reference.id,
      name,
      covariance: oneFeature[name] ?? name,
      column,
      reference,
    }))
    .filter(({ covariance }) => covariance in covarianceRules);
});

/**
 * The axes of EEV come from each component's own scatter. One of no more rows than features has no axes in the
 * directions it does not extend to: any are right, and programs choose differently.
 */
const smallestCluster = (labels: readonly number[], k: number): number =>
  Math.min(...Array.from({ length: k }, (_, j) => labels.filter((label) => label === j).length));

describe('tables of K and covariance structure meet mclust', () => {
  test.each(columns)('$id $name: BIC of every K', ({ covariance, column, reference, name }) => {
    const { rows } = readRows(reference);
    const tolerance = (iterativeStructures as readonly string[]).includes(name)
      ? 1
      : reference.tolerance.bic_tight_abs;
    const worse: string[] = [];
    for (const components of reference.model.K as number[]) {
      const expected = reference.expected.bic_tight.table[components - 1][column] as number | null;
      if (expected === null) continue;
      const labels: number[] =
        components === 1 ? new Array(rows.n).fill(0) : reference.init.labels_per_K[components];
      if (name === 'EEV' && smallestCluster(labels, components) <= rows.d) continue;
      const { model, outcome } = fit(
        gaussian(covariance, components),
        rows,
        { labels },
        { tolerance: 1e-10 },
      );
      const found = outcome.ok ? -bic(outcome.objective, model.parameterCount(), rows.n) : -Infinity;
      if (!(found > expected - tolerance)) {
        worse.push(
          `K = ${components}: ${outcome.ok ? found : JSON.stringify(outcome.failure)} against ${expected}`,
        );
      }
    }
    expect(worse).toEqual([]);
  });
});
