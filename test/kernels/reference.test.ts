import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../electron/kernels/kernels';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { simdKernels } from '../support/simdKernels';

/** Every implementation there is; each must agree with the formulas written out below. */
const implementations: Kernels[] = [createReferenceKernels(), simdKernels()];

const rowCounts = [0, 1, 3, 4, 5, 7, 8, 63, 64, 65, 130];

/** Rows, centres and memberships of any size, with exact zeros among the memberships. */
const problems = fc
  .record({
    n: fc.constantFrom(...rowCounts),
    d: fc.integer({ min: 1, max: 9 }),
    k: fc.integer({ min: 1, max: 5 }),
    skip: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ n, d, k, skip }) => {
    const numbers = (length: number) =>
      fc
        .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: length, maxLength: length })
        .map((list) => Float64Array.from(list));
    const shares = (length: number) =>
      fc
        .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: length,
          maxLength: length,
        })
        .map((list) => Float64Array.from(list));
    return fc.record({
      n: fc.constant(n),
      d: fc.constant(d),
      k: fc.constant(k),
      /** Rows before the first of the call. */
      skip: fc.constant(skip),
      x: numbers((n + skip) * d),
      centre: numbers(k * d),
      lower: numbers(k * d * d),
      membership: shares(n * k),
      weight: shares(n + skip),
    });
  });

const close = (found: Float64Array, expected: number[]) =>
  expected.forEach((value, i) =>
    expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(value))),
  );

