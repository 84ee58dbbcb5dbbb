import type { ColumnSummary } from '../../shared/table';

const histogramBins = 24; // by eye: fits a column card
const mostDistinct = 10_000;
const largestHash = 1 << 15; // a power of two, well above mostDistinct

/** Statistics of the values that are not NaN; null when there are none. */
export function numericSummary(values: Float64Array): ColumnSummary['numeric'] {
  const kept = new Float64Array(values.length);
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let carry = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    kept[count++] = value;
    if (value < min) min = value;
    if (value > max) max = value;
    // Compensated sum (Neumaier 1974): a million values keep their last digits.
    const next = sum + value;
    carry += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  if (count === 0) return null;
  const first = kept[0];
  const readable = kept.subarray(0, count);
  const total = Number.isFinite(sum + carry) ? sum + carry : sum;
  // Means of very large values must not overflow on the way.
  const mean = Number.isFinite(total) ? total / count : overflowingMean(readable);
  const range = max - min;
  const perUnit = histogramBins / range;
  const hasBins = range > 0 && Number.isFinite(perUnit) && perUnit > 0;
  const histogram = new Array<number>(hasBins ? histogramBins : 1).fill(hasBins ? 0 : count);
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const value = readable[index];
    const deviation = value - mean;
    squares += deviation * deviation;
    if (hasBins) histogram[Math.min(histogramBins - 1, Math.floor((value - min) * perUnit))] += 1;
  }
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  return {
    first,
    min,
    max,
    sum: Number.isFinite(total) ? total : Math.sign(mean) * Number.MAX_VALUE,
    mean,
    sd: Number.isFinite(sd) ? sd : Number.MAX_VALUE,
    median: median(readable),
    histogram,
  };
}

function overflowingMean(values: Float64Array): number {
  return values.reduce((mean, value) => mean + value / values.length, 0);
}

/**
 * The median of values without NaN, which are reordered: Hoare's selection (1961) with the middle of three places as
 * pivot. The places jump about, by a fixed sequence, because values of a table are often nearly in order.
 */
function median(values: Float64Array): number {
  const middle = values.length >> 1;
  select(values, middle);
  const upper = values[middle];
  if (values.length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let index = 0; index < middle; index++) lower = Math.max(lower, values[index]);
  return lower / 2 + upper / 2;
}

function select(values: Float64Array, wanted: number): void {
  let low = 0;
  let high = values.length - 1;
  let state = 1;
  const pick = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' congruential generator
    return values[low + Math.floor((state / 2 ** 32) * (high - low + 1))];
  };
  while (low < high) {
    const a = pick();
    const b = pick();
    const c = pick();
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left];
      values[left++] = values[right];
      values[right--] = swapped;
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else return;
  }
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
