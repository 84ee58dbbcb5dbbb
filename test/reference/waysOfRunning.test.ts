import { describe, expect, test } from 'vitest';
import { serialEStep } from '../../electron/engine/drive/eStep';
import type { Iteration } from '../../electron/engine/drive/run';
import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { LatentModel, Params, Rows } from '../../electron/engine/model';
import { modelSpecification, type ModelSpecification } from '../../shared/model';
import { fit, furthest, gaussian, posteriorOf, success, type RunChanges } from '../engine/fitting';
import { readCases, readRows, rowsOf, readCells, shifted, type ReferenceCase } from './referenceCase';
import { covarianceMatrices } from '../support/covarianceMatrices';

const structures: Record<string, string> = { full: 'VVV', diag: 'VVI', EII: 'EII' };

interface Problem {
  readonly specification: ModelSpecification;
  readonly rows: Rows;
  readonly centre: readonly number[];
  readonly space?: FeatureSpace;
}

function problemOf(reference: ReferenceCase): Problem {
  const {
    family,
    K: components,
    covariance_type: type,
    equal_weights: isEqual,
    theta_clip,
  } = reference.model;
  if (family === 'bernoulli-mixture') {
    const threshold = Number(reference.model.binarise.split('>=')[1]);
    const cells = readCells(reference).map((row) => row.map((cell) => (Number(cell) >= threshold ? 1 : 0)));
    const rows = rowsOf(cells);
    const smallestProbability = theta_clip ?? 0;
    return {
      specification: modelSpecification.parse({ family: 'bernoulli', components, smallestProbability }),
      rows,
      centre: cells[0].map(() => 0),
      space: Array.from({ length: rows.d }, () => ({ kind: 'yesNo' }) as const),
    };
  }
  const specification: ModelSpecification =
    family === 'kmeans'
      ? { family, components }
      : { ...gaussian(structures[type], components), weights: isEqual === true ? 'equal' : 'free' };
  return { specification, ...readRows(reference) };
}

/** The run of a case, and every iteration of it. */
function run({ specification, rows, centre, space }: Problem, reference: ReferenceCase, changes: RunChanges) {
  const seen: Iteration[] = [];
  const { kind, labels, centers, parameters } = reference.init;
  const start = labels
    ? { labels }
    : centers
      ? { centres: shifted(centers, centre) }
      : { parameters: { ...parameters, means: shifted(parameters.means, centre) } };
  expect(typeof kind).toBe('string');
  const fitted = fit(specification, rows, start, {
    ...changes,
    ...(space && { space }),
    seen: (iteration) => seen.push(iteration),
  });
  return { model: fitted.model, outcome: success(fitted), seen };
}

/** What all rows add up to at parameters seen between batches. */
function measure(model: LatentModel, rows: Rows, params: Params): number {
  const kind = model.capabilities.policies[0];
  return serialEStep(model, rows, () => false)(params, { kind })?.rowObjective.objective ?? NaN;
}

const relative = (found: number, expected: number): number => Math.abs(found - expected) / Math.abs(expected);

function expectParameters(
  params: Params,
  expected: ReferenceCase['expected'],
  centre: readonly number[],
  within: number,
) {
  const d = centre.length;
  expect(furthest(params.weight, expected.weights)).toBeLessThan(within);
  expect(
    furthest(
      params.mean.map((value, i) => value + centre[i % d]),
      expected.means.flat(),
    ),
  ).toBeLessThan(within);
  expect(
    furthest(covarianceMatrices(params, d)!, (expected.covariances ?? expected.covariances_full).flat(2)),
  ).toBeLessThan(within);
}

describe('classification EM meets mclust, flexmix and scikit-learn', () => {
  test.each(readCases('cem-'))('$id: every iteration, labels and parameters', (reference) => {
    const problem = problemOf(reference);
    const { model, outcome } = run(problem, reference, { algorithm: 'hard' });
    const { expected, tolerance } = reference;
    expect(relative(outcome.objective, expected.classification_log_likelihood)).toBeLessThan(
      tolerance.objective_rel,
    );
    expect(outcome.stopped).toBe('converged');
    expect(posteriorOf(model, outcome.params, problem.rows).labels).toEqual(expected.labels);
    // Its trace is taken right after an M-step, with the labels of that M-step: our bound there.
    const trace: number[] = expected.objective_per_iteration;
    // One more iteration may be spent on seeing, by a change in the last digit, that no row moves any more.
    expect(outcome.iterations + 1).toBeLessThanOrEqual(trace.length + 1);
    expect(outcome.iterations + 1).toBeGreaterThanOrEqual(trace.length);
    for (let t = 1; t < trace.length; t++)
      expect(relative(outcome.halfSteps[t].boundAfterM, trace[t])).toBeLessThan(tolerance.objective_rel);
    if (expected.means) expectParameters(outcome.params, expected, problem.centre, 1e-9);
    else {
      expect(furthest(outcome.params.weight, expected.pi)).toBeLessThan(1e-12);
      expect(furthest(outcome.params.probability, expected.theta.flat())).toBeLessThan(1e-12);
    }
  });
});