describe.each(implementations.map((kernels) => ({ name: kernels.name, kernels })))(
  'kernels: $name',
  ({ kernels }) => {
    test('the nearest centre has the smallest squared distance, the lowest index of equals', () => {
      fc.assert(
        fc.property(problems, ({ n, d, k, skip, x, centre }) => {
          const label = new Int32Array(n);
          const distance = new Float64Array(n);
          kernels.nearestCentres(x, skip, skip + n, d, centre, k, label, distance);
          for (let i = 0; i < n; i++) {
            const all = Array.from({ length: k }, (_, j) => squaredDistance(x, skip + i, centre, j, d));
            expect(label[i]).toBe(all.indexOf(Math.min(...all)));
            expect(distance[i]).toBe(all[label[i]]);
          }
        }),
      );
    });

    test('labelled sums are sums of the rows with that label', () => {
      fc.assert(
        fc.property(problems, ({ n, d, k, skip, x, weight }) => {
          const label = Int32Array.from({ length: n }, (_, i) => i % k);
          const count = new Float64Array(k).fill(1);
          const sum = new Float64Array(k * d).fill(2);
          kernels.labelledSums(x, skip, skip + n, d, label, weight, count, sum);
          const own = (j: number) => rows(n).filter((i) => label[i] === j);
          close(
            count,
            rows(k).map((j) => 1 + total(own(j), (i) => weight[skip + i])),
          );
          close(
            sum,
            cells(k, d).map(([j, a]) => 2 + total(own(j), (i) => weight[skip + i] * x[(skip + i) * d + a])),
          );
        }),
      );
    });

    test('log densities are the scale minus half the squared length after solving', () => {
      fc.assert(
        fc.property(problems, ({ n, d, k, skip, x, centre, lower }) => {
          // Diagonals well away from zero: a factor comes from a positive definite matrix.
          const factor = lower.map((value, i) => ((i % (d * d)) % (d + 1) === 0 ? 11 + value : value / 10));
          const logScale = Float64Array.from({ length: k }, (_, j) => j - 1);
          const out = new Float64Array(n * k);
          kernels.gaussianLogDensities(x, skip, skip + n, d, centre, factor, logScale, k, out);
          close(
            out,
            cells(n, k).map(([i, j]) => {
              const solved: number[] = [];
              for (let a = 0; a < d; a++) {
                const known = total(rows(a), (b) => factor[(j * d + a) * d + b] * solved[b]);
                solved.push(
                  (x[(skip + i) * d + a] - centre[j * d + a] - known) / factor[(j * d + a) * d + a],
                );
              }
              return logScale[j] - total(solved, (value) => value * value) / 2;
            }),
          );
        }),
      );
    });

    test('diagonal log densities are those of the diagonal factor', () => {
      fc.assert(
        fc.property(problems, ({ n, d, k, skip, x, centre, lower }) => {
          const inverse = Float64Array.from({ length: k * d }, (_, i) => 1 / (11 + lower[i]));
          const factor = new Float64Array(k * d * d);
          cells(k, d).forEach(([j, a]) => (factor[(j * d + a) * d + a] = 1 / inverse[j * d + a]));
          const logScale = new Float64Array(k);
          const out = new Float64Array(n * k);
          const full = new Float64Array(n * k);
          kernels.diagonalLogDensities(x, skip, skip + n, d, centre, inverse, logScale, k, out);
          kernels.gaussianLogDensities(x, skip, skip + n, d, centre, factor, logScale, k, full);
          close(out, [...full]);
        }),
      );
    });

    test('memberships are shares times the weight, and their logarithms of sums add up', () => {
      fc.assert(
        fc.property(
          problems,
          fc.constantFrom(-2000, 0, 2000),
          ({ n, k, skip, membership, weight }, shift) => {
            const joint = membership.map((value) => 30 * value + shift);
            const given = joint.slice();
            const density = new Float64Array(n);
            const found = kernels.memberships(joint, n, k, weight, skip, false, density);
            const logSum = rows(n).map(
              (i) => shift + Math.log(total(rows(k), (j) => Math.exp(given[i * k + j] - shift))),
            );
            close(density, logSum);
            expect(Math.abs(found - total(rows(n), (i) => weight[skip + i] * logSum[i]))).toBeLessThan(1e-8);
            close(
              joint,
              cells(n, k).map(([i, j]) => weight[skip + i] * Math.exp(given[i * k + j] - logSum[i])),
            );
          },
        ),
      );
    });

    test('hard memberships give the whole weight to the first largest', () => {
      const joint = Float64Array.of(1, 3, 3, 5, 2, 5);
      expect(kernels.memberships(joint, 2, 3, Float64Array.of(2, 0.5), 0, true, null)).toBe(2 * 3 + 0.5 * 5);
      expect([...joint]).toEqual([0, 2, 0, 0.5, 0, 0]);
    });

    test('a row of weight zero cannot spoil the sum, however impossible it is', () => {
      const joint = Float64Array.of(-Infinity, -Infinity, 0, 0);
      expect(kernels.memberships(joint, 2, 2, Float64Array.of(0, 1), 0, true, null)).toBe(0);
    });

    test('weighted squares and scatters are the moments about the centres', () => {
      fc.assert(
        fc.property(problems, ({ n, d, k, skip, x, centre, membership }) => {
          const difference = (i: number, j: number, a: number) => x[(skip + i) * d + a] - centre[j * d + a];
          const moments = () => ({
            count: new Float64Array(k).fill(1),
            sum: new Float64Array(k * d).fill(2),
          });
          const expectedCount = rows(k).map((j) => 1 + total(rows(n), (i) => membership[i * k + j]));
          const expectedSum = cells(k, d).map(
            ([j, a]) => 2 + total(rows(n), (i) => membership[i * k + j] * difference(i, j, a)),
          );
          const product = (j: number, a: number, b: number) =>
            total(rows(n), (i) => membership[i * k + j] * difference(i, j, a) * difference(i, j, b));

          const along = moments();
          const square = new Float64Array(k * d).fill(3);
          kernels.weightedSquares(
            x,
            skip,
            skip + n,
            d,
            membership,
            centre,
            k,
            along.count,
            along.sum,
            square,
          );
          close(along.count, expectedCount);
          close(along.sum, expectedSum);
          close(
            square,
            cells(k, d).map(([j, a]) => 3 + product(j, a, a)),
          );

          const across = moments();
          const scatter = new Float64Array(k * d * d).fill(3);
          kernels.weightedScatter(
            x,
            skip,
            skip + n,
            d,
            membership,
            centre,
            k,
            across.count,
            across.sum,
            scatter,
          );
          close(across.count, expectedCount);
          close(across.sum, expectedSum);
          for (const [j, a] of cells(k, d)) {
            for (let b = 0; b < d; b++) {
              const expected = b <= a ? 3 + product(j, a, b) : 3;
              expect(Math.abs(scatter[(j * d + a) * d + b] - expected)).toBeLessThanOrEqual(
                1e-11 * (1 + Math.abs(expected)),
              );
            }
          }
        }),
      );
    });
  },
);

const rows = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const cells = (n: number, d: number): [number, number][] =>
  rows(n).flatMap((i) => rows(d).map((a): [number, number] => [i, a]));
const total = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

function squaredDistance(x: Float64Array, i: number, centre: Float64Array, j: number, d: number): number {
  let s = 0;
  for (let a = 0; a < d; a++) s += (x[i * d + a] - centre[j * d + a]) ** 2;
  return s;
}
