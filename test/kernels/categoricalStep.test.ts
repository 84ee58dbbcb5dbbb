import { describe, expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { addWeights, distinctRows } from '../../electron/kernels/simd/distinctRows';
import { groupLevels } from '../../electron/kernels/simd/levelGroups';
import { simdKernels } from '../support/simdKernels';

const reference = createReferenceKernels();
const simd = simdKernels();

function problem(n: number, levels: readonly number[], k: number) {
  const random = createRandom(5, 'categories', n, levels.length, k);
  const size = levels.reduce((sum, count) => sum + count, 0);
  const probability = new Float64Array(k * size);
  for (let j = 0, at = 0; j < k; j++)
    for (const count of levels) {
      const raw = Array.from({ length: count }, () => 0.05 + random.uniform());
      const total = raw.reduce((sum, value) => sum + value, 0);
      for (const value of raw) probability[at++] = value / total;
    }
  return {
    n,
    levels,
    k,
    size,
    x: Float64Array.from({ length: n * levels.length }, (_, i) => random.integer(levels[i % levels.length])),
    weight: Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 2 * random.uniform())),
    logProbability: probability.map(Math.log),
    logScale: Float64Array.from({ length: k }, () => -2 * random.uniform()),
  };
}
type Problem = ReturnType<typeof problem>;

function run(kernels: typeof reference, p: Problem, weight: Float64Array | null, from = 0) {
  const count = new Float64Array(p.k);
  const level = new Float64Array(p.k * p.size);
  const { x, n, levels, logProbability, logScale, k } = p;
  const logLikelihood = kernels.categoricalStep(
    ...([x, from, n, levels, weight, logProbability, logScale, k, count, level] as const),
  );
  return { logLikelihood, count, level };
}

function posteriors(kernels: typeof reference, { x, n, levels, logProbability, logScale, k }: Problem) {
  const out = new Float64Array(n * k);
  const logDensity = new Float64Array(n);
  kernels.categoricalPosteriors(x, 0, n, levels, logProbability, logScale, k, out, logDensity);
  return { out, logDensity };
}

function expectAlike(p: Problem, weight: Float64Array | null, from = 0): void {
  const one = run(reference, p, weight, from);
  const other = run(simd, p, weight, from);
  const size = Math.max(1, p.n);
  expect(Math.abs(one.logLikelihood - other.logLikelihood)).toBeLessThan(1e-12 * size * p.levels.length);
  one.count.forEach((value, j) => expect(Math.abs(value - other.count[j])).toBeLessThan(1e-12 * size));
  one.level.forEach((value, i) => expect(Math.abs(value - other.level[i])).toBeLessThan(1e-12 * size));
}

