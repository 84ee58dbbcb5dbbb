import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectGaussian, projectPoint, type PlaneMap } from '../../shared/projection';

const number = fc.double({ min: -20, max: 20, noNaN: true, noDefaultInfinity: true });

/** A map from d dimensions, a mean, and a covariance B B^T. */
const cases = fc.integer({ min: 1, max: 5 }).chain((d) =>
  fc.record({
    d: fc.constant(d),
    matrix: fc.array(number, { minLength: 2 * d, maxLength: 2 * d }),
    centre: fc.array(number, { minLength: d, maxLength: d }),
    mean: fc.array(number, { minLength: d, maxLength: d }),
    factor: fc.array(number, { minLength: d * d, maxLength: d * d }),
  }),
);

const mapOf = (matrix: number[], centre: number[]): PlaneMap => ({
  matrix: Float64Array.from(matrix),
  centre: Float64Array.from(centre),
});

function timesTransposed(factor: number[], d: number): number[] {
  return Array.from({ length: d * d }, (_, at) => {
    const i = Math.floor(at / d);
    const j = at % d;
    let sum = 0;
    for (let k = 0; k < d; k++) sum += factor[i * d + k] * factor[j * d + k];
    return sum;
  });
}

test('a projected covariance is the sum of squares of its projected factor', () => {
  fc.assert(
    fc.property(cases, ({ d, matrix, centre, mean, factor }) => {
      const map = mapOf(matrix, centre);
      const seen = projectGaussian(map, mean, timesTransposed(factor, d));
      // Sigma = B B^T, so A Sigma A^T = (A B)(A B)^T: project each column of B as a displacement.
      let varianceX = 0;
      let between = 0;
      let varianceY = 0;
      for (let k = 0; k < d; k++) {
        const moved = centre.map((value, j) => value + factor[j * d + k]);
        const column = projectPoint(map, moved);
        varianceX += column.x ** 2;
        between += column.x * column.y;
        varianceY += column.y ** 2;
      }
      const scale = 1 + varianceX + varianceY;
      expect(Math.abs(seen.varianceX - varianceX) / scale).toBeLessThan(1e-9);
      expect(Math.abs(seen.covariance - between) / scale).toBeLessThan(1e-9);
      expect(Math.abs(seen.varianceY - varianceY) / scale).toBeLessThan(1e-9);
    }),
  );
});

test('the centre of the map comes to lie at the origin', () => {
  fc.assert(
    fc.property(cases, ({ matrix, centre }) => {
      const { x, y } = projectPoint(mapOf(matrix, centre), centre);
      expect(Math.abs(x)).toBe(0);
      expect(Math.abs(y)).toBe(0);
    }),
  );
});

test('looking along two features reads their entries off mean and covariance', () => {
  const map = mapOf([0, 0, 1, 1, 0, 0], [0, 0, 0]);
  const covariance = [4, 1, 2, 1, 9, 3, 2, 3, 16];
  expect(projectGaussian(map, [5, 6, 7], covariance)).toEqual({
    x: 7,
    y: 5,
    varianceX: 16,
    covariance: 2,
    varianceY: 4,
  });
});

test('variances alone are those of a diagonal covariance', () => {
  const map = mapOf([0.5, 2, 1, -1, 0, 3], [1, 2, 3]);
  const diagonal = [4, 0, 0, 0, 9, 0, 0, 0, 16];
  expect(projectGaussian(map, [5, 6, 7], [4, 9, 16])).toEqual(projectGaussian(map, [5, 6, 7], diagonal));
});

test('a centre of k-means has no spread', () => {
  expect(projectGaussian(mapOf([1, 0, 0, 1], [1, 1]), [3, 5], null)).toEqual({
    x: 2,
    y: 4,
    varianceX: 0,
    covariance: 0,
    varianceY: 0,
  });
});
