import { describe, expect, test } from 'vitest';
import { squarem } from '../../../electron/engine/drive/acceleration';
import type { Likelihood, Params } from '../../../electron/engine/model';
import { createRandom } from '../../../electron/engine/numeric/random';
import { centred } from '../../laws/data';
import { familyCases, groupedRows } from '../../laws/familyData';
import { fit, gaussian, success } from '../fitting';

/** k groups of spread one in d dimensions, their centres `apart` times a normal number from the middle. */
function groups(seed: number, n: number, d: number, k: number, apart: number) {
  const random = createRandom(seed, 'groups');
  const centres = Array.from({ length: k }, () => Array.from({ length: d }, () => apart * random.normal()));
  return centred(Array.from({ length: n }, (_, i) => centres[i % k].map((value) => value + random.normal())));
}

const accelerated = { name: 'em', acceleration: 'squarem' } as const;

/** Plain EM and SQUAREM from one start; counts are of E-steps, those that led nowhere among them. */
function both(rows: ReturnType<typeof groups>, covariance: string, k: number, restart = 0) {
  const run = { tolerance: 1e-9, restart };
  const start = { method: 'kmeans' } as const;
  const plain = success(fit(gaussian(covariance, k), rows, start, run));
  const fast = success(fit(gaussian(covariance, k), rows, start, { ...run, algorithm: accelerated }));
  return { plain, fast };
}

describe('SQUAREM', () => {
  test('jumps to the end of a geometric sequence', () => {
    // t = 1, 1/2, 1/4: r = -1/2, v = 1/4, so a = -2 and t' = 1 - 2 + 1 = 0, where halving leads in the end.
    const free: Pick<Likelihood, 'toFree' | 'fromFree'> = {
      toFree: ({ mean }) => mean,
      fromFree: (mean) => ({ mean }),
    };
    const accelerator = squarem(free as Likelihood);
    const [first, second, third]: Params[] = [1, 0.5, 0.25].map((value) => ({
      mean: Float64Array.of(value),
    }));
    // Its first jump would be longer than the longest allowed, which grows when it was held back.
    expect(accelerator.propose(first, second)).toBeNull();
    expect(accelerator.propose(second, third)).toBeNull();
    expect(accelerator.propose(first, second)).toBeNull();
    expect(accelerator.propose(second, third)?.mean[0]).toBeCloseTo(0, 15);
  });

  const sets: [string, number, number, number, number, string][] = [
    ['well separated', 1000, 2, 4, 4, 'VVV'],
    ['overlapping', 1000, 2, 3, 1.2, 'VVV'],
    ['hard', 600, 3, 5, 0.8, 'VVV'],
    ['ten columns', 1000, 10, 4, 0.8, 'VVV'],
    ['spherical', 600, 3, 4, 1, 'VII'],
    ['one shape', 500, 3, 3, 1, 'VEV'],
    ['along the axes', 600, 3, 4, 1, 'VVI'],
  ];
  test.each(sets)(
    '%s groups: at most 1 / 1.6 of the E-steps, to the same optimum',
    (_, n, d, k, apart, covariance) => {
      let [plainSteps, fastSteps] = [0, 0];
      for (const seed of [1, 2, 3]) {
        const { plain, fast } = both(groups(seed, n, d, k, apart), covariance, k);
        plainSteps += plain.iterations;
        fastSteps += fast.iterations;
        // Where plain EM creeps it stops earlier on the slope: the other is not worse by more than that tolerance.
        const scale = Math.abs(plain.objective);
        expect((fast.objective - plain.objective) / scale).toBeGreaterThan(-1e-8);
        for (let t = 1; t < fast.trace.length; t++)
          expect(fast.trace[t - 1] - fast.trace[t]).toBeLessThan(1e-11 * scale);
      }
      expect(plainSteps / fastSteps).toBeGreaterThan(1.6);
    },
  );

  test('costs no more than plain EM on any of many starts, but for the one step it tries at the end', () => {
    for (let restart = 0; restart < 12; restart++) {
      const { plain, fast } = both(groups(restart, 200, 2, 3, 2), 'VVV', 3, restart);
      expect(fast.iterations).toBeLessThanOrEqual(1.05 * plain.iterations + 2);
    }
  });

  test('speeds up yes/no, categorical and mixed columns too', () => {
    for (const { specification, space } of familyCases.filter(({ name }) => /bern|cat|mixed/.test(name))) {
      const { rows } = groupedRows(space, 2, 400, { apart: 0.2 });
      const start = { method: 'kmeans' } as const;
      const plain = success(fit(specification, rows, start, { space, tolerance: 1e-9 }));
      const fast = success(
        fit(specification, rows, start, { space, tolerance: 1e-9, algorithm: accelerated }),
      );
      expect(fast.objective).toBeGreaterThan(plain.objective - 1e-8 * Math.abs(plain.objective));
      expect(fast.iterations).toBeLessThan(0.8 * plain.iterations);
    }
  });

  test('goes back to plain steps where jumps led to a covariance that is singular, and ends as they do', () => {
    const rows = groups(11, 60, 1, 4, 2);
    const run = { tolerance: 1e-9, restart: 24 };
    const start = { method: 'random' } as const;
    const plain = success(fit(gaussian('VII', 5), rows, start, run));
    const fast = success(fit(gaussian('VII', 5), rows, start, { ...run, algorithm: accelerated }));
    expect(fast.sections.length).toBe(2);
    expect(fast.objective).toBe(plain.objective);
  });
});
