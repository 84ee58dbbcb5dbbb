import { expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { orderByPattern } from '../../electron/kernels/simd/rowOrder';

test.each([1, 3, 10, 44, 60, 110])('rows of one pattern of %i columns stand together, as they came', (d) => {
  const random = createRandom(2, 'row order', d);
  const [from, n] = [7, 200];
  // Few columns have holes, some of them the last ones.
  const holes = [0, d - 1, Math.min(1, d - 1)];
  const x = new Float64Array((from + n) * d);
  for (let i = 0; i < from + n; i++)
    for (const column of holes) if (random.uniform() < 0.4) x[i * d + column] = NaN;
  const patternOf = (i: number) => [...x.subarray((from + i) * d, (from + i + 1) * d)].join();
  const order = [...orderByPattern(x, from, from + n, d)];
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  const runs = order.filter((row, place) => place === 0 || patternOf(row) !== patternOf(order[place - 1]));
  expect(new Set(runs.map(patternOf)).size).toBe(runs.length);
  expect(patternOf(order[0])).not.toContain('NaN');
  order.forEach((row, place) => {
    if (place > 0 && patternOf(row) === patternOf(order[place - 1]))
      expect(row).toBeGreaterThan(order[place - 1]);
  });
});
