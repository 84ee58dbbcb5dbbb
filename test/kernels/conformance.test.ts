import { describe, expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { allocateMemory, bufferOf, headerBytes } from '../../electron/kernels/memory';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { builds, simdKernels } from '../support/simdKernels';

const reference = createReferenceKernels();
const simd = simdKernels();

const rowCounts = [0, 1, 3, 4, 7, 8, 63, 64, 65, 255, 256, 257, 1000];
const widths = [1, 2, 3, 5, 10, 13, 50];
const componentCounts = [1, 2, 8, 17];

/** Overlapping groups, `distance` deviations apart, around `offset` and of size `scale`. */
interface Look {
  readonly distance: number;
  readonly offset: number;
  readonly scale: number;
}
const plain: Look = { distance: 2, offset: 0, scale: 1 };

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  readonly inverseDeviation: Float64Array;
  readonly inverseVariance: Float64Array;
  readonly logScale: Float64Array;
}

function problem(n: number, d: number, k: number, { distance, offset, scale }: Look): Problem {
  const random = createRandom(11, 'conformance', n + 1000 * d + 100_000 * k);
  const mean = Float64Array.from({ length: k * d }, () => offset + scale * distance * random.normal());
  const x = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const j = Math.floor(k * random.uniform());
    for (let a = 0; a < d; a++) x[i * d + a] = mean[j * d + a] + scale * random.normal();
  }
  const factor = new Float64Array(k * d * d);
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < a; b++)
        factor[(j * d + a) * d + b] = (scale * random.normal()) / (3 * Math.sqrt(d));
      factor[(j * d + a) * d + a] = scale * (0.5 + random.uniform());
    }
  }
  return {
    n,
    d,
    k,
    x,
    // A third of the weights are zero.
    weight: Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 2 * random.uniform())),
    mean,
    factor,
    inverseDeviation: Float64Array.from({ length: k * d }, () => (0.5 + random.uniform()) / scale),
    inverseVariance: Float64Array.from({ length: k }, () => (0.5 + random.uniform()) / scale ** 2),
    logScale: Float64Array.from({ length: k }, () => -2 * random.uniform()),
  };
}

/** What the steps differ in: the parameter that is their shape, and what they gather of second moments. */
const steps = {
  gaussianStep: { shape: 'factor', blocks: (k: number) => k, width: (d: number) => d * d },
  diagonalStep: { shape: 'inverseDeviation', blocks: (k: number) => k, width: (d: number) => d },
  sphericalStep: { shape: 'inverseVariance', blocks: (k: number) => k, width: () => 1 },
  // The first factor is that of all.
  tiedStep: { shape: 'factor', blocks: () => 1, width: (d: number) => d * d },
} as const;
type StepName = keyof typeof steps;

interface Sums {
  readonly step: StepName;
  readonly logLikelihood: number;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly second: Float64Array;
}

/** A fused step over rows cut into calls at `cuts`. */
function run(
  kernels: typeof reference,
  step: StepName,
  p: Problem,
  weight: Float64Array | null,
  cuts: readonly number[] = [],
): Sums {
  const { shape, blocks, width } = steps[step];
  const { x, d, mean, logScale, k } = p;
  const own = p[shape].slice(0, step === 'tiedStep' ? d * d : undefined);
  const count = new Float64Array(k);
  const sum = new Float64Array(k * d);
  const second = new Float64Array(blocks(k) * width(d));
  let logLikelihood = 0;
  let from = 0;
  for (const to of [...cuts, p.n]) {
    logLikelihood += kernels[step](x, from, to, d, weight, mean, own, logScale, k, count, sum, second);
    from = to;
  }
  return { step, logLikelihood, count, sum, second };
}

/** A membership below this may count as zero: e^-60. */
const negligible = 9e-27;

/**
 * The largest difference of two sets of sums, relative to what their terms add up to (Cauchy and Schwarz), beyond
 * what memberships that may count as zero can make.
 */
