import { expect, it } from 'vitest';
import { densityLevels, mixtureDensity } from '../../shared/planeDensity';

const wide = { min: -8, max: 8 };
const one = { x: 1, y: -1, varianceX: 1, covariance: 0.6, varianceY: 2 };

it('is a density: it holds the weight of the components in sight', () => {
  const grid = mixtureDensity([one, { ...one, x: -2 }], [0.3, 0.7], wide, wide, 200, 200);
  const field = (16 / 200) ** 2;
  expect(grid.values.reduce((sum, value) => sum + value, 0) * field).toBeCloseTo(1, 5);
});

it('has the levels of a Gaussian where its regions of highest density end', () => {
  const grid = mixtureDensity([one], [1], wide, wide, 400, 400);
  // Inside radius r lies 1 - exp(-r^2 / 2), and on it the density is the highest times exp(-r^2 / 2).
  const highest = 1 / (2 * Math.PI * Math.sqrt(2 - 0.36));
  const [half, most] = densityLevels(grid, [0.5, 0.95]) ?? [];
  expect(half / highest).toBeCloseTo(0.5, 2);
  expect(most / highest).toBeCloseTo(0.05, 2);
});

it('passes over a component without spread, and has no levels where nothing is', () => {
  const grid = mixtureDensity([{ ...one, varianceX: 0, covariance: 0 }], [1], wide, wide, 10, 10);
  expect(grid.values.every((value) => value === 0)).toBe(true);
  expect(densityLevels(grid, [0.5])).toBeNull();
});
