/** Bins that the values are counted into to find the one with the median. A multiple of those of the histogram. */
export interface FineBins {
  /** How many values each bin holds. */
  readonly counts: Int32Array;
  readonly min: number;
  /** Bins per unit of the values. */
  readonly perUnit: number;
}

/**
 * The bin of a value at least `min`, without a limit above. Never decreases when the value grows, whatever is rounded on
 * the way. Loops pass the facts one by one, because that is measurably faster than an object.
 */
export const fineBin = (value: number, min: number, perUnit: number): number => ((value - min) * perUnit) | 0;

/** The median of the `count` > 0 values that are not NaN. `bins`: all of them counted; null: they cannot be binned. */
export function median(values: Float64Array, count: number, bins: FineBins | null): number {
  const upperRank = count >> 1;
  const lowerRank = (count - 1) >> 1;
  const { kept, below } =
    bins === null
      ? { kept: readable(values, count), below: 0 }
      : valuesAround(values, lowerRank, upperRank, bins);
  select(kept, upperRank - below);
  const upper = kept[upperRank - below];
  if (lowerRank === upperRank) return upper;
  let lower = -Infinity;
  for (let index = 0; index < upperRank - below; index++) lower = Math.max(lower, kept[index]);
  // Halves of the smallest numbers would be rounded.
  return lower === upper ? upper : lower / 2 + upper / 2;
}

function readable(values: Float64Array, count: number): Float64Array {
  const kept = new Float64Array(count);
  let index = 0;
  for (const value of values) if (!Number.isNaN(value)) kept[index++] = value;
  return kept;
}

/** The values of the bins that hold two neighbouring ranks, and how many values are in the bins below. */
function valuesAround(
  values: Float64Array,
  lowerRank: number,
  upperRank: number,
  bins: FineBins,
): { kept: Float64Array; below: number } {
  const { counts } = bins;
  let below = 0;
  let first = 0;
  while (below + counts[first] <= lowerRank) below += counts[first++];
  let through = below + counts[first];
  let last = first;
  while (through <= upperRank) through += counts[++last];
  const { min, perUnit } = bins;
  // The last bin holds what rounding would put behind it.
  const end = last === counts.length - 1 ? Infinity : last + 1;
  const kept = new Float64Array(through - below);
  let index = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const bin = fineBin(value, min, perUnit);
    if (bin >= first && bin < end && !Number.isNaN(value)) kept[index++] = value;
  }
  return { kept, below };
}

/**
 * Puts the value of rank `wanted` in its place, smaller ones before it: Hoare's selection (1961) with the middle of
 * three places as pivot. The places jump about, by a fixed sequence, because values of a table are often nearly in
 * order.
 */
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
