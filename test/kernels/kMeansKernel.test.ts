import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeansEStep, type RunJob } from '../../electron/engine/drive/kMeansEStep';
import type { Rows } from '../../electron/engine/model';
import { createRandom } from '../../electron/engine/numeric/random';
import type { KMeansKernel } from '../../electron/kernels/kMeansKernel';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { builds, kMeansOn } from './kMeansOnMemory';

const reference = createReferenceKernels();
const never = () => false;
const noPlain = () => {
  throw new Error('no row has a missing cell');
};

/** All pieces on this thread, from the last to the first: their order must not matter. */
const backwards =
  (kernel: KMeansKernel): RunJob =>
  (job, pieces) => {
    for (let piece = pieces - 1; piece >= 0; piece--) kernel.perform(job, piece);
    return true;
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
function compare(module: WebAssembly.Module, given: Rows, k: number, steps: readonly Float64Array[]) {
  const { rows, kernel } = kMeansOn(module, given, k);
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

/** Rows of a kind that is hard for single precision, and centres among them. */
const hard = fc
  .record({
    seed: fc.integer(),
    n: fc.constantFrom(1, 2, 7, 8, 9, 63, 64, 65, 511, 512, 513, 1500, 3000),
    d: fc.constantFrom(1, 2, 3, 4, 5, 10, 17),
    k: fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 20),
    kind: fc.constantFrom(
      'normal',
      'grid',
      'duplicates',
      'offset',
      'tiny',
      'huge',
      'outliers',
      'halves',
      'far',
    ),
    weighted: fc.constantFrom('no', 'zeros', 'fractions'),
  })
  .map(({ seed, n, d, k, kind, weighted }) => {
    const random = createRandom(seed, 'hard');
    const value = (): number => {
      if (kind === 'grid') return random.integer(4);
      if (kind === 'duplicates') return random.integer(2) * 1e-3;
      if (kind === 'offset') return 1e8 + random.normal();
      if (kind === 'tiny') return 1e-12 * random.normal();
      if (kind === 'huge') return 1e12 * random.normal();
      if (kind === 'outliers') return random.normal() * (random.uniform() < 0.01 ? 1e15 : 1);
      if (kind === 'halves') return random.integer(3) / 2 + 1e-9 * random.integer(2);
      if (kind === 'far') return random.normal() * 10 ** (random.integer(60) - 30);
      return random.normal();
    };
    const x = Float64Array.from({ length: n * d }, value);
    const weight =
      weighted === 'no'
        ? undefined
        : Float64Array.from({ length: n }, () =>
            weighted === 'zeros' ? random.integer(3) : random.uniform() * (random.integer(2) + 1e-3),
          );
    const centre = Float64Array.from({ length: k * d }, (_, at) => x[random.integer(n) * d + (at % d)]);
    return { rows: { x, n, d, weight }, k, centre, kind, weighted, seed };
  });

describe.each(builds)('k-means with the $name kernels', ({ module }) => {
  test('labels are those of distances in double precision, over steps of any kind', () => {
    fc.assert(
      fc.property(hard, ({ rows, k, centre }) => {
        compare(module, rows, k, iterations(rows, centre, k, 6));
      }),
      { numRuns: 400 },
    );
  });
});
