import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { algorithm as algorithmSchema } from '../../shared/algorithm';
import { algorithmProblem } from '../../electron/engine/drive/algorithms';
import { serialEStep } from '../../electron/engine/drive/eStep';
import type { LatentModel, Rows } from '../../electron/engine/model';
import { createTestedModel } from '../support/testedKernels';
import { fit, posteriorOf, success, type RunChanges, type Success } from '../engine/fitting';
import { familyCases, groupedRows, iterativeCases, type FamilyCase, type RowOptions } from './familyData';

type Way = z.input<typeof algorithmSchema>;

/** Every way of running EM. */
const ways: Record<string, Way> = {
  soft: { name: 'em' },
  accelerated: { name: 'em', acceleration: 'squarem' },
  'partial M-steps': { name: 'em', mStep: 'partial' },
  'conditional M-steps': { name: 'em', mStep: 'conditional' },
  'accelerated conditional M-steps': { name: 'em', mStep: 'conditional', acceleration: 'squarem' },
  hard: { name: 'hard' },
  stochastic: { name: 'stochastic', iterations: 15 },
  'Monte-Carlo': { name: 'stochastic', iterations: 8, draws: 7 },
  annealed: { name: 'annealed', schedule: [0.4, 0.7], iterationsPerTemperature: 6 },
  online: { name: 'online', batchSize: 20, epochs: 4 },
};

const admitted = [...familyCases, ...iterativeCases].flatMap((family) =>
  Object.entries(ways)
    .filter(([way]) => !iterativeCases.includes(family) || way === 'partial M-steps')
    .map(([way, input]) => ({ ...family, way, algorithm: algorithmSchema.parse(input) }))
    .filter(
      ({ specification, space, algorithm }) =>
        algorithmProblem(createTestedModel(specification, space), algorithm) === null,
    ),
);

/** Easy, hard to tell apart, with missing cells, weights and known components. */
const sets: Record<string, RowOptions> = {
  easy: {},
  overlapping: { apart: 0.25 },
  'with missing cells': { missing: 0.15 },
  weighted: { isWeighted: true, apart: 0.6 },
  'partly labelled': { labelled: 0.3, apart: 0.5 },
};

/** k-means does not know of labels. */
const setsOf = ({ specification }: FamilyCase) =>
  Object.entries(sets).filter(([name]) => specification.family !== 'kmeans' || name !== 'partly labelled');

/** A run from labels of which every fourth is wrong. */
function run(family: FamilyCase, options: RowOptions, changes: RunChanges) {
  const { rows, group } = groupedRows(family.space, 3, 150, options);
  const labels = group.map((own, i) => (i % 4 === 0 ? (own + 1) % 3 : own));
  const fitted = fit(
    family.specification,
    rows,
    { labels },
    { space: family.space, tolerance: 1e-10, ...changes },
  );
  return { rows, model: fitted.model, outcome: success(fitted) };
}

const scale = (value: number): number => 1 + Math.abs(value);

/** The objective of parameters alone, measured anew by what the last stage raises. */
function measured(model: LatentModel, rows: Rows, outcome: Success): number {
  const kind = outcome.sections.at(-1)?.kind === 'hard' ? 'hard' : 'soft';
  const step = serialEStep(model, rows, () => false)(outcome.params, { kind });
  return (step?.rowObjective.objective ?? NaN) + model.logPrior(outcome.params);
}

