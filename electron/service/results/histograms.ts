import type { FeatureHistogram } from '../../../shared/resultCharts';
import type { Fit } from '../fits';
import type { PreparedRows } from '../prepareRows';

/** Bins of a number. By eye: as many as a small chart can show. */
const mostBins = 60;

/**
 * A histogram of every feature by cluster. Bins of numbers are equally wide; as many as the rule of Freedman and
 * Diaconis (1981) gives for all rows, at most 60, at least what whole numbers of a short range need.
 */
export function histograms(fit: Fit, { rows, features, scaling }: PreparedRows): FeatureHistogram[] {
  const { n, d, x, weight } = rows;
  const k = fit.summary.specification.model.components;
  let number = 0;
  return features.map((kind, feature) => {
    if (kind.kind !== 'number') {
      const levels = kind.kind === 'category' ? kind.levels.length : 2;
      const counts = new Float64Array(k * levels);
      for (let i = 0; i < n; i++) {
        const level = x[i * d + feature];
        if (!Number.isNaN(level)) counts[fit.label[i] * levels + level] += weight?.[i] ?? 1;
      }
      return { feature, edges: new Float64Array(0), counts };
    }
    const place = number++;
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = scaling.mean[place] + scaling.sd[place] * x[i * d + feature];
    const edges = binEdges(values);
    const bins = edges.length - 1;
    const counts = new Float64Array(k * bins);
    const perBin = bins / (edges[bins] - edges[0]);
    for (let i = 0; i < n; i++) {
      if (Number.isNaN(values[i])) continue;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((values[i] - edges[0]) * perBin)));
      counts[fit.label[i] * bins + bin] += weight?.[i] ?? 1;
    }
    return { feature, edges, counts };
  });
}

function binEdges(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return Float64Array.of(0, 1);
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (low === high) return Float64Array.of(low - 0.5, low + 0.5);
  const quarter = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
  const width = (2 * (quarter(0.75) - quarter(0.25))) / Math.cbrt(sorted.length);
  const wanted = width > 0 ? Math.ceil((high - low) / width) : mostBins;
  const isWhole = sorted.every(Number.isInteger);
  // A bin for each whole number, or no gaps would be seen but those of the bins.
  if (isWhole && high - low < mostBins)
    return Float64Array.from({ length: high - low + 2 }, (_, at) => low - 0.5 + at);
  const bins = Math.min(mostBins, Math.max(5, wanted));
  return Float64Array.from({ length: bins + 1 }, (_, at) => low + (at / bins) * (high - low));
}
