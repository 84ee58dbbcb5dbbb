import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, logDeterminant } from '../../electron/engine/numeric/linearAlgebra';
import { createRandom } from '../../electron/engine/numeric/random';
import type { Kernels } from '../../electron/kernels/kernels';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { simdKernels } from '../support/simdKernels';

const reference = createReferenceKernels();
const simd = simdKernels();

/** Rows with missing cells, and Gaussians among them: whole rows may be missing, whole columns, nothing, everything. */
const problems = fc
  .record({
    seed: fc.integer(),
    n: fc.constantFrom(0, 1, 2, 3, 63, 64, 65, 255, 256, 257, 600),
    d: fc.constantFrom(1, 2, 3, 4, 7, 10),
    k: fc.constantFrom(1, 2, 3, 8),
    skip: fc.constantFrom(0, 1, 5),
    missing: fc.constantFrom(0, 0.02, 0.3, 0.9, 1),
    distance: fc.constantFrom(1, 20),
    offset: fc.constantFrom(0, 1e6),
    scale: fc.constantFrom(1, 1e-6, 1e9),
    weighted: fc.boolean(),
  })
  .map(({ seed, n, d, k, skip, missing, distance, offset, scale, weighted }) => {
    const random = createRandom(seed, 'observed');
    const numbers = (length: number, make: (i: number) => number) =>
      Float64Array.from({ length }, (_, i) => make(i));
    const mean = numbers(k * d, () => scale * (offset + distance * random.normal()));
    const blind = random.integer(d);
    const x = numbers((n + skip) * d, (i) => {
      const j = Math.floor(i / d) % k;
      const value = mean[j * d + (i % d)] + scale * random.normal();
      return random.uniform() < missing || (i % d === blind && missing > 0.5) ? NaN : value;
    });
    // Each feature has units of its own.
    const unit = numbers(d, (a) => scale * 10 ** ((a % 3) - 1));
    const factor = numbers(k * d * d, (i) => {
      const [a, b] = [Math.floor(i / d) % d, i % d];
      if (b > a) return NaN;
      return unit[a] * (a === b ? 0.3 + random.uniform() : random.normal() / Math.sqrt(d));
    });
    return {
      ...{ n, d, k, skip, scale, x, mean, factor },
      inverseDeviation: numbers(k * d, (i) => (0.5 + random.uniform()) / unit[i % d]),
      logScale: numbers(k, () => -3 * random.uniform()),
      weight: weighted ? numbers(n + skip, (i) => (i % 3 === 0 ? 0 : random.uniform())) : null,
      membership: numbers(n * k, () => (random.uniform() < 0.5 ? 0 : random.uniform())),
    };
  });
type Problem = typeof problems extends fc.Arbitrary<infer T> ? T : never;

/** Log density of the observed cells of a row under component j, from the covariance of just these columns. */
function marginal({ x, d, mean, factor, logScale }: Problem, row: number, j: number): number {
  const columns = Array.from({ length: d }, (_, a) => a).filter((a) => !Number.isNaN(x[row * d + a]));
  const o = columns.length;
  const covariance = new Float64Array(o * o);
  columns.forEach((a, p) =>
    columns.forEach((b, q) => {
      for (let c = 0; c <= Math.min(a, b); c++)
        covariance[p * o + q] += factor[(j * d + a) * d + c] * factor[(j * d + b) * d + c];
    }),
  );
  const lower = new Float64Array(o * o);
  if (cholesky(covariance, 0, o, null, lower) !== -1) throw new Error('not positive definite');
  const solved: number[] = [];
  columns.forEach((a, p) => {
    let s = x[row * d + a] - mean[j * d + a];
    for (let q = 0; q < p; q++) s -= lower[p * o + q] * solved[q];
    solved.push(s / lower[p * o + p]);
  });
  const distance = solved.reduce((sum, value) => sum + value * value, 0);
  // `logScale` holds the volume of a complete row.
  const volume = d * Math.log(2 * Math.PI) + logDeterminant(factor, j * d * d, d);
  return logScale[j] + 0.5 * (volume - o * Math.log(2 * Math.PI) - logDeterminant(lower, 0, o) - distance);
}

