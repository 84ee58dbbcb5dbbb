import type { BenchmarkSet } from '../benchmarkSet';
import { bernoulliSets } from './bernoulli';
import { gaussianSets } from './gaussian';
import { kMeansSets } from './kMeans';
import { mclustSets } from './mclust';

/** Every line of the benchmark, in the order they are run. A new one is a file here and its name in this list. */
export const benchmarkSets: readonly BenchmarkSet[] = [
  ...kMeansSets,
  ...gaussianSets,
  ...mclustSets,
  ...bernoulliSets,
];
