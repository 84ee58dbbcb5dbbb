import { expect, test } from 'vitest';
import { canonicalOrder, relabel } from '../../electron/engine/identity';

test('components are ordered by size, equal sizes by their means feature by feature', () => {
  const mean = Float64Array.of(5, 0, 3, 9, 3, 2, 0, 0);
  expect([...canonicalOrder([10, 10, 10, 40], mean)]).toEqual([3, 2, 1, 0]);
});

test('relabelling moves whole blocks along the component axis and nothing else', () => {
  const component = { of: 'component', length: 3 } as const;
  const feature = { of: 'feature', length: 2 } as const;
  const shape = {
    weight: [component],
    mean: [component, feature],
    covariance: [component, feature, feature],
    noise: [feature],
  };
  const params = {
    weight: Float64Array.of(0.2, 0.3, 0.5),
    mean: Float64Array.of(1, 2, 3, 4, 5, 6),
    covariance: Float64Array.from({ length: 12 }, (_, i) => i),
    noise: Float64Array.of(7, 8),
  };
  expect(relabel(params, shape, [2, 0, 1])).toEqual({
    weight: Float64Array.of(0.5, 0.2, 0.3),
    mean: Float64Array.of(5, 6, 1, 2, 3, 4),
    covariance: Float64Array.of(8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7),
    noise: Float64Array.of(7, 8),
  });
});
