import type { FitFeature } from '../../../shared/features';
import type { Separation } from '../../../shared/results';
import {
  entropy,
  informationBins,
  mergeRows,
  mutualInformation,
} from '../../engine/results/mutualInformation';
import { fillBins, quantiles } from '../../engine/results/quantileBins';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import { clusterSizes } from '../../engine/clusterSizes';
import { goesOn, type Work } from './work';

const quarters = [0.25, 0.5, 0.75] as const;

/**
 * How much each feature separates the clusters of a fit, by mutual information with the cluster, rows counted by
 * membership and weight; numbers are cut into bins of about equal weight. And the quartiles of numbers. null: `work` was
 * stopped.
 */
export async function separation(fit: Fit, prepared: PreparedRows, work: Work): Promise<Separation | null> {
  const { memberships } = fit;
  const { rows, scaling } = prepared;
  const { n, d, weight } = rows;
  const k = fit.summary.specification.model.components;
  const quartiles = Array.from({ length: k }, () => new Float64Array(3 * d).fill(NaN));
  const overallQuartiles = new Float64Array(3 * d).fill(NaN);
  const features: Separation['features'] = [];
  let number = 0;

  for (const [feature, { kind }] of prepared.features.entries()) {
    if (!(await goesOn(work, feature / d))) return null;
    const values = columnOf(rows.x, n, d, feature);
    if (kind !== 'number') {
      features.push({ feature, bits: levelBits(values, prepared.features[feature], memberships, k, weight) });
      continue;
    }
    const bins = fillBins(values, memberships, k, weight);
    const total = bins.mass.reduce((sum, mass) => sum + mass, 0);
    const bits = mutualInformation(mergeRows(bins.mass, k, informationBins(total)), k);
    features.push({ feature, bits });
    const place = number++;
    const inFileUnits = (value: number): number => scaling.mean[place] + scaling.sd[place] * value;
    const own = quantiles(values, memberships, k, weight, bins, quarters).map(inFileUnits);
    quartiles.forEach((into, cluster) => into.set(own.subarray(3 * cluster, 3 * cluster + 3), 3 * feature));
    overallQuartiles.set(own.subarray(3 * k), 3 * feature);
  }
  return {
    clusterBits: entropy(clusterSizes(memberships, n, k, weight)),
    features: features.sort((a, b) => b.bits - a.bits || a.feature - b.feature),
    overallQuartiles,
    quartiles,
  };
}

/** Column j of an n x d matrix. */
export function columnOf(x: Float64Array, n: number, d: number, j: number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = x[i * d + j];
  return values;
}

function levelBits(
  values: Float64Array,
  feature: FitFeature,
  memberships: Float64Array,
  k: number,
  weight: Float64Array | undefined,
): number {
  const levels = feature.kind === 'category' ? feature.levels.length : 2;
  const counts = new Float64Array(levels * k);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const w = weight ? weight[i] : 1;
    for (let j = 0; j < k; j++) counts[values[i] * k + j] += w * memberships[i * k + j];
  }
  return mutualInformation(counts, k);
}
