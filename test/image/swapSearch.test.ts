import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { swapSearch } from '../../electron/image/swapSearch';

const options = { locked: 0, patience: 5, mostTries: 1000, shouldStop: () => false };

const arbitraryPoints = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 8, max: 150 }))
  .chain(([d, k, n]) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: (n + k) * d + n, maxLength: (n + k) * d + n })
      .map((values) => ({
        points: {
          x: Float64Array.from(values.slice(0, n * d)),
          weight: Float64Array.from(values.slice((n + k) * d), (value) => value + 1),
          ...{ n, d },
        },
        centres: Float64Array.from(values.slice(n * d, (n + k) * d)),
      })),
  );

/** sum_i w_i min_j |x_i - centre_j|^2, written out. */
function distortionOf(
  { x, weight, n, d }: { x: Float64Array; weight: Float64Array; n: number; d: number },
  centres: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let j = 0; j < centres.length / d; j++) {
      let squared = 0;
      for (let a = 0; a < d; a++) squared += (x[i * d + a] - centres[j * d + a]) ** 2;
      least = Math.min(least, squared);
    }
    sum += weight[i] * least;
  }
  return sum;
}

describe('swapSearch', () => {
  it('never raises the distortion, which is that of its centres, and leaves what is locked', () => {
    fc.assert(
      fc.property(arbitraryPoints, fc.nat(3), ({ points, centres }, most) => {
        const locked = Math.min(most, centres.length / points.d);
        const kept: number[] = [];
        const found = swapSearch(points, centres, { ...options, locked, onBetter: (now) => kept.push(now) });
        expect(found.distortion).toBeCloseTo(distortionOf(points, found.centres), 6);
        expect(found.distortion).toBeLessThanOrEqual(distortionOf(points, centres) * (1 + 1e-12));
        expect(found.centres.subarray(0, locked * points.d)).toEqual(centres.subarray(0, locked * points.d));
        for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeLessThan(kept[i - 1]);
      }),
    );
  });

  it('moves a centre that two groups share to where one serves two', () => {
    // Groups at 0, 100 and 200; two centres in the first, the third between the others: Lloyd alone stays there.
    const x = Float64Array.of(0, 1, 2, 3, 100, 101, 200, 201);
    const points = { x, weight: new Float64Array(8).fill(1), n: 8, d: 1 };
    const { centres, distortion } = swapSearch(points, Float64Array.of(0.5, 2.5, 150.5), options);
    expect([...centres].sort((a, b) => a - b)).toEqual([1.5, 100.5, 200.5]);
    expect(distortion).toBe(5 + 0.5 + 0.5);
    const untried = swapSearch(points, Float64Array.of(0.5, 2.5, 150.5), { ...options, mostTries: 0 });
    expect([...untried.centres]).toEqual([0.5, 2.5, 150.5]);
  });
});
