import type { BenchData } from '../benchData';
import { draw } from '../benchData';
import type { BenchmarkSet } from '../benchmarkSet';

const iterations = 20;
const n = 100_000;
const d = 50;
const k = 5;

/** Yes/no answers of eight groups that lean a little to either side, for five components; the start leans less. */
const answers: BenchData = {
  name: 'bA',
  n,
  d,
  k,
  seed: 1,
  make(random) {
    const shares = [0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1];
    const probability = Float64Array.from({ length: shares.length * d }, () => 0.3 + 0.4 * random.uniform());
    const x = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      const group = draw(shares, random.uniform());
      for (let a = 0; a < d; a++) x[i * d + a] = random.uniform() < probability[group * d + a] ? 1 : 0;
    }
    return { x, centres: Float64Array.from({ length: k * d }, () => 0.25 + 0.5 * random.uniform()) };
  },
};

/** Bernoulli mixtures against EM in numpy, matrix products throughout. */
export const bernoulliSets: readonly BenchmarkSet[] = [
  {
    name: 'bA-bernoulli',
    data: answers,
    model: {
      family: 'bernoulli',
      components: k,
      weights: 'free',
      probabilities: 'perColumn',
      smallestProbability: 1e-9,
      prior: { weights: 1, probability: { a: 1, b: 1 } },
    },
    space: Array.from({ length: d }, () => ({ kind: 'yesNo' }) as const),
    run: { maxIterations: iterations },
    peer: { program: 'numpyBernoulli.py', kind: 'bernoulli' },
    iterations,
    start: ({ centres }) => ({
      parameters: {
        weights: new Array<number>(k).fill(1 / k),
        means: [],
        covariances: [],
        probabilities: Array.from({ length: k }, (_, j) => [...centres.subarray(j * d, (j + 1) * d)]),
        categories: [],
      },
    }),
    score: (outcome, rows) => outcome.trace[iterations - 1] / rows.n,
    tolerance: 1e-10,
    gate: 5,
    ambitious: 9,
    // As matrix products; tables need fewer, so the share may exceed the whole.
    multiplyAdds: 2 * n * d * k,
    bytes: n * Math.ceil(d / 8),
  },
];
