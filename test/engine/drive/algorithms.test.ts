import { describe, expect, test } from 'vitest';
import { algorithmByName } from '../../../shared/algorithm';
import { algorithmProblem } from '../../../electron/engine/drive/algorithms';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { createModel } from '../../../electron/engine/models/registry';
import { modelSpecification } from '../../../shared/model';
import { familyCases, groupedRows } from '../../laws/familyData';
import { fit, gaussian, success } from '../fitting';

const space = numberFeatures(3);
const { rows } = groupedRows(space, 5, 150, { apart: 0.2 });

describe('stochastic EM', () => {
  test('ends no lower than the best it saw on its way', () => {
    for (let restart = 0; restart < 10; restart++) {
      const algorithm = { name: 'stochastic', iterations: 30 } as const;
      const run = { algorithm, restart, maxIterations: 31 };
      const { halfSteps, objective, sections } = success(
        fit(gaussian('EEE', 3), rows, { method: 'random' }, run),
      );
      expect(sections.map(({ kind }) => kind)).toEqual(['sampled', 'soft']);
      expect(objective).toBe(Math.max(...halfSteps.map(({ logLikelihood }) => logLikelihood)));
    }
  });

  test('stopped on its way, keeps the best it saw', () => {
    let asked = 0;
    const algorithm = { name: 'stochastic', iterations: 30 } as const;
    const shouldStop = () => (++asked > 40 ? ('cancelled' as const) : null);
    const outcome = success(fit(gaussian('VVV', 3), rows, { method: 'random' }, { algorithm, shouldStop }));
    expect(outcome.stopped).toBe('cancelled');
    expect(outcome.objective).toBe(Math.max(...outcome.halfSteps.map(({ logLikelihood }) => logLikelihood)));
  });

  test('goes on to EM when a draw leaves a component too few rows', () => {
    const few = { x: rows.x.subarray(0, 36), n: 12, d: 3 };
    const labels = Array.from({ length: 12 }, (_, i) => i % 2);
    const ended = Array.from({ length: 10 }, (_, restart) => {
      const algorithm = { name: 'stochastic', iterations: 500 } as const;
      return fit(gaussian('VVV', 2), few, { labels }, { algorithm, restart }).outcome;
    });
    const unlucky = ended.filter(({ sections }) => (sections.at(-1)?.from ?? 0) < 501);
    expect(unlucky.length).toBeGreaterThan(0);
    for (const { sections } of ended) expect(sections.at(-1)?.kind).toBe('soft');
    // EM after it may end in a singular covariance of its own, but need not.
    expect(unlucky.some(({ ok }) => ok)).toBe(true);
  });
});

describe('annealing', () => {
  test('stopped on its way, is judged by its log-likelihood, not by a free energy', () => {
    let asked = 0;
    const algorithm = { name: 'annealed' as const, schedule: [0.3], iterationsPerTemperature: 50 };
    const shouldStop = () => (++asked > 40 ? ('timeLimit' as const) : null);
    const outcome = success(fit(gaussian('VVV', 3), rows, { method: 'random' }, { algorithm, shouldStop }));
    expect(outcome.stopped).toBe('timeLimit');
    expect(outcome.objective).toBe(outcome.halfSteps.at(-1)?.logLikelihood);
    expect(outcome.objective).not.toBe(outcome.trace.at(-1));
  });

  test('parts components that are equal, and says that it moved them', () => {
    // Equal components stay equal under EM at any temperature (the reference case daem-faithful-merge).
    const apart = groupedRows(space, 5, 300).rows;
    const sphere = Array.from({ length: 3 }, (_, a) =>
      Array.from({ length: 3 }, (__, b) => (a === b ? 30 : 0)),
    );
    const third = 1 / 3;
    const parameters = {
      weights: [third, third, third],
      means: Array<number[]>(3).fill([0, 0, 0]),
      covariances: Array<number[][]>(3).fill(sphere),
    };
    const run = (perturbation: number) =>
      success(
        fit(
          gaussian('VVV', 3),
          apart,
          { parameters },
          { algorithm: { name: 'annealed', perturbation }, tolerance: 1e-8 },
        ),
      );
    const [still, moved] = [run(0), run(1e-2)];
    expect(moved.objective - still.objective).toBeGreaterThan(300);
    expect(still.notices).toEqual([]);
    expect(moved.notices).toEqual([{ kind: 'perturbedMeans', share: 1e-2 }]);
  });

  test('parts components of yes/no and categorical columns too', () => {
    for (const own of familyCases.filter(({ name }) => name === 'bernoulli' || name === 'categorical')) {
      const { rows: grouped } = groupedRows(own.space, 5, 400);
      const responsibilities = Array.from({ length: 400 }, () => [1 / 3, 1 / 3, 1 / 3]);
      const run = (perturbation: number) =>
        success(
          fit(
            own.specification,
            grouped,
            { responsibilities },
            { space: own.space, algorithm: { name: 'annealed', perturbation } },
          ),
        ).objective;
      expect(run(1e-2) - run(0)).toBeGreaterThan(100);
    }
  });
});

describe('what a model cannot be run by is said before', () => {
  const problem = (family: object, algorithm: object | string) =>
    algorithmProblem(
      createModel(modelSpecification.parse({ components: 2, ...family }), space),
      algorithmByName.parse(algorithm),
    );

  test.each([
    [{ family: 'kmeans' }, 'em', 'kmeans'],
    [{ family: 'kmeans' }, 'annealed', 'annealed'],
    [{ family: 'kmeans' }, 'stochastic', 'stochastic'],
    [{ family: 'gaussian', covariance: 'VVV' }, { name: 'em', mStep: 'partial' }, 'no parts'],
    [{ family: 'gaussian', covariance: 'fixed' }, { name: 'em', mStep: 'conditional' }, 'turns'],
  ])('%j by %j', (family, algorithm, words) => {
    expect(problem(family, algorithm)).toContain(words);
  });

  test('and what it can is not', () => {
    expect(problem({ family: 'kmeans' }, 'lloyd')).toBeNull();
    expect(problem({ family: 'kmeans' }, 'online')).toBeNull();
    expect(problem({ family: 'gaussian', covariance: 'VEI' }, { name: 'em', mStep: 'partial' })).toBeNull();
    expect(problem({ family: 'gaussian' }, { name: 'em', mStep: 'conditional' })).toBeNull();
  });

  test('an order of rows that are not there is a bad start', () => {
    const algorithm = { name: 'online' as const, order: [0, 3, 150] };
    const { outcome } = fit(gaussian('VVV', 3), rows, { method: 'kmeans' }, { algorithm });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'badStart' } });
  });
});
