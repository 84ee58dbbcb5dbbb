import type { SilhouettePlot } from '../../../shared/resultCharts';
import { createRandom } from '../../engine/numeric/random';
import { silhouette } from '../../engine/selection/silhouette';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';

/** Up to so many rows are compared each with every other: about a second. */
const mostRows = 10_000;

/** The silhouette widths of a fit's rows; null where there are none: one cluster, or no number. */
export function silhouettePlot(fit: Fit, { rows, space, tableRow }: PreparedRows): SilhouettePlot | null {
  const k = fit.summary.specification.model.components;
  const random = createRandom(fit.summary.specification.run.seed, 'silhouette');
  const found = silhouette(rows, space, fit.label, k, { most: mostRows, random });
  if (found === null) return null;
  const cluster = found.row.map((i) => fit.label[i]);
  const sums = new Float64Array(k);
  const weights = new Float64Array(k);
  found.row.forEach((i, at) => {
    const weight = rows.weight?.[i] ?? 1;
    sums[cluster[at]] += weight * found.width[at];
    weights[cluster[at]] += weight;
  });
  return {
    value: found.value,
    standardError: found.standardError,
    row: found.row.map((i) => tableRow[i]),
    cluster,
    width: found.width,
    byCluster: Array.from(sums, (sum, j) => sum / weights[j]),
  };
}