describe('deterministic annealing meets the recursion of Ueda and Nakano', () => {
  test.each(readCases('daem-'))('$id: free energy in every iteration and the end', (reference) => {
    const problem = problemOf(reference);
    const { beta_schedule: schedule, iterations_per_beta: iterationsPerTemperature } = reference.model;
    const algorithm = { name: 'annealed', schedule, iterationsPerTemperature, perturbation: 0 } as const;
    const { outcome, seen } = run(problem, reference, { algorithm, tolerance: 1e-13 });
    const { stages } = reference.expected;
    const within = reference.tolerance.free_energy_rel;
    stages.forEach((stage: ReferenceCase['expected'], index: number) => {
      for (let t = 0; t < iterationsPerTemperature; t++) {
        const free = -outcome.trace[index * iterationsPerTemperature + t];
        expect(relative(free, stage.free_energy_per_iteration[t]), `${stage.beta}, ${t}`).toBeLessThan(
          within,
        );
      }
      const after = seen[(index + 1) * iterationsPerTemperature];
      expect(Math.abs(after.logLikelihood - stage.log_likelihood_after)).toBeLessThan(1e-4);
      expectParameters(after.params, stage, problem.centre, 1e-5);
    });
    const last = reference.expected.em_from_end?.log_likelihood;
    if (last !== undefined) expect(Math.abs(outcome.objective - last)).toBeLessThan(1e-4);
    expect(outcome.sections.map(({ kind }) => kind)).toEqual([...schedule.map(() => 'tempered'), 'soft']);
  });
});

describe('online EM meets the recursion of Cappe and Moulines', () => {
  test.each(readCases('online-'))('$id: log-likelihood after every batch, and the end', (reference) => {
    const problem = problemOf(reference);
    const { kappa: decay, t0: offset, batch_size: batchSize, epochs } = reference.model;
    const order =
      reference.model.order ?? Array.from({ length: problem.rows.n }, (_, i) => (i * 5) % problem.rows.n);
    const algorithm = { name: 'online', decay, offset, batchSize, epochs, order } as const;
    const { model, outcome, seen } = run(problem, reference, { algorithm });
    const { expected, tolerance } = reference;
    const trace: number[] = expected.objective_per_step;
    expect(seen.length).toBe(trace.length);
    seen.forEach(({ params }, t) =>
      expect(relative(measure(model, problem.rows, params), trace[t]), `step ${t}`).toBeLessThan(
        tolerance.trace_rel,
      ),
    );
    if (expected.final.means)
      expectParameters(outcome.params, expected.final, problem.centre, tolerance.parameters_rel);
    else
      expect(furthest(outcome.params.probability, expected.final.theta.flat())).toBeLessThan(
        tolerance.theta_abs,
      );
    expect(relative(outcome.objective, trace.at(-1) ?? NaN)).toBeLessThan(tolerance.trace_rel);
    expect(outcome.stopped).toBe('iterationLimit');
  });
});

describe('mini-batch k-means meets scikit-learn', () => {
  test.each(readCases('mb-'))('$id: distortion after every batch, and the centres', (reference) => {
    const problem = problemOf(reference);
    const { batch_size: batchSize, epochs, order } = reference.model;
    const algorithm = { name: 'online', batchSize, epochs, order } as const;
    const { model, outcome, seen } = run(problem, reference, { algorithm });
    const { expected, tolerance } = reference;
    const trace: number[] = expected.objective_per_step;
    expect(seen.length).toBe(trace.length);
    seen.forEach(({ params }, t) =>
      expect(relative(-measure(model, problem.rows, params), trace[t]), `step ${t}`).toBeLessThan(
        tolerance.trace_rel,
      ),
    );
    const centres = outcome.params.mean.map((value, i) => value + problem.centre[i % problem.rows.d]);
    expect(furthest(centres, expected.centers.flat())).toBeLessThan(tolerance.centers_abs);
    expect(relative(-outcome.objective, expected.final_objective)).toBeLessThan(tolerance.trace_rel);
  });
});
