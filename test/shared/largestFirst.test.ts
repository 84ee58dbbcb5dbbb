import { expect, test } from 'vitest';
import { largestFirst } from '../../shared/largestFirst';

test('components move whole, the largest first, and equal ones keep their order', () => {
  const moved = largestFirst({
    weight: Float64Array.of(0.2, 0.5, 0.2, 0.1),
    mean: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    covariance: Float64Array.from({ length: 16 }, (_, i) => i),
    probability: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    category: new Float64Array(0),
  });
  expect(moved.weight).toEqual(Float64Array.of(0.5, 0.2, 0.2, 0.1));
  expect(moved.mean).toEqual(Float64Array.of(3, 4, 1, 2, 5, 6, 7, 8));
  expect(moved.probability).toEqual(Float64Array.of(0.2, 0.1, 0.3, 0.4));
  expect(Array.from(moved.covariance!.slice(0, 8))).toEqual([4, 5, 6, 7, 0, 1, 2, 3]);
});

test('centres of k-means have no covariance to move', () => {
  expect(
    largestFirst({
      weight: Float64Array.of(1),
      mean: Float64Array.of(3),
      covariance: null,
      probability: new Float64Array(0),
      category: new Float64Array(0),
    }).covariance,
  ).toBeNull();
});