function difference(a: Sums, b: Sums, { k, d, n, x, mean, inverseDeviation }: Problem): number {
  const reach = Math.max(1, ...Array.from(x, (value, i) => Math.abs(value - mean[i % d]))) + spread(mean);
  const blocks = steps[a.step].blocks(k);
  const width = steps[a.step].width(d);
  const isFull = a.step === 'gaussianStep' || a.step === 'tiedStep';
  /** The second moment of feature i of component j, or of what it was added to. */
  const square = (j: number, i: number): number =>
    a.second[(blocks === 1 ? 0 : j) * width + (isFull ? i * d + i : i % width)];
  let worst = Math.abs(a.logLikelihood - b.logLikelihood) / Math.max(1, Math.abs(a.logLikelihood));
  const compare = (left: number, right: number, size: number): void => {
    const beyond = Math.abs(left - right) - n * negligible * reach * reach;
    if (beyond > 0) worst = Math.max(worst, beyond / size);
  };
  for (let j = 0; j < k; j++) {
    compare(a.count[j], b.count[j], Math.max(1, n));
    for (let i = 0; i < d; i++)
      compare(a.sum[j * d + i], b.sum[j * d + i], Math.sqrt(a.count[j] * square(j, i)));
  }
  for (let i = 0; i < a.second.length; i++) {
    const j = Math.floor(i / width);
    const [row, column] = [Math.floor((i % width) / d), (i % width) % d];
    // Moments along the axes are differences of those about zero: measured by the variance at hand, of which one row
    // that happens to lie on the mean says nothing.
    const expected = a.step === 'diagonalStep' ? a.count[j] / inverseDeviation[i] ** 2 : 0;
    const size = isFull ? Math.sqrt(square(j, row) * square(j, column)) : Math.max(a.second[i], expected);
    compare(a.second[i], b.second[i], size);
  }
  return worst;
}

const spread = (values: Float64Array): number => Math.max(...values) - Math.min(...values);

describe.each(Object.keys(steps) as StepName[])('compiled %s', (step) => {
  const tolerance = 1e-12;
  // Second moments that are differences may lose three digits.
  const rounding = step === 'gaussianStep' ? 1e-14 : 1e-12;

  test.each(widths)('gives the sums of the reference for %i features', (d) => {
    for (const n of rowCounts) {
      for (const k of componentCounts) {
        const p = problem(n, d, k, plain);
        for (const weight of [null, p.weight]) {
          const found = difference(run(reference, step, p, weight), run(simd, step, p, weight), p);
          expect(found, `n ${n}, k ${k}, weighted ${weight !== null}`).toBeLessThan(tolerance);
        }
      }
    }
  });

  test.each<[string, Look, number]>([
    ['groups far from zero', { distance: 2, offset: 1e8, scale: 1 }, 1e-12],
    ['tiny units', { distance: 2, offset: 0, scale: 1e-12 }, 1e-12],
    ['huge units', { distance: 2, offset: 0, scale: 1e12 }, 1e-12],
    ['identical groups', { distance: 0, offset: 0, scale: 1 }, 1e-12],
    ['groups a little off zero', { distance: 2, offset: 20, scale: 1 }, 1e-12],
    ['groups twenty deviations apart', { distance: 20, offset: 0, scale: 1 }, 1e-11],
    // A log density of -20 000 is known to its own rounding, and so is the membership made from it.
    ['rows 60 deviations from every mean but theirs', { distance: 60, offset: 0, scale: 1 }, 1e-11],
  ])('gives them for %s', (_what, look, tolerance) => {
    for (const d of [1, 3, 10]) {
      for (const k of [2, 8]) {
        const p = problem(500, d, k, look);
        for (const weight of [null, p.weight])
          expect(
            difference(run(reference, step, p, weight), run(simd, step, p, weight), p),
            `d ${d}, k ${k}`,
          ).toBeLessThan(tolerance);
      }
    }
  });

  test('gives nothing to a component of weight zero', () => {
    const p = problem(300, 3, 4, plain);
    p.logScale[2] = -Infinity;
    const found = run(simd, step, p, null);
    expect(found.count[2]).toBe(0);
    expect(difference(run(reference, step, p, null), found, p)).toBeLessThan(1e-12);
  });

  test('gives the same sums, but for rounding, however rows are cut into calls at multiples of 64', () => {
    const p = problem(1000, 5, 8, plain);
    for (const weight of [null, p.weight]) {
      const whole = run(simd, step, p, weight);
      expect(difference(whole, run(simd, step, p, weight, [64, 320, 896]), p)).toBeLessThan(rounding);
      expect(difference(whole, run(simd, step, p, weight, [256, 512, 768]), p)).toBeLessThan(rounding);
    }
  });

  test('gives the same bits wherever the rows lie, in every build, and with an arena used before', () => {
    const p = problem(700, 5, 8, plain);
    const memory = allocateMemory(p.x.byteLength + p.weight.byteLength);
    const x = new Float64Array(bufferOf(memory), headerBytes, p.x.length);
    const weight = new Float64Array(bufferOf(memory), headerBytes + p.x.byteLength, p.n);
    x.set(p.x);
    weight.set(p.weight);
    const whole = run(simd, step, p, p.weight, [64]);
    const resident = simdKernels(memory);
    expect(run(resident, step, { ...p, x }, weight, [64])).toEqual(whole);
    run(resident, step, problem(100, 50, 17, plain), null);
    expect(run(resident, step, { ...p, x }, weight, [64])).toEqual(whole);
    for (const build of builds)
      expect(run(simdKernels(undefined, build), step, p, p.weight, [64])).toEqual(whole);
  });
});

