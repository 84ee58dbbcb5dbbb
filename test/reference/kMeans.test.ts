import { describe, expect, test } from 'vitest';
import { bestOutcome } from '../../electron/engine/drive/restarts';
import type { Rows } from '../../electron/engine/model';
import { fit, posteriorOf, success } from '../engine/fitting';
import { builds, kMeansRunOn } from '../kernels/kMeansOnMemory';
import { plainRunOn } from '../support/testedKernels';
import { readCases, readRows, shifted, type ReferenceCase } from './referenceCase';

/** Where a fit runs: null for plain loops, or a build of the compiled kernels. */
type Build = WebAssembly.Module | null;

const runOn = (build: Build, rows: Rows, k: number) =>
  build === null ? plainRunOn(rows) : kMeansRunOn(build, rows, k);

const run = (reference: ReferenceCase, build: Build) => {
  const { rows, centre } = readRows(reference);
  const on = runOn(build, rows, reference.model.K);
  const specification = { family: 'kmeans', components: reference.model.K } as const;
  const fitted = fit(
    specification,
    rows,
    { centres: shifted(reference.init.centers, centre) },
    { tolerance: 0, on },
  );
  const outcome = success(fitted);
  const { labels } = posteriorOf(fitted.model, outcome.params, rows);
  const centres = Array.from(outcome.params.mean, (value, i) => value + centre[i % rows.d]);
  return { outcome, labels, centres, j: -outcome.objective, trace: outcome.trace.map((value) => -value) };
};

const relative = (found: number, expected: number) => Math.abs(found - expected) / Math.abs(expected);
const cases = readCases('km-');
const withTrace = cases.filter(({ expected }) => expected.trace_definition !== undefined);

const everywhere: { name: string; build: Build }[] = [
  { name: 'plain loops', build: null },
  ...builds.map(({ name, module }) => ({ name: `the ${name} kernels`, build: module })),
];

describe.each(everywhere)('k-means on $name meets scikit-learn and R', ({ build }) => {
  test.each(withTrace)('$id: objective, centres, labels and every iteration', (reference) => {
    const { expected } = reference;
    const found = run(reference, build);
    expect(relative(found.j, expected.objective)).toBeLessThan(1e-9);
    expect(found.labels).toEqual(expected.labels);
    expected.centers
      .flat()
      .forEach((value: number, i: number) => expect(Math.abs(found.centres[i] - value)).toBeLessThan(1e-6));
    expect(found.outcome.stopped).toBe('converged');
    expect(found.trace.length).toBe(expected.iterations);
    expected.objective_per_iteration.forEach((value: number, i: number) =>
      expect(relative(found.trace[i], value)).toBeLessThan(1e-9),
    );
  });

  test.each(cases.filter(({ id }) => id.startsWith('km-tie')))(
    '$id: a row half way between two centres goes to the lower index',
    (reference) => {
      const { expected } = reference;
      const found = run(reference, build);
      expect(Math.abs(found.j - expected.objective)).toBeLessThan(1e-12);
      expect(found.labels).toEqual(expected.labels);
      expect(found.trace.slice(0, 2)).toEqual(expected.objective_per_iteration);
    },
  );

  test.each(cases.filter(({ id }) => id.startsWith('km-empty')))(
    '$id: an emptied cluster is given the farthest row, and it is said',
    (reference) => {
      const expected = reference.expected.policies.relocate_farthest;
      const found = run(reference, build);
      expect(relative(found.j, expected.objective)).toBeLessThan(1e-9);
      expect(found.labels).toEqual(expected.labels);
      expected.centers
        .flat()
        .forEach((value: number, i: number) => expect(Math.abs(found.centres[i] - value)).toBeLessThan(1e-6));
      expected.objective_per_iteration.forEach((value: number, i: number) =>
        expect(relative(found.trace[i], value)).toBeLessThan(1e-9),
      );
      expect(found.outcome.notices.some(({ kind }) => kind === 'relocatedCluster')).toBe(true);
    },
  );

  test.each(cases.filter(({ id }) => id.startsWith('km-dup')))(
    '$id: equal rows share a cluster, and the clusters that stay empty are counted',
    (reference) => {
      const { expected } = reference;
      const found = run(reference, build);
      expect(Math.abs(found.j)).toBe(0);
      expect(found.centres.every(Number.isFinite)).toBe(true);
      expect(new Set(found.labels).size).toBe(expected.nonempty_clusters);
      expect(found.outcome.notices).toContainEqual({
        kind: 'fewerClusters',
        reached: expected.nonempty_clusters,
        distinct: expected.distinct_points,
      });
    },
  );

  test.each(cases.filter(({ id }) => id.startsWith('km-dup')))(
    '$id: a free start is refused with the number of distinct rows',
    (reference) => {
      const { rows } = readRows(reference);
      const on = runOn(build, rows, reference.model.K);
      const { outcome } = fit(
        { family: 'kmeans', components: reference.model.K },
        rows,
        { method: 'kmeans++' },
        { on },
      );
      expect(outcome).toMatchObject({
        ok: false,
        failure: { kind: 'tooFewDistinctRows', distinct: reference.expected.distinct_points },
      });
    },
  );

  test.each(cases.filter(({ id }) => id.startsWith('km-best')))(
    '$id: a hundred restarts of k-means++ find the best known objective',
    (reference) => {
      for (const { K, sse_best_known: best } of reference.expected.table) {
        const { rows } = readRows(reference);
        const on = runOn(build, rows, K);
        const outcomes = Array.from(
          { length: 100 },
          (_, restart) =>
            fit(
              { family: 'kmeans', components: K },
              rows,
              { method: 'kmeans++' },
              { tolerance: 0, restart, on },
            ).outcome,
        );
        const chosen = outcomes[bestOutcome(outcomes) ?? 0];
        if (!chosen.ok) throw new Error(JSON.stringify(chosen.failure));
        const above = (-chosen.objective - best) / best;
        expect(above, `K = ${K}`).toBeGreaterThan(-1e-9);
        expect(above, `K = ${K}`).toBeLessThan(K <= 4 ? 1e-6 : 1e-3);
      }
    },
  );
});
