/** Values that ends of bins are chosen from, and bins: by measurement enough that few values share a bin. */
const mostSampled = 8192;
const mostBins = 1024;

const cells = 4096; // a few for each bin, so that most values are one look away from theirs

/**
 * Where bins of about equal content end, ascending and distinct values of the column: bin b holds
 * ends[b - 1] <= value < ends[b]. Missing cells (NaN) are passed over.
 */
export function binEnds(values: Float64Array): Float64Array {
  const step = Math.ceil(values.length / mostSampled);
  const sample: number[] = [];
  for (let i = 0; i < values.length; i += step) if (!Number.isNaN(values[i])) sample.push(values[i]);
  const sorted = Float64Array.from(sample).sort();
  const bins = Math.min(mostBins, sorted.length);
  const ends: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const end = sorted[Math.floor((bin * sorted.length) / bins)];
    if (end > sorted[0] && end !== ends.at(-1)) ends.push(end);
  }
  return Float64Array.from(ends);
}

/** Finds the bin of a value: how many ends are not above it. */
export function binFinder(ends: Float64Array): (value: number) => number {
  const low = ends[0] ?? 0;
  const high = ends.at(-1) ?? 0;
  const scale = high > low ? cells / (high - low) : 0;
  /** Of each cell of an even grid over the ends, a bin that is not past any value in it. */
  const first = Uint16Array.from({ length: cells + 1 }, (_, cell) =>
    // Half a cell early, so that rounding cannot make it too late.
    scale > 0 ? countUpTo(ends, low + (cell - 0.5) / scale) : 0,
  );
  return (value) => {
    if (!(value >= low)) return 0;
    if (value >= high) return ends.length;
    let bin = first[Math.floor((value - low) * scale)];
    let steps = 0;
    while (bin < ends.length && ends[bin] <= value) {
      // Ends that crowd in one cell are halved instead.
      if (++steps > 8) return countUpTo(ends, value);
      bin++;
    }
    return bin;
  };
}

/** How many of the ascending `ends` are not above `value`. */
export function countUpTo(ends: Float64Array, value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