describe.each(['gaussianPosteriors', 'diagonalPosteriors', 'sphericalPosteriors', 'tiedPosteriors'] as const)(
  'compiled %s',
  (name) => {
    /** Memberships, then log densities, of rows [from, n). */
    function posteriors(
      kernels: typeof reference,
      p: Problem,
      from = 0,
    ): { out: number[]; logDensity: number[] } {
      const { x, n, d, k, mean, logScale } = p;
      const own = {
        gaussianPosteriors: p.factor,
        diagonalPosteriors: p.inverseDeviation,
        sphericalPosteriors: p.inverseVariance,
        tiedPosteriors: p.factor.slice(0, d * d),
      }[name];
      const out = new Float64Array((n - from) * k);
      const logDensity = new Float64Array(n - from);
      kernels[name](x, from, n, d, mean, own, logScale, k, out, logDensity);
      return { out: [...out], logDensity: [...logDensity] };
    }

    /** The largest difference of two, of log densities relative to their size. */
    function apart(a: ReturnType<typeof posteriors>, b: ReturnType<typeof posteriors>): number {
      return Math.max(
        0,
        ...a.out.map((share, i) => Math.abs(share - b.out[i])),
        ...a.logDensity.map((value, i) => Math.abs(value - b.logDensity[i]) / Math.max(1, Math.abs(value))),
      );
    }

    test.each(widths)('gives the memberships and densities of the reference for %i features', (d) => {
      for (const n of [...rowCounts, 1025, 2047])
        for (const k of componentCounts) {
          const p = problem(n, d, k, plain);
          expect(apart(posteriors(reference, p), posteriors(simd, p)), `n ${n}, k ${k}`).toBeLessThan(1e-12);
        }
    });

    test.each<[string, Look]>([
      ['groups far from zero', { distance: 2, offset: 1e8, scale: 1 }],
      ['tiny units', { distance: 2, offset: 0, scale: 1e-12 }],
      ['groups ten thousand deviations apart', { distance: 1e4, offset: 0, scale: 1 }],
    ])('gives them for %s', (_what, look) => {
      for (const d of [1, 3, 10])
        for (const k of [2, 8]) {
          const p = problem(500, d, k, look);
          expect(apart(posteriors(reference, p), posteriors(simd, p)), `d ${d}, k ${k}`).toBeLessThan(1e-11);
        }
    });

    test('gives a row the same bits whatever rows come before it, wherever they lie and in every build', () => {
      const p = problem(1500, 5, 8, plain);
      const whole = posteriors(simd, p);
      expect(posteriors(simd, p, 37)).toEqual({
        out: whole.out.slice(37 * p.k),
        logDensity: whole.logDensity.slice(37),
      });
      const memory = allocateMemory(p.x.byteLength);
      const x = new Float64Array(bufferOf(memory), headerBytes, p.x.length);
      x.set(p.x);
      expect(posteriors(simdKernels(memory), { ...p, x })).toEqual(whole);
      for (const build of builds) expect(posteriors(simdKernels(undefined, build), p)).toEqual(whole);
    });

    test('gives numbers that are not finite to a row no component can have', () => {
      const p = problem(70, 3, 2, plain);
      p.x.fill(1e200, 0, 3);
      for (const kernels of [reference, simd]) {
        const { logDensity } = posteriors(kernels, p);
        expect(Number.isFinite(logDensity[0]), kernels.name).toBe(false);
        expect(logDensity.slice(1).every(Number.isFinite), kernels.name).toBe(true);
      }
    });
  },
);