/** The same along the axes. */
function marginalAlongAxes(
  { x, d, mean, inverseDeviation, logScale }: Problem,
  row: number,
  j: number,
): number {
  let sum = logScale[j];
  for (let a = 0; a < d; a++) {
    const inverse = inverseDeviation[j * d + a];
    const e = (x[row * d + a] - mean[j * d + a]) * inverse;
    sum += Number.isNaN(e) ? 0.5 * Math.log(2 * Math.PI) - Math.log(inverse) : -0.5 * e * e;
  }
  return sum;
}

describe.each([reference, simd].map((kernels) => ({ name: kernels.name, kernels })))(
  'kernels of rows with missing cells: $name',
  ({ kernels: { observed } }) => {
    test('a density is that of the observed cells', () => {
      fc.assert(
        fc.property(problems, (p) => {
          const { x, n, d, k, skip, mean, factor, inverseDeviation, logScale } = p;
          const full = new Float64Array(n * k);
          const diagonal = new Float64Array(n * k);
          observed.gaussianLogDensities(x, skip, skip + n, d, mean, factor, logScale, k, full);
          observed.diagonalLogDensities(x, skip, skip + n, d, mean, inverseDeviation, logScale, k, diagonal);
          let most = 0;
          for (let i = 0; i < n * k; i++) {
            const [row, j] = [skip + Math.floor(i / k), i % k];
            const expected = marginal(p, row, j);
            most = Math.max(most, Math.abs(full[i] - expected) / (1 + Math.abs(expected)));
            const along = marginalAlongAxes(p, row, j);
            most = Math.max(most, Math.abs(diagonal[i] - along) / (1 + Math.abs(along)));
          }
          expect(most).toBeLessThan(1e-8);
        }),
        { numRuns: 60 },
      );
    });
  },
);

interface Sums {
  readonly logLikelihood: number;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly second: Float64Array;
}

const shapes = { full: (d: number) => d * d, diagonal: (d: number) => d };

function sumsOf(
  { k, d }: Problem,
  shape: keyof typeof shapes,
  gather: (count: Float64Array, sum: Float64Array, second: Float64Array) => number | void,
): Sums {
  const count = new Float64Array(k);
  const sum = new Float64Array(k * d);
  const second = new Float64Array(k * shapes[shape](d));
  return { logLikelihood: gather(count, sum, second) ?? 0, count, sum, second };
}

function step({ observed }: Kernels, p: Problem, shape: keyof typeof shapes): Sums {
  const { x, n, d, k, skip, mean, factor, inverseDeviation, logScale, weight } = p;
  const rows = [x, skip, skip + n, d, weight, mean] as const;
  return sumsOf(p, shape, (...sums) =>
    shape === 'full'
      ? observed.gaussianStep(...rows, factor, logScale, k, ...sums)
      : observed.diagonalStep(...rows, inverseDeviation, logScale, k, ...sums),
  );
}

function moments({ observed }: Kernels, p: Problem, shape: keyof typeof shapes): Sums {
  const { x, n, d, k, skip, mean, factor, inverseDeviation, membership } = p;
  const rows = [x, skip, skip + n, d, membership, mean] as const;
  return sumsOf(p, shape, (...sums) =>
    shape === 'full'
      ? observed.weightedScatter(...rows, factor, k, ...sums)
      : observed.weightedSquares(...rows, inverseDeviation, k, ...sums),
  );
}

/**
 * The largest difference of sums, relative to weight and deviations of their component; one of less weight than this has
 * memberships that may count as zero.
 */