describe('compiled categoricalStep', () => {
  const shapes: [string, number[]][] = [
    ['one yes/no', [2]],
    ['five yes/no', Array.from({ length: 5 }, () => 2)],
    ['fifty yes/no', Array.from({ length: 50 }, () => 2)],
    ['more yes/no than are told at once', Array.from({ length: 133 }, () => 2)],
    ['categories of many sizes', [3, 2, 7, 1, 16, 20, 2, 2, 300]],
  ];
  test.each(shapes)('gives the sums of the reference for %s', (_name, levels) => {
    for (const n of [0, 1, 3, 8, 63, 64, 65, 500]) {
      for (const k of [1, 2, 5, 6, 8, 17]) {
        const p = problem(n, levels, k);
        expectAlike(p, null);
        expectAlike(p, p.weight);
        expectAlike(p, p.weight, Math.min(n, 2));
      }
    }
  });

  test('leaves more levels than 16 bits tell to the reference', () => {
    const p = problem(100, [70_000, 2], 3);
    expect(run(simd, p, null)).toEqual(run(reference, p, null));
  });

  test('a level nobody can have gives a component exactly nothing of the rows that have it', () => {
    const p = problem(200, [2, 2, 2], 3);
    p.logProbability[p.size] = -Infinity;
    const { level } = run(simd, p, null);
    expect(level[p.size]).toBe(0);
    expectAlike(p, null);
  });

  test('a row that is impossible everywhere shows in a sum that is not finite', () => {
    const p = problem(70, [2, 2], 2);
    for (let j = 0; j < 2; j++) p.logProbability[j * p.size] = -Infinity;
    for (const kernels of [simd, reference])
      expect(Number.isFinite(run(kernels, p, null).logLikelihood)).toBe(false);
  });

  test('log densities are those of the reference, whatever the array held before', () => {
    for (const levels of [
      [2, 2, 2, 2, 2],
      [3, 2, 20],
      [300, 2],
    ]) {
      const p = problem(70, levels, 5);
      const found = [reference, simd].map((kernels) => {
        const out = new Float64Array(68 * 5);
        const { x, logProbability, logScale } = p;
        const first = x.slice();
        kernels.categoricalLogDensities(first, 2, 70, levels, logProbability, logScale, 5, out);
        first.fill(0);
        const zeros = new Float64Array(68 * 5);
        kernels.categoricalLogDensities(first, 2, 70, levels, logProbability, logScale, 5, zeros);
        return [...out, ...zeros];
      });
      found[0].forEach((value, i) => expect(Math.abs(value - found[1][i])).toBeLessThan(1e-12));
    }
  });

  test.each(shapes)('memberships and log densities are those of the reference for %s', (_name, levels) => {
    for (const n of [1, 2, 64, 301])
      for (const k of [1, 4, 5]) {
        const p = problem(n, levels, k);
        const [one, other] = [reference, simd].map((kernels) => posteriors(kernels, p));
        one.out.forEach((share, i) => expect(Math.abs(share - other.out[i])).toBeLessThan(1e-12));
        one.logDensity.forEach((value, i) =>
          expect(Math.abs(value - other.logDensity[i])).toBeLessThan(1e-12 * levels.length),
        );
      }
  });

  test('the log density of a row that is impossible everywhere is not finite, of the others it is', () => {
    const p = problem(70, [2, 2], 2);
    for (let j = 0; j < 2; j++) p.logProbability[j * p.size] = -Infinity;
    for (const kernels of [reference, simd])
      posteriors(kernels, p).logDensity.forEach((value, i) =>
        expect(Number.isFinite(value)).toBe(p.x[2 * i] === 1),
      );
  });

  test('rows whose shares underflow when multiplied are done by logarithms', () => {
    const levels = Array.from({ length: 90 }, () => 2);
    const p = problem(130, levels, 3);
    // Each component all but rules out "yes" in thirds of its own, so every product is far below what numbers hold.
    for (let j = 0; j < 3; j++)
      for (let a = 30 * j; a < 30 * (j + 1); a++) p.logProbability[j * p.size + 2 * a + 1] = -80 - (a % 7);
    for (let i = 0; i < p.n; i++) if (i % 3 === 0) p.x.fill(0, i * 90, (i + 1) * 90);
    expectAlike(p, null);
    expectAlike(p, p.weight);
    const [one, other] = [reference, simd].map((kernels) => posteriors(kernels, p));
    one.out.forEach((share, i) => expect(Math.abs(share - other.out[i])).toBeLessThan(1e-9));
    one.logDensity.forEach((value, i) => expect(value / other.logDensity[i]).toBeCloseTo(1, 12));
  });

  test('memberships of a row do not depend on how rows are cut into calls', () => {
    const p = problem(300, [2, 3, 2, 2, 40, 2, 2, 2, 2], 5);
    const whole = posteriors(simd, p);
    const { x, n, levels, logProbability, logScale, k } = p;
    const out = new Float64Array(n * k);
    const logDensity = new Float64Array(n);
    for (const [from, to] of [
      [0, 1],
      [1, 70],
      [70, 300],
    ])
      simd.categoricalPosteriors(
        ...([x, from, to, levels, logProbability, logScale, k] as const),
        ...([out.subarray(from * k, to * k), logDensity.subarray(from, to)] as const),
      );
    expect(out).toEqual(whole.out);
    expect(logDensity).toEqual(whole.logDensity);
  });

  test('tables of one call do not serve another of other parameters, levels or kernels', () => {
    const p = problem(150, [2, 2, 3], 4);
    const others = [
      { ...p, logScale: p.logScale.map((value) => value - 1) },
      { ...p, logProbability: p.logProbability.map((value) => 2 * value) },
      { ...p, levels: [2, 2, 3], k: 3, logProbability: p.logProbability.slice(0, 3 * p.size) },
      problem(40, [4, 2], 4),
    ];
    const expected = others.map((other) => run(simdKernels(), other, null));
    const first = run(simd, p, null);
    others.forEach((other, i) => {
      expect(run(simd, other, null)).toEqual(expected[i]);
      expect(run(simd, p, null)).toEqual(first);
    });
    simd.diagonalLogDensities(
      ...([p.x, 0, 50, 3, new Float64Array(3), new Float64Array(3).fill(1)] as const),
      ...([new Float64Array(1), 1, new Float64Array(50)] as const),
    );
    expect(run(simd, p, null)).toEqual(first);
  });
});

describe('distinct rows', () => {
  test('are each row once, with how often it comes and which rows it is', () => {
    const n = 400;
    const entries = Uint16Array.from({ length: 2 * n }, (_, i) =>
      i % 2 === 0 ? (i / 2) % 3 : 5 + ((i >> 1) % 2),
    );
    const found = distinctRows(entries, n, 2, 7);
    expect(found?.counts.length).toBe(6);
    expect(found?.counts.reduce((sum, count) => sum + count, 0)).toBe(n);
    found?.places.forEach((place, i) =>
      expect(found.entries.subarray(2 * place, 2 * place + 2)).toEqual(entries.subarray(2 * i, 2 * i + 2)),
    );
    const weights = new Float64Array(6);
    if (found) addWeights(found, new Float64Array(n + 1).fill(0.5), 1, weights);
    expect(weights).toEqual(found?.counts.map((count) => count / 2));
  });

  test('are not looked for to the end where most rows differ, nor where rows are few', () => {
    expect(
      distinctRows(
        Uint16Array.from({ length: 512 }, (_, i) => i),
        512,
        1,
        512,
      ),
    ).toBeNull();
    expect(distinctRows(new Uint16Array(10), 10, 1, 1)).toBeNull();
  });
});

describe('groups of features', () => {
  test('are as few as small tables allow, and about equally large', () => {
    const sizes = (levels: number[]): number[] => groupLevels(levels).map(({ entries }) => entries);
    expect(sizes(Array.from({ length: 50 }, () => 2))).toEqual([64, 64, 128, 64, 64, 64, 128, 64]);
    expect(sizes([300, 2])).toEqual([300, 2]);
    expect(sizes([1, 1])).toEqual([1]);
  });
});
