import { numberFeatures } from '../../../electron/engine/featureSpace';
import { blobs, type BenchData } from '../benchData';
import type { BenchmarkSet } from '../benchmarkSet';
import { digits } from '../digits';

const blob = { isSheared: false } as const;

/** Data, iterations, and how many times faster than scikit-learn we must be and hope to be. */
const lines: readonly (readonly [BenchData, iterations: number, gate: number, ambitious: number])[] = [
  [blobs({ ...blob, name: 'kA', n: 1_000_000, d: 2, groups: 12, k: 8, spread: 2.5, seed: 1 }), 50, 7, 12],
  [blobs({ ...blob, name: 'kB', n: 1_000_000, d: 10, groups: 24, k: 16, spread: 6, seed: 1 }), 30, 3, 5],
  [blobs({ ...blob, name: 'kC', n: 100_000, d: 64, groups: 96, k: 64, spread: 8, seed: 1 }), 20, 1.8, 3],
  [digits({ name: 'kD', n: 60_000, seed: 1 }), 10, 3.5, 6],
  [blobs({ ...blob, name: 'kE', n: 10_000_000, d: 3, groups: 24, k: 16, spread: 3, seed: 1 }), 10, 3, 8],
  [blobs({ ...blob, name: 'kF', n: 100_000, d: 10, groups: 8, k: 8, spread: 5, seed: 1 }), 20, 4, 6],
];

const common = ({ data, iterations }: { data: BenchData; iterations: number }) =>
  ({
    data,
    model: { family: 'kmeans', components: data.k },
    space: numberFeatures(data.d),
    iterations,
    score: (outcome) => -outcome.objective,
    multiplyAdds: data.n * data.k * data.d,
    bytes: 8 * data.n * data.d,
  }) as const satisfies Partial<BenchmarkSet>;

/** k-means from given centres against scikit-learn's Lloyd. */
const given: readonly BenchmarkSet[] = lines.map(([data, iterations, gate, ambitious]) => ({
  ...common({ data, iterations }),
  name: data.name,
  run: { maxIterations: iterations },
  peer: { program: 'scikitLearn.py', kind: 'kmeans' },
  start: ({ centres, k, d }) => ({
    centres: Array.from({ length: k }, (_, j) => [...centres.subarray(j * d, (j + 1) * d)]),
  }),
  tolerance: 1e-9,
  gate,
  ambitious,
}));

/** A whole fit: ten starts by greedy k-means++, each to its end. Both sides draw starts of their own. */
const whole: BenchmarkSet = {
  ...common({ data: lines[5][0], iterations: 300 }),
  name: 'kF-restarts',
  run: { maxIterations: 300, restarts: 10, tolerance: 1e-6 },
  hasOwnStarts: true,
  peer: { program: 'scikitLearn.py', kind: 'kmeans10' },
  start: () => ({ method: 'kmeans++' }),
  // One start in five, of either side, finds the best optimum; the next is 1.3 % worse.
  tolerance: 2e-2,
  gate: 4,
  ambitious: 8,
};

export const kMeansSets: readonly BenchmarkSet[] = [...given, whole];
