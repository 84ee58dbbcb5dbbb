import type { FeatureHistogram } from '../../../shared/resultCharts';
import type { Fit } from '../fits';
import type { PreparedRows } from '../prepareRows';

/** Bins of a number. By eye: as many as a small chart can show. */
const mostBins = 60;

/** Values that quartiles are taken of; enough for the width of a bin. */
const mostSampled = 16_384;

/**
 * A histogram of every feature by cluster, of some rows of the table or (null) of all. Bins of numbers are equally wide; as many as the rule of Freedman and
 * Diaconis (1981) gives for all rows, at most 60, at least what whole numbers of a short range need.
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
    const edges = binEdges(values);
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

function binEdges(values: Float64Array): Float64Array {
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
  const width = usualWidth(values);
  const bins = width > 0 ? Math.min(mostBins, Math.max(5, Math.ceil((high - low) / width))) : mostBins;
  return Float64Array.from({ length: bins + 1 }, (_, at) => low + (at / bins) * (high - low));
}

/** 2 (interquartile range) n^(-1/3), the range from a sample spread over the rows. */
function usualWidth(values: Float64Array): number {
  const step = Math.ceil(values.length / mostSampled);
  const sample = values.filter((value, i) => i % step === 0 && !Number.isNaN(value)).sort();
  const quantile = (share: number): number => sample[Math.floor(share * (sample.length - 1))];
  return (2 * (quantile(0.75) - quantile(0.25))) / Math.cbrt(values.length);
}
