import type { FeatureHistogram } from '../../../shared/resultCharts';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';

/** Bins of a number. By eye: as many as a small chart can show. */
const mostBins = 60;

/** By eye: fewer show no shape. */
const fewestBins = 12;

/**
 * A histogram of every feature by cluster, of some rows of the table or (null) of all. Bins of numbers are equally wide, as narrow as the
 * cluster needs that wants the narrowest, by the rule of Scott (1979); of all rows together it would smooth over the
 * gaps between clusters. Whole numbers of a short range have a bin each.
 */
export function histograms(
  fit: Fit,
  { rows, features, scaling }: PreparedRows,
  some: Int32Array | null,
): FeatureHistogram[] {
  const { n, d, x, weight } = rows;
  const counted = some === null ? null : some.map((row) => fit.position[row] ?? -1).filter((i) => i >= 0);
  const k = fit.summary.specification.model.components;
  let number = 0;
  return features.map((kind, feature) => {
    if (kind.kind !== 'number') {
      const levels = kind.kind === 'category' ? kind.levels.length : 2;
      const counts = new Float64Array(k * levels);
      forEachRow((i) => {
        const level = x[i * d + feature];
        if (!Number.isNaN(level)) counts[fit.label[i] * levels + level] += weight?.[i] ?? 1;
      });
      return { feature, edges: new Float64Array(0), counts };
    }
    const place = number++;
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = scaling.mean[place] + scaling.sd[place] * x[i * d + feature];
    const edges = binEdges(values, narrowestWidth(fit, feature));
    const bins = edges.length - 1;
    const counts = new Float64Array(k * bins);
    const perBin = bins / (edges[bins] - edges[0]);
    forEachRow((i) => {
      if (Number.isNaN(values[i])) return;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((values[i] - edges[0]) * perBin)));
      counts[fit.label[i] * bins + bin] += weight?.[i] ?? 1;
    });
    return { feature, edges, counts };
  });

  function forEachRow(count: (i: number) => void): void {
    if (counted !== null) counted.forEach(count);
    else for (let i = 0; i < n; i++) count(i);
  }
}

function binEdges(values: Float64Array, width: number): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  let isWhole = true;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    isWhole &&= Number.isNaN(value) || Number.isInteger(value);
  }
  if (low > high) return Float64Array.of(0, 1);
  if (low === high) return Float64Array.of(low - 0.5, low + 0.5);
  // A bin for each whole number, or no gaps would be seen but those of the bins.
  if (isWhole && high - low < mostBins)
    return Float64Array.from({ length: high - low + 2 }, (_, at) => low - 0.5 + at);
  const bins = Math.min(mostBins, Math.max(fewestBins, Math.ceil((high - low) / width)));
  return Float64Array.from({ length: bins + 1 }, (_, at) => low + (at / bins) * (high - low));
}

/** Scott's width for the cluster that wants the narrowest bins, of those with rows enough to have a shape. */
function narrowestWidth(fit: Fit, feature: number): number {
  const { profiles } = fit.summary;
  const widths = profiles.flatMap(({ rows, sd }) =>
    rows >= fewestBins && sd[feature] > 0 ? [(3.49 * sd[feature]) / Math.cbrt(rows)] : [],
  );
  return Math.min(...widths);
}
