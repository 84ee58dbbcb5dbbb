import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeansEStep } from '../../electron/engine/drive/kMeansEStep';
import type { Rows } from '../../electron/engine/model';
import { createRandom } from '../../electron/engine/numeric/random';
import { createReferenceKernels } from '../../electron/kernels/reference';
import type { PassKind } from '../../electron/kernels/kMeansLayout';
import { hardRows } from './hardRows';
import { backwards, builds, kMeansOn } from './kMeansOnMemory';

const reference = createReferenceKernels();
const never = () => false;
const noPlain = () => {
  throw new Error('no row has a missing cell');
};

/** Labels, sums and distortion as the plain kernels find them. */
function expected(rows: Rows, centre: Float64Array, k: number) {
  const { x, n, d } = rows;
  const label = new Int32Array(n);
  const distance = new Float64Array(n);
  const weight = new Float64Array(k);
  const sum = new Float64Array(k * d);
  reference.nearestCentres(x, 0, n, d, centre, k, label, distance);
  reference.labelledSums(x, 0, n, d, label, rows.weight ?? null, weight, sum);
  const distortion = distance.reduce((total, value, i) => total + value * (rows.weight?.[i] ?? 1), 0);
  return { label, weight, sum, distortion };
}

/** Compares E-steps at each list of centres in turn with the plain kernels. */
function compare(
  module: WebAssembly.Module,
  given: Rows,
  k: number,
  steps: readonly Float64Array[],
  passes: PassKind,
) {
  const { rows, kernel } = kMeansOn(module, given, k, passes);
  const eStep = kMeansEStep(kernel, backwards(kernel), never, noPlain);
  const scale = rows.x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const heaviest = rows.weight?.reduce((most, value) => Math.max(most, value), 0) ?? 1;
  for (const centre of steps) {
    const found = eStep({ mean: centre }, { kind: 'hard' });
    if (found === null) throw new Error('cancelled');
    const wanted = expected(rows, centre, k);
    expect(kernel.labels()).toEqual(Uint16Array.from(wanted.label));
    const slack = 1e-13 * rows.n * heaviest;
    wanted.weight.forEach((value, j) =>
      expect(Math.abs(found.stats.weight[j] - value)).toBeLessThanOrEqual(slack),
    );
    wanted.sum.forEach((value, at) =>
      expect(Math.abs(found.stats.sum[at] - value)).toBeLessThanOrEqual(slack * scale),
    );
    const j = -found.rowObjective.objective;
    expect(Math.abs(j - wanted.distortion)).toBeLessThanOrEqual(1e-12 * wanted.distortion);
  }
}

/** The next centres of Lloyd's iteration; one without rows stays. */
function lloyd(rows: Rows, centre: Float64Array, k: number): Float64Array {
  const { weight, sum } = expected(rows, centre, k);
  return centre.map((value, at) => {
    const own = weight[Math.floor(at / rows.d)];
    return own > 0 ? sum[at] / own : value;
  });
}

function iterations(rows: Rows, first: Float64Array, k: number, count: number): Float64Array[] {
  const steps = [first];
  for (let i = 1; i < count; i++) steps.push(lloyd(rows, steps[i - 1], k));
  return steps;
}

/** Centres that go to and fro among the rows: boxes and bounds of one step are wrong for the next. */
function wandering(rows: Rows, first: Float64Array, seed: number, count: number): Float64Array[] {
  const random = createRandom(seed, 'wandering');
  const steps = [first];
  for (let i = 1; i < count; i++) {
    const before = steps[random.integer(steps.length)];
    const share = [0, 1e-6, 0.05, 0.5][random.integer(4)];
    const towards = before.map((_, at) => rows.x[random.integer(rows.n) * rows.d + (at % rows.d)]);
    steps.push(before.map((value, at) => value + share * (towards[at] - value)));
  }
  return steps;
}

describe.each(builds)('k-means with the $name kernels', ({ module }) => {
  test.each([
    { way: 'in tiles', passes: 'tiles' },
    { way: 'in boxes of near neighbours', passes: 'boxes' },
    { way: 'with bounds by groups of centres', passes: 'groups' },
    { way: 'of cells that are not zero', passes: 'sparse' },
  ] as const)('labels are those of distances in double precision, of rows $way', ({ passes }) => {
    fc.assert(
      fc.property(hardRows, ({ rows, k, centre, seed }) => {
        fc.pre(passes !== 'boxes' || rows.d <= 3);
        const steps = [...iterations(rows, centre, k, 4), ...wandering(rows, centre, seed, 8)];
        compare(module, rows, k, steps, passes);
      }),
      { numRuns: 150 },
    );
  });
});
