import { describe, expect, it } from 'vitest';
import { bayerMatrix } from '../../../electron/image/dithering/bayerMatrix';
import { blueNoise } from '../../../electron/image/dithering/blueNoise';

describe('thresholds', () => {
  it('have every rank once', () => {
    for (const { side, rank } of [bayerMatrix(), blueNoise()])
      expect([...rank].sort((a, b) => a - b)).toEqual(Array.from({ length: side * side }, (_, i) => i));
  });

  it('of Bayer begin with corners of squares as far apart as can be', () => {
    const { rank } = bayerMatrix();
    const first = [0, 1, 2, 3].map((r) => rank.indexOf(r)).map((at) => [at % 8, Math.floor(at / 8)]);
    for (const [x, y] of first)
      for (const [u, v] of first) {
        expect((x - u) % 4).toBeCloseTo(0, 12);
        expect((y - v) % 4).toBeCloseTo(0, 12);
      }
  });

  it('of blue noise keep their first points apart, at any share', () => {
    const { side, rank } = blueNoise();
    for (const share of [0.02, 0.1, 0.3]) {
      const points = [...rank.keys()].filter((i) => rank[i] < share * rank.length);
      const apart = points.map((i) =>
        Math.min(...points.filter((j) => j !== i).map((j) => torusDistance(i, j, side))),
      );
      // Points of a square grid of this density are 1 / sqrt(share) apart; random ones come next to each other.
      expect(Math.min(...apart)).toBeGreaterThanOrEqual(
        Math.min(0.6 / Math.sqrt(share), 2) - 1e-9 - (share > 0.2 ? 1 : 0),
      );
    }
  });
});

function torusDistance(i: number, j: number, side: number): number {
  const across = Math.abs((i % side) - (j % side));
  const down = Math.abs(Math.floor(i / side) - Math.floor(j / side));
  return Math.hypot(Math.min(across, side - across), Math.min(down, side - down));
}