describe.each(admitted)('$name run by $way', (own) => {
  const { algorithm } = own;
  // The passes of k-means sum with twice the digits of the loops it is measured by.
  const rounding = own.specification.family === 'kmeans' ? 1e-15 : 0;

  test('returns parameters whose objective is the one it returns, and numbers everywhere', () => {
    for (const [name, options] of setsOf(own)) {
      const { rows, model, outcome } = run(own, options, { algorithm });
      const away = Math.abs(outcome.objective - measured(model, rows, outcome));
      expect(away / scale(outcome.objective), name).toBeLessThanOrEqual(rounding);
      expect(outcome.trace.length).toBe(outcome.iterations + 1);
      expect(outcome.trace.every(Number.isFinite), name).toBe(true);
      for (const values of Object.values(outcome.params))
        expect(values.every(Number.isFinite), name).toBe(true);
      const { memberships } = posteriorOf(model, outcome.params, rows);
      expect(
        memberships.every((share) => share >= 0 && share <= 1),
        name,
      ).toBe(true);
    }
  });

  test('never falls where theory says so', () => {
    for (const [name, options] of setsOf(own)) {
      const { trace, sections } = run(own, options, { algorithm }).outcome;
      sections.forEach(({ from, isMonotone }, index) => {
        const to = sections[index + 1]?.from ?? trace.length;
        for (let t = from + 1; isMonotone && t < to; t++)
          expect((trace[t - 1] - trace[t]) / scale(trace[t]), `${name}, iteration ${t}`).toBeLessThan(1e-11);
      });
    }
  });

  test('log p is the bound and a KL that is not negative, at every half-step', () => {
    for (const [name, options] of setsOf(own)) {
      const { halfSteps, sections } = run(own, options, { algorithm }).outcome;
      const kindAt = (t: number) => sections.findLast(({ from }) => from <= t)?.kind;
      halfSteps.forEach(({ logLikelihood, boundAfterM, boundAfterE }, t) => {
        const rounding = 1e-11 * scale(logLikelihood);
        expect(logLikelihood - boundAfterE, `${name}, ${t}`).toBeGreaterThan(-rounding);
        if (kindAt(t) === 'soft') expect(logLikelihood - boundAfterE, `${name}, ${t}`).toBeLessThan(rounding);
        if (!Number.isNaN(boundAfterM))
          expect(logLikelihood - boundAfterM, `${name}, ${t}`).toBeGreaterThan(-rounding);
      });
      // Every M-step, whole or in part, raises the bound for the memberships it was made from, and so does an E-step.
      const rises =
        algorithm.name === 'hard' || (algorithm.name === 'em' && algorithm.acceleration === 'none');
      for (let t = 1; rises && t < halfSteps.length; t++) {
        const rounding = 1e-11 * scale(halfSteps[t].logLikelihood);
        expect(halfSteps[t].boundAfterM, `${name}, M-step ${t}`).toBeGreaterThan(
          halfSteps[t - 1].boundAfterE - rounding,
        );
        expect(halfSteps[t].boundAfterE, `${name}, E-step ${t}`).toBeGreaterThan(
          halfSteps[t].boundAfterM - rounding,
        );
      }
    }
  });

  test('the same seed gives the same bits, and draws differ between restarts', () => {
    const { outcome } = run(own, sets.overlapping, { algorithm, restart: 2 });
    const again = run(own, sets.overlapping, { algorithm, restart: 2 }).outcome;
    expect(again).toEqual(outcome);
    const draws =
      algorithm.name === 'stochastic' || algorithm.name === 'online' || algorithm.name === 'annealed';
    if (draws)
      expect(run(own, sets.overlapping, { algorithm, restart: 3 }).outcome.trace).not.toEqual(outcome.trace);
  });

  test('keeps known components', () => {
    if (own.specification.family === 'kmeans') return;
    const { rows, model, outcome } = run(own, { labelled: 0.5, apart: 0.3 }, { algorithm });
    const { labels } = posteriorOf(model, outcome.params, rows);
    rows.label?.forEach((label, i) => label >= 0 && expect(labels[i]).toBe(label));
  });

  test('by other steps of EM ends where EM does', () => {
    if (algorithm.name !== 'em') return;
    for (const name of ['easy', 'weighted', 'with missing cells']) {
      // From the right labels: from others each may find an optimum of its own.
      const { rows, group: labels } = groupedRows(own.space, 3, 150, sets[name]);
      const to = (way: Way) =>
        success(
          fit(own.specification, rows, { labels }, { space: own.space, tolerance: 1e-11, algorithm: way }),
        ).objective;
      const plain = to({ name: 'em' });
      expect(Math.abs(to(algorithm) - plain) / scale(plain), name).toBeLessThan(1e-7);
    }
  });

  test('ends by a word that is true', () => {
    const { outcome } = run(own, sets.easy, { algorithm });
    expect(outcome.stopped).toBe(algorithm.name === 'online' ? 'iterationLimit' : 'converged');
    const short = run(own, sets.overlapping, { algorithm, maxIterations: 2 }).outcome;
    expect(short.stopped).toBe('iterationLimit');
    if (algorithm.name !== 'online') expect(short.iterations).toBe(2);
    const none = run(own, sets.overlapping, { algorithm, maxIterations: 0 });
    expect(none.outcome.iterations).toBe(0);
    const away = Math.abs(none.outcome.objective - measured(none.model, none.rows, none.outcome));
    expect(away / scale(none.outcome.objective)).toBeLessThanOrEqual(rounding);
  });
});

