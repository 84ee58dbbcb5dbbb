import { expect, test } from 'vitest';
import { profileRows } from '../../renderer/components/results/profileRows';
import type { ClusterProfile } from '../../shared/fit';
import { faithfulSummary, numberProfile } from './fitFixtures';

test('differences from all rows are in standard deviations and say their direction', () => {
  const [eruptions] = profileRows(faithfulSummary());
  expect(eruptions.feature).toBe('eruptions');
  expect(eruptions.overall).toEqual({ text: '3.488', spread: '± 1.14' });
  // (4.29 - 3.488) / 1.141 = 0.703 and (2.036 - 3.488) / 1.141 = -1.273
  expect(eruptions.clusters[0].difference).toBeCloseTo(0.703, 3);
  expect(eruptions.clusters[0].differenceText).toBe('0.7 standard deviations above the mean of all rows.');
  expect(eruptions.clusters[1].differenceText).toBe('1.3 standard deviations below the mean of all rows.');
  // Two standard deviations are half a cell: 1.273 / 4 = 0.318 to the left of the middle.
  expect(eruptions.clusters[1].bar.from).toBeCloseTo(0.182, 3);
  expect(eruptions.clusters[1].bar.to).toBe(0.5);
});

test('a bar never leaves its cell, and a feature that does not vary has none', () => {
  const rows = profileRows(faithfulSummary('fit-1', { overall: numberProfile(272, 1, [3, 0], [0, 1]) }));
  expect(rows[0].clusters.map((cell) => cell.bar)).toEqual([
    { from: 0.5, to: 0.5 },
    { from: 0.5, to: 0.5 },
  ]);
  expect(rows[1].clusters.map((cell) => cell.bar)).toEqual([
    { from: 0.5, to: 1 },
    { from: 0.5, to: 1 },
  ]);
});

test('a cluster without rows has no bar and says why', () => {
  const summary = faithfulSummary();
  summary.profiles[1] = numberProfile(0, 0, [NaN, NaN], [NaN, NaN]);
  const cell = profileRows(summary)[0].clusters[1];
  expect(cell).toMatchObject({ bar: { from: 0, to: 0 }, text: '', differenceText: 'No rows.' });
});

const discreteProfile = (yes: number, levels: readonly number[]): ClusterProfile => ({
  rows: 10,
  share: 0.5,
  mean: Float64Array.of(yes, NaN),
  sd: Float64Array.of(0.1, NaN),
  levels: [null, Float64Array.from(levels)],
});
const votes = faithfulSummary('fit-1', {
  features: [
    { kind: 'yesNo', name: 'aid', yes: 'y', no: 'n' },
    { kind: 'category', name: 'party', levels: ['left', 'right', 'none'] },
  ],
  profiles: [discreteProfile(0.9, [0.7, 0.2, 0.1]), discreteProfile(0.1, [0, 1, 0])],
  overall: discreteProfile(0.5, [0.35, 0.6, 0.05]),
});

test('yes/no is the share of yes, a category a row for each level, both beside all rows', () => {
  const rows = profileRows(votes);
  expect(rows.map(({ feature, part, isFirst }) => [feature, part, isFirst])).toEqual([
    ['aid', 'y', true],
    ['party', 'left', true],
    ['party', 'right', false],
    ['party', 'none', false],
  ]);
  expect(rows.map(({ overall }) => overall.text)).toEqual(['50 %', '35 %', '60 %', '5 %']);
  expect(rows[0].clusters.map(({ text, spread }) => [text, spread])).toEqual([
    ['90 %', null],
    ['10 %', null],
  ]);
});

test('the bar of a share begins at nothing, with all rows marked in it, and the difference is in points', () => {
  const [aid, left] = profileRows(votes);
  expect(aid.clusters[0].bar).toEqual({ from: 0, to: 0.9 });
  expect(aid.mark).toBe(0.5);
  expect(aid.clusters[1].differenceText).toBe('40 percentage points below all rows.');
  expect(left.clusters[1]).toMatchObject({
    text: '0 %',
    differenceText: '35 percentage points below all rows.',
  });
});

const separation = {
  clusterBits: 0.94,
  features: [
    { feature: 1, bits: 0.9 },
    { feature: 0, bits: 0.7 },
  ],
  overallQuartiles: Float64Array.of(2.16, 4, 4.45, 58, 76, 82),
  quartiles: [Float64Array.of(4.1, 4.3, 4.6, 76, 80, 84), Float64Array.of(1.8, 2, 2.2, 50, 54, 59)],
};

test('features come by how much they separate, with their bits, or in the order of the file', () => {
  const ranked = profileRows(faithfulSummary(), separation, { values: 'mean', order: 'separation' });
  expect(ranked.map(({ feature, bits }) => [feature, bits])).toEqual([
    ['waiting', 0.9],
    ['eruptions', 0.7],
  ]);
  const asRead = profileRows(faithfulSummary(), separation, { values: 'mean', order: 'file' });
  expect(asRead.map(({ feature }) => feature)).toEqual(['eruptions', 'waiting']);
});

test('medians come with their quartiles, of each cluster and of all rows', () => {
  const [eruptions] = profileRows(faithfulSummary(), separation, { values: 'median', order: 'file' });
  expect(eruptions.overall).toEqual({ text: '4', spread: '2.16 to 4.45' });
  expect(eruptions.clusters.map(({ text, spread }) => [text, spread])).toEqual([
    ['4.3', '4.1 to 4.6'],
    ['2', '1.8 to 2.2'],
  ]);
  expect(profileRows(faithfulSummary(), null, { values: 'median', order: 'file' })[0].overall.text).toBe('');
});

test('the heat map is coloured by the difference from all rows, and prints it with its sign', () => {
  const [eruptions] = profileRows(faithfulSummary());
  expect(eruptions.clusters.map(({ shortDifference }) => shortDifference)).toEqual(['+0.7 sd', '−1.3 sd']);
  expect(eruptions.clusters[0].heat).toBeCloseTo(0.351, 3);
  expect(eruptions.clusters[1].heat).toBeCloseTo(-0.636, 3);
  const [aid] = profileRows(votes);
  expect(aid.clusters.map(({ shortDifference, heat }) => [shortDifference, heat.toFixed(2)])).toEqual([
    ['+40.0 points', '0.80'],
    ['−40.0 points', '-0.80'],
  ]);
});
