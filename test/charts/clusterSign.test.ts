import { expect, test } from 'vitest';
import { carriedSigns, newSigns } from '../../renderer/charts/clusterSign';

const names = ['Cluster 1', 'Cluster 2', 'Cluster 3'];
const [first, second] = newSigns(['Cluster 1', 'Cluster 2']);
const earlier = [{ ...first, name: 'long waits', isNamed: true }, second];

test('a cluster that was there before keeps its colour, and its name if a person gave it', () => {
  expect(carriedSigns(names, earlier, [1, 0, -1])).toEqual([
    { name: 'Cluster 1', identity: 1, isNamed: false },
    { name: 'long waits', identity: 0, isNamed: true },
    { name: 'Cluster 3', identity: 2, isNamed: false },
  ]);
});

test('a new cluster takes the first colour that is free', () => {
  expect(carriedSigns(names, earlier, [-1, 1, -1]).map(({ identity }) => identity)).toEqual([0, 1, 2]);
});

test('without an answer every cluster is new', () => {
  expect(carriedSigns(names, earlier, [])).toEqual(newSigns(names));
});
