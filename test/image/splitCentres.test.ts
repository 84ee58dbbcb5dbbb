import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCentres } from '../../electron/image/splitCentres';

/** Points of whole numbers in two coordinates, with weights. */
const arbitraryPoints = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 40 })
  .map((rows) => ({
    x: Float64Array.from(rows.flatMap(([a, b]) => [a, b])),
    weight: Float64Array.from(rows, ([, , weight]) => weight),
    ...{ n: rows.length, d: 2 },
  }));

const rowsOf = (values: Float64Array): string[] =>
  Array.from({ length: values.length / 2 }, (_, i) => values.subarray(2 * i, 2 * i + 2).join(' '));

describe('splitCentres', () => {
  it('finds as many different centres as are wanted, as long as there are points for them', () => {
    fc.assert(
      fc.property(arbitraryPoints, fc.integer({ min: 1, max: 12 }), (points, k) => {
        const centres = splitCentres(points, k, []);
        const distinct = new Set(rowsOf(points.x)).size;
        if (k > distinct) expect(centres).toBeNull();
        else expect(new Set(rowsOf(centres ?? new Float64Array())).size).toBe(k);
      }),
    );
  });

  it('leaves locked centres first and where they are, and cuts what is theirs', () => {
    fc.assert(
      fc.property(arbitraryPoints, fc.integer({ min: 2, max: 6 }), (points, k) => {
        const locked = [Float64Array.of(20, 20), Float64Array.of(-3, 1)];
        const centres = splitCentres(points, k, locked);
        if (centres !== null) expect(rowsOf(centres).slice(0, 2)).toEqual(['20 20', '-3 1']);
        // All points lie on one side of both.
        if (k === 3) expect(centres).not.toBeNull();
      }),
    );
  });

  it('splits first what lies farthest apart', () => {
    const x = Float64Array.of(0, 0, 0, 1, 100, 0, 100, 30);
    const points = { x, weight: new Float64Array(4).fill(1), n: 4, d: 2 };
    expect(rowsOf(splitCentres(points, 3, []) ?? new Float64Array()).sort()).toEqual([
      '0 0.5',
      '100 0',
      '100 30',
    ]);
  });
});
