import type { ColumnSummary } from '../../../shared/table';
import { fineBin, median } from './median';

const histogramBins = 24; // by eye: fits a column card
/** A power of two, so that a bin of the histogram is exactly so many fine bins. By taste. */
const fineBinsPerBin = 64;
const mostDistinct = 10_000;
const largestHash = 1 << 15; // a power of two, well above mostDistinct

/** Statistics of the values that are not NaN; null when there are none. */
export function numericSummary(values: Float64Array): ColumnSummary['numeric'] {
  let first = NaN;
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let carry = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    count += 1;
    if (value < min) min = value;
    if (value > max) max = value;
    // Compensated sum (Neumaier 1974): a million values keep their last digits.
    const next = sum + value;
    carry += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  if (count === 0) return null;
  const total = Number.isFinite(sum + carry) ? sum + carry : sum;
  // Means of very large values must not overflow on the way.
  const mean = Number.isFinite(total) ? total / count : overflowingMean(values, count);
  const perUnit = (histogramBins / (max - min)) * fineBinsPerBin;
  const hasBins = max > min && Number.isFinite(perUnit) && perUnit > 0;
  const lastBin = histogramBins * fineBinsPerBin - 1;
  const counts = new Int32Array(hasBins ? lastBin + 1 : 0);
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    const deviation = value - mean;
    squares += deviation * deviation;
    if (hasBins) counts[Math.min(lastBin, fineBin(value, min, perUnit))] += 1;
  }
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  return {
    first,
    min,
    max,
    sum: Number.isFinite(total) ? total : Math.sign(mean) * Number.MAX_VALUE,
    mean,
    sd: Number.isFinite(sd) ? sd : Number.MAX_VALUE,
    median: median(values, count, hasBins ? { counts, min, perUnit } : null),
    histogram: hasBins ? histogramOf(counts) : [count],
  };
}

function histogramOf(fineCounts: Int32Array): number[] {
  const histogram = new Array<number>(histogramBins).fill(0);
  fineCounts.forEach((count, bin) => (histogram[Math.floor(bin / fineBinsPerBin)] += count));
  return histogram;
}

function overflowingMean(values: Float64Array, count: number): number {
  return values.reduce((mean, value) => (Number.isNaN(value) ? mean : mean + value / count), 0);
}

/** Different values among those that are not NaN, counted up to a limit. */
export function countDistinct(values: Float64Array): { distinct: number; isLowerBound: boolean } {
  let hashSize = 16;
  while (hashSize < largestHash && hashSize < 2 * values.length) hashSize *= 2;
  const table = new Float64Array(hashSize).fill(NaN);
  const bits = new Int32Array(1 << 1);
  const probe = new Float64Array(bits.buffer);
  let distinct = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    probe[0] = value;
    let slot = hash(bits[0], bits[1]) & (hashSize - 1);
    for (;;) {
      const found = table[slot];
      if (found === value) break;
      if (Number.isNaN(found)) {
        if (distinct === mostDistinct) return { distinct, isLowerBound: true };
        table[slot] = value;
        distinct += 1;
        break;
      }
      slot = (slot + 1) & (hashSize - 1);
    }
  }
  return { distinct, isLowerBound: false };
}

function hash(low: number, high: number): number {
  let mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0xc2b2ae35) >>> 17;
}
