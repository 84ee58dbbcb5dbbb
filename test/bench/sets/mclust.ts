import { numberFeatures } from '../../../electron/engine/featureSpace';
import type { BenchmarkSet, Rows } from '../benchmarkSet';
import { gaussian, gaussianData } from './gaussian';

/** With free covariances EM stands still after twelve iterations of this data, and ours ends there. */
const iterations = { VVV: 10, VVI: 20, VII: 20 } as const;

/** Mixtures of Gaussians against mclust: every row begins with the nearest of k rows. */
export const mclustSets: readonly BenchmarkSet[] = (
  [
    ['VVV', 35, 60],
    ['VVI', 8, 15],
    ['VII', 8, 15],
  ] as const
).map(([structure, gate, ambitious]) => {
  const data = gaussianData.gA;
  return {
    name: `gA-${structure}`,
    data,
    model: gaussian(structure, data.k, 0),
    space: numberFeatures(data.d),
    run: { maxIterations: iterations[structure] - 1 },
    peer: { program: 'mclust.R', kind: structure },
    iterations: iterations[structure],
    start: (rows) => ({ labels: nearest(rows) }),
    score: (outcome, { n }) => outcome.objective / n,
    tolerance: 1e-10,
    gate,
    ambitious,
    multiplyAdds: data.n * data.k * (structure === 'VVV' ? 131 : 4 * data.d),
    bytes: 8 * data.n * data.d,
  };
});

function nearest({ x, n, d, centres, k }: Rows): number[] {
  return Array.from({ length: n }, (_, i) => {
    let best = 0;
    let least = Infinity;
    for (let j = 0; j < k; j++) {
      let s = 0;
      for (let a = 0; a < d; a++) s += (x[i * d + a] - centres[j * d + a]) ** 2;
      if (s < least) {
        least = s;
        best = j;
      }
    }
    return best;
  });
}
