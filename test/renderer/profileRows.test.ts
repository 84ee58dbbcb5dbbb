import { expect, test } from 'vitest';
import { profileRows } from '../../renderer/components/results/profileRows';
import { faithfulSummary, numberProfile } from './fitFixtures';

test('differences from all rows are in standard deviations and say their direction', () => {
  const [eruptions] = profileRows(faithfulSummary());
  expect(eruptions.feature).toBe('eruptions');
  // (4.29 - 3.488) / 1.141 = 0.703 and (2.036 - 3.488) / 1.141 = -1.273
  expect(eruptions.clusters[0].difference).toBeCloseTo(0.703, 3);
  expect(eruptions.clusters[0].differenceText).toBe('0.7 standard deviations above the mean of all rows.');
  expect(eruptions.clusters[1].differenceText).toBe('1.3 standard deviations below the mean of all rows.');
  expect(eruptions.clusters[1].barLength).toBeCloseTo(0.636, 3);
});

test('a bar is never longer than its cell, and a feature that does not vary has none', () => {
  const rows = profileRows(faithfulSummary('fit-1', { overall: numberProfile(272, 1, [3, 0], [0, 1]) }));
  expect(rows[0].clusters.map((cell) => cell.barLength)).toEqual([0, 0]);
  expect(rows[1].clusters.map((cell) => cell.barLength)).toEqual([1, 1]);
});

test('a cluster without rows has no bar and says why', () => {
  const summary = faithfulSummary();
  summary.profiles[1] = numberProfile(0, 0, [NaN, NaN], [NaN, NaN]);
  const cell = profileRows(summary)[0].clusters[1];
  expect(cell.barLength).toBe(0);
  expect(cell.differenceText).toBe('No rows.');
});
