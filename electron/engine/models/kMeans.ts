import type { ModelSpecification } from '../../../shared/model';
import { ok } from '../../../shared/result';
import type { Kernels } from '../../kernels/kernels';
import type { FeatureSpace } from '../featureSpace';
import { labelledObservedSums, nearestObservedCentres } from '../../kernels/reference/observedCells';
import { givenShare } from '../givenMemberships';
import type { ImputedCell, LatentModel, Rows } from '../model';

/** Rows worked at once, so that their distances and labels stay in the cache. By eye. */
const blockRows = 512;

/**
 * k-means: each row belongs to its nearest centre, each centre is the mean of its rows. The same loop as EM with
 * memberships of zero and one; the objective is minus the distortion J = sum_i w_i |x_i - centre|^2.
 *
 * A missing cell takes part in nothing: J = sum_i w_i sum_a (x_ia - centre_a)^2 over the observed cells, and a centre's
 * coordinate is the mean of those of its rows. Neither step can raise J. A row without any cell is at distance 0 from
 * all centres and belongs to the first.
 *
 * Source: Lloyd (1982); Bishop (2006), section 9.1, eq. 9.1 to 9.4; missing cells: Chi, Chi and Baraniuk (2016),
 * "k-POD", eq. 2, of which this is the minimum over assignments and means in turn.
 */
export function kMeans(
  specification: Extract<ModelSpecification, { family: 'kmeans' }>,
  space: FeatureSpace,
  kernels: Kernels,
): LatentModel {
  const k = specification.components;
  const d = space.length;
  // Of as many rows as were worked at once so far: models of small tables are made by the thousand.
  let label = new Int32Array(0);
  let distance = new Float64Array(0);
  const count = new Float64Array(k);

  const findNearest = ({ x, hasMissing }: Rows, from: number, to: number, mean: Float64Array): void => {
    if (label.length < to - from) {
      label = new Int32Array(to - from);
      distance = new Float64Array(to - from);
    }
    if (hasMissing === true) nearestObservedCentres(x, from, to, d, mean, k, label, distance);
    else kernels.nearestCentres(x, from, to, d, mean, k, label, distance);
  };

  return {
    name: 'kmeans',
    specification,
    space,
    components: k,
    features: d,
    capabilities: {
      policies: ['hard'],
      objective: 'negativeDistortion',
      emptyComponents: 'refill',
      exchangesRows: true,
      online: 'counted',
      explores: false,
      partialMStep: false,
      conditionalSteps: [],
    },
    shape: {
      mean: [
        { of: 'component', length: k },
        { of: 'feature', length: d },
      ],
    },

    /** `observed`: the weight of rows whose cell is, by component and feature; without missing cells, `weight`. */
    emptyStats: () => ({
      weight: new Float64Array(k),
      sum: new Float64Array(k * d),
      observed: new Float64Array(k * d),
    }),

    accumulate(params, rows, from, to, _policy, stats) {
      const weight = rows.weight ?? null;
      const { sum, observed } = stats;
      let distortion = 0;
      count.fill(0);
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        findNearest(rows, start, end, params.mean);
        if (rows.hasMissing === true)
          labelledObservedSums(rows.x, start, end, d, label, weight, count, sum, observed);
        else kernels.labelledSums(rows.x, start, end, d, label, weight, count, sum);
        for (let i = start; i < end; i++)
          distortion += (weight === null ? 1 : weight[i]) * distance[i - start];
      }
      for (let j = 0; j < k; j++) {
        stats.weight[j] += count[j];
        if (rows.hasMissing !== true) for (let a = 0; a < d; a++) observed[j * d + a] += count[j];
      }
      // Adding zero turns the -0 of a perfect fit into 0.
      const objective = -distortion + 0;
      return { logLikelihood: objective, bound: objective, objective };
    },

    accumulateGiven(given, rows, from, to, _origin, stats) {
      for (let i = from; i < to; i++) {
        for (let j = 0; j < k; j++) {
          const share = givenShare(given, i - from, j, k) * (rows.weight?.[i] ?? 1);
          if (share === 0) continue;
          stats.weight[j] += share;
          for (let a = 0; a < d; a++) {
            const value = rows.x[i * d + a];
            if (Number.isNaN(value)) continue;
            stats.sum[j * d + a] += share * value;
            stats.observed[j * d + a] += share;
          }
        }
      }
    },

    logPrior: () => 0,

    /** Minus what the distortion is more than at `origin`, for the same clusters: the rest cancels in a difference. */
    expectedLogJoint(params, stats, origin) {
      let fall = 0;
      for (let j = 0; j < k; j++) {
        for (let a = 0; a < d; a++) {
          const at = j * d + a;
          const shift = params.mean[at] - origin.mean[at];
          const weight = stats.observed[at];
          fall += shift * (2 * (stats.sum[at] - weight * origin.mean[at]) - weight * shift);
        }
      }
      return fall;
    },

    recentre: (stats) => stats,

    /**
     * A centre without rows stays where it was, as does a coordinate that none of its rows has;
     * `drive/emptyComponents` has given it a row if there is one.
     */
    maximise(stats, previous) {
      const mean = new Float64Array(k * d);
      for (let j = 0; j < k; j++) {
        for (let a = 0; a < d; a++) {
          const at = j * d + a;
          mean[at] = stats.observed[at] > 0 ? stats.sum[at] / stats.observed[at] : previous.mean[at];
        }
      }
      return ok({ mean });
    },

    parameterCount: () => k * d,

    /** The coordinates of a row's centre, which have no spread: k-means is no density. */
    impute(params, rows, from, to) {
      const cells: ImputedCell[] = [];
      for (let row = from; row < to; row++) {
        const own = rows.x.subarray(row * d, (row + 1) * d);
        if (!own.some(Number.isNaN)) continue;
        findNearest(rows, row, row + 1, params.mean);
        for (let feature = 0; feature < d; feature++)
          if (Number.isNaN(own[feature]))
            cells.push({ row, feature, value: params.mean[label[0] * d + feature], spread: NaN });
      }
      return cells;
    },

    kernels,

    likelihood: null,

    posterior(params, rows, from, to, out, logDensity) {
      out.fill(0, 0, (to - from) * k);
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        findNearest(rows, start, end, params.mean);
        for (let i = start; i < end; i++) {
          out[(i - from) * k + label[i - start]] = 1;
          logDensity[i - from] = -distance[i - start];
        }
      }
    },
  };
}
