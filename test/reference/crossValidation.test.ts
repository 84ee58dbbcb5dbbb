import { describe, expect, inject, it } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { fitBest, type FitTask } from '../../electron/engine/selection/fitBest';
import { heldOutOf, heldOutScore } from '../../electron/engine/selection/heldOut';
import { planSplits } from '../../electron/engine/selection/splits';
import { plainWorkplace } from '../../electron/engine/selection/workplace';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { runSpecification } from '../../shared/fit';
import type { HeldOut } from '../../shared/selection';
import { gaussian } from '../engine/fitting';
import { simdKernels } from '../support/simdKernels';
import { readCases, readRows, type ReferenceCase } from './referenceCase';

const kernels = inject('kernels') === 'simd' ? simdKernels() : createReferenceKernels();
const structures: Record<string, string> = { full: 'VVV', diag: 'VVI' };

interface Row {
  readonly K: number;
  readonly held_out_per_fold: readonly number[];
  readonly held_out_total: number;
  readonly held_out_mean_per_row: number;
  readonly fold_means: readonly number[];
  readonly se_of_fold_means: number;
  readonly all_data: { readonly log_likelihood: number; readonly n_parameters: number };
}

/** The same fits as the reference program's: its starts, its ridge, as near to the end. */
function taskOf(reference: ReferenceCase, components: number): FitTask {
  const { covariance_type: structure, reg_covar: ridge } = reference.model;
  return {
    model: gaussian(structures[structure], components, ridge),
    space: numberFeatures(reference.data.columns?.length ?? 0),
    start: { labels: reference.init.labels_per_K[components] },
    run: runSpecification.parse({ restarts: 1, tolerance: 1e-12, maxIterations: 20_000 }),
  };
}

describe.each(readCases('cv-'))('$id', (reference) => {
  const { rows } = readRows(reference);
  const table: readonly Row[] = reference.expected.table;
  const plan = planSplits({ kind: 'given', foldOfRow: reference.model.fold_of_row }, rows.n, 1);
  const unit = new Float64Array(rows.d).fill(1);
  const found = table.map(({ K }): HeldOut => {
    const task = { ...taskOf(reference, K), standardises: false, unit };
    const place = plainWorkplace(kernels);
    return heldOutOf(
      Array.from({ length: plan.count }, (_, split) => {
        const score = heldOutScore(task, rows, plan.split(split), place, () => false);
        if (score === null) throw new Error('cancelled');
        return score;
      }),
    );
  });
  const largest = Math.max(...table.map(({ K }) => K));

  it.each(table)('scores the held-out rows of each fold as the reference does with K = $K', (expected) => {
    const { mean, weight, score, failed } = found[table.indexOf(expected)];
    expect(failed).toBe(0);
    const { per_fold_abs, total_abs } = reference.tolerance;
    // The case allows one unit a fold where a fold ends nearly singular, with the largest K.
    const perFold = expected.K === largest ? 1 : per_fold_abs;
    for (const [fold, sum] of expected.held_out_per_fold.entries())
      expect(Math.abs(mean[fold] * weight[fold] - sum), `fold ${fold}`).toBeLessThan(perFold);
    if (expected.K === largest) return;
    expect(Math.abs(score.value * rows.n - expected.held_out_total)).toBeLessThan(total_abs);
    expect(Math.abs(score.standardError - expected.se_of_fold_means)).toBeLessThan(per_fold_abs);
  });

  it('is best at the same K', () => {
    const scores = found.map(({ score }) => score.value);
    expect(table[scores.indexOf(Math.max(...scores))].K).toBe(reference.expected.best_K);
  });

  it.each(table)('fits all rows as the reference does with K = $K', ({ K, all_data: all }) => {
    const { outcome, model } = fitBest(taskOf(reference, K), rows, kernels, () => false);
    if (!outcome.ok) throw new Error('the fit failed');
    expect(outcome.objective).toBeCloseTo(all.log_likelihood, K === largest ? 0 : 4);
    expect(model.parameterCount()).toBe(all.n_parameters);
  });
});
