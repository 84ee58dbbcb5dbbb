import { expect, test } from 'vitest';
import { newSigns } from '../../renderer/charts/clusterSign';
import { coMembershipChart } from '../../renderer/charts/coMembershipChart';
import { coMembershipView, type RowsTogether } from '../../renderer/charts/coMembershipView';
import { coMembershipText } from '../../renderer/components/choose/coMembershipText';
import { hasFunction, testTheme } from './theme';

const signs = newSigns(['Cluster 1', 'Cluster 2', 'Cluster 3']);

/** Rows 10 and 12 are of cluster 1, 11 and 13 of cluster 3; 12 leans to cluster 3; 14 took no part. */
const sample: RowsTogether = {
  row: Int32Array.of(10, 11, 12, 13, 14),
  cluster: Int32Array.of(0, 2, 0, 2, 2),
  together: Float64Array.from(
    [
      [1, 0.1, 0.6, 0.1, NaN],
      [0.1, 1, 0.3, 0.8, NaN],
      [0.6, 0.3, 0.5, 0.3, NaN],
      [0.1, 0.8, 0.3, 1, NaN],
      [NaN, NaN, NaN, NaN, NaN],
    ].flat(),
  ),
};

test('rows stand cluster after cluster with a gap between, and a cluster without rows is left out', () => {
  const { places, blocks } = coMembershipView(sample, signs);
  expect(blocks.map(({ sign, from }) => [sign.name, from])).toEqual([
    ['Cluster 1', 0],
    ['Cluster 3', 3],
  ]);
  expect([...places]).toEqual([0, 2, -1, 1, 3]);
});

test('means are over pairs of two rows, a row that took no part is in none', () => {
  const { means } = coMembershipView(sample, signs);
  // Within: 0.6 and 0.8; between: 0.1, 0.1, 0.3 and 0.3.
  [0.6, 0.2, 0.2, 0.8].forEach((mean, at) => expect(means[at]).toBeCloseTo(mean, 12));
});

test('the map has a cell for each two rows with a value, at their places, and no functions', () => {
  const option = coMembershipChart(coMembershipView(sample, signs), testTheme);
  const [{ data }] = option.series as { data: [number, number, number][] }[];
  expect(data).toHaveLength(16);
  expect(data).toContainEqual([0, 1, 0.6]);
  expect(data).toContainEqual([1, 3, 0.3]);
  expect((option.xAxis as { data: string[] }).data).toEqual(['', 'Cluster 1', '', '', 'Cluster 3']);
  expect(hasFunction(option)).toBe(false);
});

test('its sentence says how sure pairs are, and which clusters are told apart least', () => {
  expect(coMembershipText(coMembershipView(sample, signs))).toBe(
    'Averaged over all models, two rows of one cluster are together with probability 0.700, two of different clusters with 0.200; Cluster 1 and Cluster 3 are told apart least (0.200).',
  );
  const one = { ...sample, cluster: Int32Array.of(0, 1, 1, 1, 1) };
  expect(coMembershipText(coMembershipView(one, newSigns(['A', 'B'])))).not.toContain('NaN');
  const single = { ...sample, cluster: new Int32Array(5) };
  expect(coMembershipText(coMembershipView(single, newSigns(['Cluster 1'])))).toMatch(
    /^Averaged over all models, two rows are together with probability 0\.\d+\.$/,
  );
});