describe.each(familyCases)('$name', (own) => {
  const soft: Way = { name: own.specification.family === 'kmeans' ? 'hard' : 'em' };

  test.each(['kmeans', 'kmeans++', 'random', 'agglomerative'] as const)(
    'starts by %s on any rows',
    (method) => {
      for (const [name, options] of setsOf(own)) {
        const { rows } = groupedRows(own.space, 5, 150, options);
        const begun = success(
          fit(own.specification, rows, { method }, { space: own.space, maxIterations: 0 }),
        );
        for (const values of Object.values(begun.params))
          expect(values.every(Number.isFinite), name).toBe(true);
        const ended = success(fit(own.specification, rows, { method }, { space: own.space }));
        expect(ended.objective).toBeGreaterThan(begun.objective - 1e-9 * scale(begun.objective));
      }
    },
  );

  test('a start by k-means or agglomeration finds groups that lie apart', () => {
    const { rows, group } = groupedRows(own.space, 6, 300);
    for (const method of ['kmeans', 'agglomerative'] as const) {
      const fitted = fit(own.specification, rows, { method }, { space: own.space });
      const { labels } = posteriorOf(fitted.model, success(fitted).params, rows);
      // Each group is one component: pairs of component and group are as many as groups.
      const pairs = new Map<string, number>();
      labels.forEach((label, i) =>
        pairs.set(`${label} ${group[i]}`, (pairs.get(`${label} ${group[i]}`) ?? 0) + 1),
      );
      const common = [...pairs.values()].filter((count) => count > 50);
      expect(common.length, method).toBe(3);
      expect(
        common.reduce((sum, count) => sum + count, 0),
        method,
      ).toBeGreaterThan(270);
    }
  });

  test('known components keep their numbers in every start', () => {
    if (own.specification.family === 'kmeans') return;
    const { rows, group } = groupedRows(own.space, 7, 300, { labelled: 0.2 });
    for (const method of ['kmeans', 'kmeans++', 'random', 'agglomerative'] as const) {
      const fitted = fit(own.specification, rows, { method }, { space: own.space });
      const { labels } = posteriorOf(fitted.model, success(fitted).params, rows);
      const right = labels.filter((label, i) => label === group[i]).length;
      expect(right, method).toBeGreaterThan(250);
    }
  });

  test('online EM ends near the optimum of EM', () => {
    const { rows } = groupedRows(own.space, 8, 600);
    const changes = { space: own.space, restart: 1 };
    const start = { method: 'kmeans' } as const;
    const whole = success(fit(own.specification, rows, start, { ...changes, algorithm: soft }));
    const online: Way = { name: 'online', batchSize: 50, epochs: 10 };
    const ended = success(fit(own.specification, rows, start, { ...changes, algorithm: online }));
    const perRow = own.specification.family === 'kmeans' ? Math.abs(whole.objective) / rows.n : 1;
    expect((whole.objective - ended.objective) / rows.n / perRow).toBeLessThan(0.02);
  });
});
