import { expect, test } from 'vitest';
import { newSigns } from '../../../renderer/charts/clusterSign';
import { crossTable } from '../../../renderer/components/results/crossTable';
import type { Comparison } from '../../../shared/results';

const comparison: Comparison = {
  groups: ['setosa', 'versicolor'],
  counts: Float64Array.of(0, 45, 50, 5, 0, 0),
  rows: 100,
  rowsWithout: 0,
  match: Int32Array.of(1, 0),
  agreement: 0.95,
  adjustedRandIndex: 0.8,
  normalisedMutualInformation: 0.7,
};
const signs = newSigns(['A', 'B', 'C']);

test('groups stand in the order of their clusters, so that pairs are on the diagonal', () => {
  const { groups, clusters } = crossTable(comparison, signs, null);
  expect(groups.map(({ name, identity, total }) => [name, identity, total])).toEqual([
    ['versicolor', 0, '50'],
    ['setosa', 1, '50'],
  ]);
  expect(clusters.map(({ cells }) => cells.map(({ text, isMatch }) => [text, isMatch]))).toEqual([
    [
      ['45', true],
      ['0', false],
    ],
    [
      ['5', false],
      ['50', true],
    ],
    [
      ['0', false],
      ['0', false],
    ],
  ]);
});

test('shares are of the group, and a cell without rows has none', () => {
  const { clusters } = crossTable(comparison, signs, null);
  expect(clusters.map(({ cells }) => cells.map(({ share }) => share))).toEqual([
    ['90 %', null],
    ['10 %', '100 %'],
    [null, null],
  ]);
  expect(clusters.map(({ total }) => total)).toEqual(['45', '55', '0']);
});

test('weights that are not whole are written with their digits', () => {
  const weighted = { ...comparison, counts: Float64Array.of(0, 45.25, 50, 5, 0, 0) };
  expect(crossTable(weighted, signs, null).clusters[0].cells[0].text).toBe('45.25');
});
