import { expect, test } from 'vitest';
import { createRandom } from '../../../electron/engine/numeric/random';

const numbers = (seed: number, ...purpose: (string | number)[]) => {
  const random = createRandom(seed, ...purpose);
  return Array.from({ length: 8 }, () => random.uniform());
};

test('a stream depends on its seed and purpose alone', () => {
  expect(numbers(1, 'restart', 3)).toEqual(numbers(1, 'restart', 3));
  const streams = [
    numbers(1),
    numbers(2),
    numbers(1, 'restart', 3),
    numbers(1, 'restart', 4),
    numbers(1, 'other', 3),
  ];
  expect(new Set(streams.map((stream) => stream[0])).size).toBe(streams.length);
});

test('the same seed gives the same bits next year', () => {
  const random = createRandom(1, 'frozen');
  expect([random.uniform(), random.integer(1000), random.normal()]).toMatchInlineSnapshot(`
    [
      0.3133131129413992,
      51,
      -0.7259690346600937,
    ]
  `);
});

test('uniform numbers fill their range, whole numbers theirs', () => {
  const random = createRandom(5, 'uniform');
  const draws = Array.from({ length: 20_000 }, () => random.uniform());
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  // Mean 1/2 with a standard error of 0.002; five of them.
  expect(Math.abs(draws.reduce((sum, value) => sum + value / 20_000, 0) - 0.5)).toBeLessThan(0.0102);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 7000; i++) counts[random.integer(7)]++;
  counts.forEach((count) => expect(Math.abs(count - 1000)).toBeLessThan(150));
});

test('normal numbers have the moments of the normal distribution', () => {
  const random = createRandom(6, 'normal');
  const draws = Array.from({ length: 40_000 }, () => random.normal());
  const moment = (power: number) => draws.reduce((sum, value) => sum + value ** power / 40_000, 0);
  // Standard errors 0.005, 0.0071, 0.019 and 0.049; five of each.
  [0, 1, 0, 3].forEach((expected, i) =>
    expect(Math.abs(moment(i + 1) - expected)).toBeLessThan([0.025, 0.036, 0.097, 0.245][i]),
  );
});
