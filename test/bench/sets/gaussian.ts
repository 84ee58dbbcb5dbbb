import { numberFeatures } from '../../../electron/engine/featureSpace';
import type { CovarianceStructure } from '../../../shared/model';
import { blobs } from '../benchData';
import type { BenchmarkSet, Rows } from '../benchmarkSet';

const iterations = 20;
const ridge = 1e-6;

/** More groups than components: with as many, EM stands still before its iterations are done. */
const shared = { spread: 2.5, isSheared: true } as const;
export const gaussianData = {
  gA: blobs({ ...shared, name: 'gA', n: 100_000, d: 10, groups: 12, k: 8, seed: 1 }),
  gB: blobs({ ...shared, name: 'gB', n: 1_000_000, d: 5, groups: 12, k: 8, seed: 1 }),
  gC: blobs({ ...shared, name: 'gC', n: 20_000, d: 50, groups: 10, k: 10, seed: 1, spread: 3 }),
};

/** Multiply-adds of one row under one component, E-step and M-step, exponentials left out. */
const perPair = {
  full: (d: number) => (d * (d + 1)) / 2 + d + ((d + 1) * (d + 2)) / 2,
  tied: (d: number) => 2 * d,
  diag: (d: number) => 4 * d,
  spherical: (d: number) => 2 * d + 1,
};

const structures = { full: 'VVV', tied: 'EEE', diag: 'VVI', spherical: 'VII' } as const;

/** scikit-learn's covariance types, with what must be and what may be reached on gB, gA and gC. */
const targets = {
  full: { gB: [16, 25], gA: [8, 14], gC: [2, 3.5] },
  diag: { gB: [10, 16], gA: [5, 9], gC: [2.2, 4] },
  spherical: { gB: [11, 18], gA: [7, 12], gC: [3.5, 6] },
  tied: { gB: [20, 30], gA: [14, 22], gC: [9, 14] },
} as const;

/** Mixtures of Gaussians against scikit-learn: equal weights, k rows as means, the covariance of all rows. */
export const gaussianSets: readonly BenchmarkSet[] = (['full', 'diag', 'spherical', 'tied'] as const).flatMap(
  (type) =>
    (['gB', 'gA', 'gC'] as const).map((name) => {
      const data = gaussianData[name];
      const [gate, ambitious] = targets[type][name];
      return {
        name: `${name}-${type}`,
        data,
        model: gaussian(structures[type], data.k, ridge),
        space: numberFeatures(data.d),
        run: { maxIterations: iterations },
        peer: { program: 'scikitLearn.py', kind: type },
        iterations,
        start: (rows) => ({ parameters: overallStart(rows, type) }),
        // scikit-learn reports the likelihood its last M-step began from.
        score: (outcome, { n }) => outcome.trace[iterations - 1] / n,
        tolerance: 1e-10,
        gate,
        ambitious,
        multiplyAdds: data.n * data.k * perPair[type](data.d),
        bytes: 8 * data.n * data.d,
      };
    }),
);

export function gaussian(covariance: CovarianceStructure, components: number, ridge: number) {
  return {
    family: 'gaussian',
    covariance,
    components,
    weights: 'free',
    sd: 1,
    ridge,
    prior: { weights: 1 },
  } as const satisfies BenchmarkSet['model'];
}

/** Rows as means, and one covariance for all: that of all rows, as much of it as the structure can hold. */
function overallStart({ x, n, d, centres, k }: Rows, type: keyof typeof structures) {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) mean[a] += x[i * d + a] / n;
  const covariance = Array.from({ length: d }, () => new Array<number>(d).fill(0));
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++)
        covariance[a][b] += ((x[i * d + a] - mean[a]) * (x[i * d + b] - mean[b])) / n;
  const isAlongAxes = type === 'diag' || type === 'spherical';
  const meanVariance = covariance.reduce((sum, row, a) => sum + row[a], 0) / d + ridge;
  const own = covariance.map((row, a) =>
    row.map((_, b) => {
      if (a !== b) return isAlongAxes ? 0 : covariance[Math.max(a, b)][Math.min(a, b)];
      return type === 'spherical' ? meanVariance : row[a] + ridge;
    }),
  );
  return {
    weights: new Array<number>(k).fill(1 / k),
    means: Array.from({ length: k }, (_, j) => [...centres.subarray(j * d, (j + 1) * d)]),
    covariances: new Array<number[][]>(k).fill(own),
    probabilities: [],
    categories: [],
  };
}
