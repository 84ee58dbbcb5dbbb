import { describe, expect, test } from 'vitest';
import { boundOf } from '../../electron/engine/bound';
import { numberFeatures, type FeatureSpace } from '../../electron/engine/featureSpace';
import type { LatentModel, Params, RowObjective, Rows } from '../../electron/engine/model';
import { createTestedModel } from '../support/testedKernels';
import { applyPolicy } from '../../electron/engine/posteriorPolicy';
import { modelSpecification } from '../../shared/model';
import { fit, gaussian, success } from '../engine/fitting';
import { readCases, readRows, rowsOf, shifted, type ReferenceCase } from './referenceCase';

const caseOf = (id: string): ReferenceCase => readCases(id)[0];

/** log p = bound + KL, and both as the case has them. KL may round below zero by what the identity allows. */
function expectBound(found: RowObjective, expected: ReferenceCase['expected'], absolute: number): void {
  const scale = Math.abs(expected.log_likelihood);
  expect(Math.abs(found.logLikelihood - expected.log_likelihood)).toBeLessThan(absolute + 1e-12 * scale);
  expect(Math.abs(found.bound - expected.elbo)).toBeLessThan(absolute + 1e-12 * Math.abs(expected.elbo));
  const gap = found.logLikelihood - found.bound;
  expect(gap).toBeGreaterThan(-1e-12 * scale);
  expect(Math.abs(gap - expected.kl)).toBeLessThan(absolute + 1e-12 * scale);
}

describe('the bound of any memberships', () => {
  test.each(Object.entries(caseOf('elbo-extreme-logs').expected.distributions as object))(
    'of joint densities far beyond the range of exp: %s',
    (name, expected) => {
      const { log_joint: joint } = caseOf('elbo-extreme-logs').data.inline as never as {
        log_joint: number[][];
      };
      joint.forEach((row, i) => {
        const memberships = Float64Array.from(expected.q[i] as number[]);
        const given = applyPolicy({ kind: 'given', memberships }, Float64Array.from(row), 1, 2, null, 0);
        // The case's posteriors have sixteen digits; of a log joint density of 1e5 that leaves 1e-6.
        const absolute = name === 'posterior' ? 1e-6 : 1e-10;
        expect(Math.abs(given.logLikelihood - expected.log_likelihood_rows[i])).toBeLessThan(1e-10);
        expect(Math.abs(given.bound - expected.elbo_rows[i])).toBeLessThan(absolute);
        expect(Math.abs(given.logLikelihood - given.bound - expected.kl_rows[i])).toBeLessThan(absolute);
      });
    },
  );

  const mixtures = [twoMints(), firstRowsOfFaithful()];
  test.each(
    mixtures.flatMap(({ reference, ...own }) =>
      Object.entries(reference.expected.distributions as Record<string, never>).map(
        ([name, expected]) => ({ id: reference.id, name, expected, ...own }) as const,
      ),
    ),
  )('$id: $name', ({ model, params, rows, expected }) => {
    const { q } = expected as { q: number[][] };
    expectBound(boundOf(model, params, rows, Float64Array.from(q.flat())), expected, 1e-10);
  });
});

interface Evaluated {
  readonly reference: ReferenceCase;
  readonly model: LatentModel;
  readonly params: Params;
  readonly rows: Rows;
}

function twoMints(): Evaluated {
  const reference = caseOf('elbo-two-mints');
  const rows = rowsOf(reference.data.inline?.rows ?? []);
  const space: FeatureSpace = Array.from({ length: rows.d }, () => ({ kind: 'yesNo' }) as const);
  const model = createTestedModel(modelSpecification.parse({ family: 'bernoulli', components: 2 }), space);
  const { pi, theta } = reference.init.parameters;
  const params = { weight: Float64Array.from(pi), probability: Float64Array.from(theta.flat()) };
  return { reference, model, params, rows };
}

function firstRowsOfFaithful(): Evaluated {
  const reference = caseOf('elbo-gmm-faithful12');
  const { rows: all, centre } = readRows(reference);
  const n = reference.data.rows_used?.length ?? 0;
  const rows = { x: all.x.slice(0, n * all.d), n, d: all.d };
  const { weights, means, covariances } = reference.init.parameters;
  const params = {
    weight: Float64Array.from(weights),
    mean: Float64Array.from(shifted(means, centre).flat()),
    covariance: Float64Array.from(covariances.flat(2)),
  };
  return { reference, model: createTestedModel(gaussian('VVV', 2), numberFeatures(2)), params, rows };
}

test('along EM the bound meets the log-likelihood after each E-step and rises in each M-step', () => {
  const reference = caseOf('elbo-along-em-faithful');
  const { rows } = readRows(reference);
  const { halfSteps } = success(
    fit(gaussian('VVV', 2), rows, { labels: reference.init.labels }, { tolerance: 0, maxIterations: 7 }),
  );
  const steps: readonly Record<string, { log_likelihood: number; elbo: number; kl: number }>[] =
    reference.expected.steps;
  expect(steps.length).toBe(halfSteps.length);
  halfSteps.forEach(({ logLikelihood, boundAfterM, boundAfterE }, t) => {
    expectBound({ logLikelihood, bound: boundAfterE, objective: 0 }, steps[t].after_e_step, 1e-9);
    // The run begins after its first M-step: nothing is known of the memberships that led there.
    if (t === 0) expect(boundAfterM).toBeNaN();
    else expectBound({ logLikelihood, bound: boundAfterM, objective: 0 }, steps[t].after_m_step, 1e-9);
  });
});
