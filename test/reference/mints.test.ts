import { describe, expect, test } from 'vitest';
import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { Params } from '../../electron/engine/model';
import { createTestedModel } from '../support/testedKernels';
import { modelSpecification } from '../../shared/model';
import { furthest, posteriorOf } from '../engine/fitting';
import { readCases, rowsOf } from './referenceCase';

const valueOf = ({ value }: { value: number }): number => value;

describe('coins of several mints: exact fractions', () => {
  test.each([...readCases('two-mints'), ...readCases('three-mints')])(
    '$id: the first E-step and M-step, and every iteration after them',
    ({ data, model: given, init, expected, tolerance }) => {
      const tosses = data.inline?.rows ?? [];
      const rows = rowsOf(tosses);
      const space: FeatureSpace = Array.from({ length: rows.d }, () => ({ kind: 'yesNo' }));
      const model = createTestedModel(
        modelSpecification.parse({ family: 'bernoulli', components: given.K, probabilities: 'shared' }),
        space,
      );
      const parametersAt = (pi: number[], theta: number[]): Params => ({
        weight: Float64Array.from(pi),
        probability: Float64Array.from(theta.flatMap((value) => new Array<number>(rows.d).fill(value))),
      });
      const step = (params: Params) => {
        const stats = model.emptyStats();
        const { logLikelihood } = model.accumulate(params, rows, 0, rows.n, { kind: 'soft' }, stats);
        const next = model.maximise(stats, params);
        if (!next.ok) throw new Error(next.failure.kind);
        return { logLikelihood, stats, next: next.value };
      };

      let params = parametersAt(init.pi, init.theta);
      const { memberships, logDensity } = posteriorOf(model, params, rows);
      expect(furthest(memberships, expected.posterior.flat().map(valueOf))).toBeLessThan(
        tolerance.e_step_abs,
      );
      const evidence: number[] = expected.evidence.map(valueOf);
      expect(furthest(logDensity.map(Math.exp), evidence)).toBeLessThan(tolerance.e_step_abs);

      const first = step(params);
      expect(first.logLikelihood).toBeCloseTo(expected.log_likelihood_start, 12);
      const { effective_counts: counts, pi, theta } = expected.m_step;
      expect(furthest(first.stats.weight, counts.map(valueOf))).toBeLessThan(2 * tolerance.m_step_abs);
      expect(furthest(first.next.weight, pi.map(valueOf))).toBeLessThan(tolerance.m_step_abs);
      const estimated = first.next.probability.filter((_, i) => i % rows.d === 0);
      expect(furthest(estimated, theta.map(valueOf))).toBeLessThan(tolerance.m_step_abs);

      const trace: number[] = expected.em.log_likelihood_per_iteration;
      trace.forEach((value, t) => {
        const { logLikelihood, next } = step(params);
        expect(Math.abs(logLikelihood - value), `iteration ${t}`).toBeLessThan(tolerance.trace_abs);
        params = next;
      });
    },
  );
});
