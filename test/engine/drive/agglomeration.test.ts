import { expect, test } from 'vitest';
import { wardLabels } from '../../../electron/engine/drive/agglomeration';
import { createRandom } from '../../../electron/engine/numeric/random';

interface Cluster {
  readonly rows: readonly number[];
  readonly weight: number;
  readonly mean: readonly number[];
}

/** Ward by the book: of all pairs, the merger that raises the sum of squares least, until k are left. */
function slowly(points: readonly (readonly number[])[], weight: readonly number[], k: number): Set<string> {
  let clusters: Cluster[] = points.map((mean, i) => ({ rows: [i], weight: weight[i], mean }));
  const rise = (a: Cluster, b: Cluster): number =>
    ((a.weight * b.weight) / (a.weight + b.weight)) *
    a.mean.reduce((sum, value, f) => sum + (value - b.mean[f]) ** 2, 0);
  while (clusters.length > k) {
    let best: [Cluster, Cluster] = [clusters[0], clusters[1]];
    for (const a of clusters)
      for (const b of clusters) if (a !== b && rise(a, b) < rise(...best)) best = [a, b];
    const [a, b] = best;
    const total = a.weight + b.weight;
    const mean = a.mean.map((value, f) => (a.weight * value + b.weight * b.mean[f]) / total);
    clusters = clusters.filter((cluster) => cluster !== a && cluster !== b);
    clusters.push({ rows: [...a.rows, ...b.rows].sort((p, q) => p - q), weight: total, mean });
  }
  return new Set(clusters.map(({ rows }) => rows.join()));
}

const squared = (points: readonly (readonly number[])[]) => (a: number, b: number) =>
  points[a].reduce((sum, value, f) => sum + (value - points[b][f]) ** 2, 0);

test('chains of nearest neighbours give the clusters of the slow way, with weights', () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = createRandom(seed, 'ward');
    const points = Array.from({ length: 40 }, () => [random.normal(), random.normal()]);
    const weight = points.map(() => 0.5 + random.uniform());
    for (const k of [1, 2, 5, 40]) {
      const labels = wardLabels([...points.keys()], weight, k, squared(points));
      if (!labels.ok) throw new Error(labels.failure.kind);
      const found = Array.from({ length: k }, (_, j) =>
        [...labels.value.keys()].filter((row) => labels.value[row] === j).join(),
      );
      expect(new Set(found)).toEqual(slowly(points, weight, k));
    }
  }
});

test('of equal rows there are no more clusters than rows that differ', () => {
  const points = [[1], [1], [2], [2], [2], [7]];
  expect(wardLabels([...points.keys()], Array(6).fill(1), 4, squared(points))).toEqual({
    ok: false,
    failure: { kind: 'tooFewDistinctRows', distinct: 3, components: 4 },
  });
  const labels = wardLabels([...points.keys()], Array(6).fill(1), 3, squared(points));
  expect(labels.ok && [...labels.value]).toEqual([0, 0, 1, 1, 1, 2]);
});
