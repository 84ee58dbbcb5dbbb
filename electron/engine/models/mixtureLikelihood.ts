import type { FeatureSpace } from '../featureSpace';
import type { Likelihood, Params } from '../model';
import { toLog } from '../numeric/logit';
import type { PlacedPart } from './mixture';

/** Sampling, moments and free parameters of a mixture of k components, from those of its parts. */
export function mixtureLikelihood(
  space: FeatureSpace,
  k: number,
  hasFreeWeights: boolean,
  placed: readonly PlacedPart[],
): Likelihood {
  const d = space.length;
  const widths = space.map((feature) => (feature.kind === 'category' ? feature.levels : 1));
  const starts = widths.map((_, feature) => widths.slice(0, feature).reduce((sum, width) => sum + width, 0));
  const size = widths.reduce((sum, width) => sum + width, 0);

  /** Coordinates of a part's features among all. */
  const coordinatesOf = (columns: readonly number[] | null): number[] =>
    (columns ?? space.map((_, feature) => feature)).flatMap((feature) =>
      Array.from({ length: widths[feature] }, (_, level) => starts[feature] + level),
    );

  return {
    sample(params, n, random) {
      const x = new Float64Array(n * d);
      for (let i = 0; i < n; i++) {
        const j = drawComponent(params.weight, random.uniform());
        for (const { part, columns } of placed) {
          const own = new Float64Array(part.d);
          part.sample(params, j, random, own, 0);
          for (let a = 0; a < part.d; a++) x[i * d + (columns?.[a] ?? a)] = own[a];
        }
      }
      return x;
    },

    moments(params) {
      const mean = new Float64Array(size);
      const covariance = new Float64Array(size * size);
      const centres = Array.from({ length: k }, () => new Float64Array(size));
      for (const { part, columns } of placed) {
        const at = coordinatesOf(columns);
        for (let j = 0; j < k; j++) {
          const own = part.moments(params, j);
          for (const [a, p] of at.entries()) {
            centres[j][p] = own.mean[a];
            mean[p] += params.weight[j] * own.mean[a];
            for (const [b, q] of at.entries())
              covariance[p * size + q] += params.weight[j] * own.covariance[a * at.length + b];
          }
        }
      }
      for (let j = 0; j < k; j++)
        for (let p = 0; p < size; p++)
          for (let q = 0; q < size; q++)
            covariance[p * size + q] +=
              params.weight[j] * (centres[j][p] - mean[p]) * (centres[j][q] - mean[q]);
      return { mean, covariance };
    },

    toFree(params) {
      const free = hasFreeWeights ? Array.from(params.weight, toLog) : [];
      for (const { part } of placed) part.toFree(params, free);
      return Float64Array.from(free);
    },

    fromFree(free, like) {
      const weight = hasFreeWeights ? weightsOf(free.subarray(0, k)) : like.weight;
      if (weight === null) return null;
      let params: Params = { ...like, weight };
      let offset = hasFreeWeights ? k : 0;
      for (const { part } of placed) {
        const own = part.fromFree(free, offset, like);
        if (own === null) return null;
        params = { ...params, ...own.params };
        offset = own.offset;
      }
      return params;
    },
  };
}

/** Shares from their logarithms but for a constant; null where they are not numbers. */
function weightsOf(logs: Float64Array): Float64Array | null {
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const raw = logs.map((value) => Math.exp(value - most));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return total > 0 && Number.isFinite(total) ? raw.map((value) => value / total) : null;
}

/** The last with a weight takes what rounding leaves over. */
function drawComponent(weight: Float64Array, uniform: number): number {
  let target = uniform;
  let last = 0;
  for (let j = 0; j < weight.length; j++) {
    if (target < weight[j]) return j;
    target -= weight[j];
    if (weight[j] > 0) last = j;
  }
  return last;
}
