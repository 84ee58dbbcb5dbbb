import { describe, expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { gapCurve, logWithinCurve, type GapTask } from '../../electron/engine/selection/gap';
import { drawReference, referenceBox, referenceSize } from '../../electron/engine/selection/gapReference';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { runSpecification } from '../../shared/fit';
import type { GapRule } from '../../shared/selection';
import { readCases, readRows } from './referenceCase';

interface Setting {
  readonly logW: number[];
  readonly E: number[];
  readonly gap: number[];
  readonly se: number[];
  readonly [choice: `K_${string}`]: number;
}

const rules: Record<`K_${string}`, GapRule> = {
  K_tibs2001: 'tibshirani',
  K_first: 'firstSEmax',
  K_firstmax: 'firstMax',
  K_globalmax: 'globalMax',
  K_globalSE: 'globalSEmax',
};

const settings = readCases('gap-').flatMap((reference) =>
  Object.entries(reference.expected.settings as Record<string, Setting>).map(([name, expected]) => ({
    name: `${reference.id}, ${name}`,
    reference,
    expected,
    power: name.includes('power=1') ? (1 as const) : (2 as const),
    box: name.includes('scaledPCA') ? ('principal' as const) : ('columns' as const),
  })),
);

/** Fewer than the 300 of the peer, for time; their Monte-Carlo error is in the bound. */
const references = 20;
const run = runSpecification.parse({ restarts: 5, tolerance: 0, seed: 5 });
const kernels = createReferenceKernels();

/** References with these means and standard errors: two, one to each side. */
function referencesOf(mean: readonly number[], error: readonly number[]): Float64Array {
  const spread = error.map((se) => se / Math.sqrt(2 * 1.5));
  return Float64Array.from([-1, 1].flatMap((side) => mean.map((value, at) => value + side * spread[at])));
}

/** Whether no K up to the paper's choice is decided by less than the Monte-Carlo error of so few references. */
const isClear = ({ gap, se, K_tibs2001: chosen }: Setting): boolean =>
  gap.slice(0, chosen).every((own, at) => {
    if (at + 1 === gap.length) return true;
    const error =
      Math.hypot(se[at], se[at + 1]) / Math.sqrt(references) + se[at + 1] / Math.sqrt(2 * references);
    return Math.abs(own - gap[at + 1] + se[at + 1]) > 3 * error;
  });

function curveOf(task: GapTask, rows: Parameters<typeof logWithinCurve>[1]): Float64Array {
  const curve = logWithinCurve(task, rows, kernels, () => false);
  if (curve === null) throw new Error('nothing cancels');
  return curve;
}

describe.each(settings)(
  '$name: the gap is that of cluster::clusGap',
  ({ reference, expected, power, box }) => {
    const { rows } = readRows(reference);
    const components = { from: 1, to: expected.logW.length };
    const task = { components, power, run };

    test('log W of the rows, which clusGap halves', () => {
      const own = curveOf({ ...task, run: { ...run, restarts: 50 } }, rows);
      own.forEach((value, at) =>
        expect(Math.abs(value - Math.log(2) - expected.logW[at])).toBeLessThan(reference.tolerance.logW_abs),
      );
    });

    test('expected log W of references, within both Monte-Carlo errors', () => {
      const random = createRandom(11, 'references');
      const region = referenceBox(rows, box);
      const drawn = Float64Array.from(
        Array.from({ length: references }, () =>
          Array.from(curveOf(task, drawReference(region, referenceSize(rows), random))),
        ).flat(),
      );
      const own = curveOf(task, rows);
      const curve = gapCurve(own, drawn, 1, 'tibshirani');
      if (curve === null) throw new Error('there is a curve');
      curve.points.forEach((point, at) => {
        const sd = expected.se[at] / Math.sqrt(1 + 1 / reference.model.B);
        const error = sd * Math.sqrt(1 / references + 1 / reference.model.B);
        expect(Math.abs(point.expected - Math.log(2) - expected.E[at]) / error, `K = ${at + 1}`).toBeLessThan(
          4,
        );
        // The standard deviation of 20 is within two thirds of the true one (four of its own errors).
        expect(point.standardError / expected.se[at]).toBeGreaterThan(0.33);
        expect(point.standardError / expected.se[at]).toBeLessThan(1.67);
      });
    });

    test.each(Object.entries(rules))(
      '%s: its rule chooses the same K from the same numbers',
      (choice, rule) => {
        // References of which the mean and the standard error are exactly those of the peer: two, symmetric about E.
        const spread = expected.se.map((se) => se / Math.sqrt(2 * 1.5));
        const drawn = [-1, 1].flatMap((side) => expected.E.map((mean, at) => mean + side * spread[at]));
        const curve = gapCurve(Float64Array.from(expected.logW), Float64Array.from(drawn), 1, rule);
        curve?.points.forEach((point, at) => {
          expect(point.gap).toBeCloseTo(expected.gap[at], 10);
          expect(point.standardError).toBeCloseTo(expected.se[at], 10);
        });
        expect(curve?.chosen).toBe(expected[choice as `K_${string}`]);
      },
    );
  },
);

interface ChosenCurve {
  readonly gap: number[];
  readonly standard_error: number[];
  readonly chosen: Record<GapRule, number>;
}

test.each(Object.values(rules))('%s chooses as cluster::maxSE on a hundred random curves', (rule) => {
  const [reference] = readCases('maxse');
  for (const { gap, standard_error: error, chosen } of reference.expected.curves as ChosenCurve[]) {
    const curve = gapCurve(new Float64Array(gap.length), referencesOf(gap, error), 1, rule);
    expect(curve?.chosen, JSON.stringify({ gap, error })).toBe(chosen[rule]);
  }
});

test('half of the gap curves of the cases are clear', () => {
  expect(settings.filter(({ expected }) => isClear(expected)).length).toBeGreaterThanOrEqual(
    settings.length / 2,
  );
});