const leastWeight = 1e-15;
function difference(a: Sums, b: Sums, { k, d, x, mean }: Problem): number {
  let most = Math.abs(a.logLikelihood - b.logLikelihood) / (1 + Math.abs(b.logLikelihood));
  const width = b.second.length / k;
  const largest = x.reduce((size, value) => (Math.abs(value) > size ? Math.abs(value) : size), 0);
  const rounding = 1e-10 * Math.max(largest, ...mean.map(Math.abs));
  for (let j = 0; j < k; j++) {
    most = Math.max(most, Math.abs(a.count[j] - b.count[j]) / (leastWeight + b.count[j]));
    if (b.count[j] < leastWeight) continue;
    const deviation = (i: number) =>
      Math.sqrt(b.second[j * width + (width === d ? i : i * (d + 1))] / b.count[j]) + rounding;
    for (let p = 0; p < d; p++) {
      const reach = b.count[j] * deviation(p);
      most = Math.max(most, Math.abs(a.sum[j * d + p] - b.sum[j * d + p]) / (1e-300 + reach));
      for (let q = 0; q < width / d; q++) {
        const i = j * width + (width === d ? p : p * d + q);
        const product = reach * deviation(width === d ? p : q);
        most = Math.max(most, Math.abs(a.second[i] - b.second[i]) / (1e-300 + product));
      }
    }
  }
  return most;
}

describe.each(['full', 'diagonal'] as const)('compiled kernels of rows with missing cells, %s', (shape) => {
  test('give the sums of the reference in a step', () => {
    fc.assert(
      fc.property(problems, (p) => {
        expect(difference(step(simd, p, shape), step(reference, p, shape), p)).toBeLessThan(1e-7);
      }),
      { numRuns: 150 },
    );
  });

  test('give the sums of the reference for given memberships', () => {
    fc.assert(
      fc.property(problems, (p) => {
        expect(difference(moments(simd, p, shape), moments(reference, p, shape), p)).toBeLessThan(1e-8);
      }),
      { numRuns: 150 },
    );
  });

  test('do with complete rows what those of complete rows do', () => {
    fc.assert(
      fc.property(
        problems.filter(({ x }) => x.every((value) => !Number.isNaN(value))),
        (p) => {
          const { gaussianStep, diagonalStep } = simd;
          const plain = { ...simd, observed: { ...simd.observed, gaussianStep, diagonalStep } };
          expect(difference(step(simd, p, shape), step(plain, p, shape), p)).toBeLessThan(1e-10);
        },
      ),
      { numRuns: 20 },
    );
  });
});

test('the order of rows with other rows between them changes no row', () => {
  const random = createRandom(3, 'observed order');
  const [n, d, k] = [300, 4, 3];
  const x = Float64Array.from({ length: n * d }, () => (random.uniform() < 0.4 ? NaN : random.normal()));
  const mean = Float64Array.from({ length: k * d }, () => random.normal());
  const factor = Float64Array.from({ length: k * d * d }, (_, i) =>
    (i % (d * d)) % (d + 1) === 0 ? 1 : 0.2,
  );
  const logScale = new Float64Array(k);
  const all = new Float64Array(n * k);
  simd.observed.gaussianLogDensities(x, 0, n, d, mean, factor, logScale, k, all);
  for (const i of [0, 63, 64, 131, 299]) {
    const one = new Float64Array(k);
    simd.observed.gaussianLogDensities(x, i, i + 1, d, mean, factor, logScale, k, one);
    expect(one).toEqual(all.slice(i * k, (i + 1) * k));
  }
});

test.each([reference, simd])('a missing category counts as the last level: $name', (kernels) => {
  const random = createRandom(5, 'observed levels');
  const [n, k] = [130, 3];
  const levels = [3, 2, 5, 3, 4, 3];
  const d = levels.length;
  const x = Float64Array.from({ length: n * d }, (_, i) => random.integer(levels[i % d]));
  const withHoles = x.map((level, i) => (level === levels[i % d] - 1 ? NaN : level));
  const size = levels.reduce((sum, count) => sum + count, 0);
  const logProbability = Float64Array.from({ length: k * size }, () => -3 * random.uniform());
  const logScale = Float64Array.from({ length: k }, () => -random.uniform());
  const found = [x, withHoles].map((rows) => {
    const [count, level] = [new Float64Array(k), new Float64Array(k * size)];
    const out = new Float64Array(n * k);
    const shape = [logProbability, logScale, k] as const;
    const logLikelihood = kernels.categoricalStep(rows, 0, n, levels, null, ...shape, count, level);
    kernels.categoricalLogDensities(rows, 0, n, levels, ...shape, out);
    return { logLikelihood, count, level, out };
  });
  expect(found[1]).toEqual(found[0]);
});
