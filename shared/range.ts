/** Both ends of an axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * The smallest range with round ends that holds all finite values and leaves a little room beside them. A single
 * value gets room on both sides, and so do several that differ by rounding alone; no value at all gives 0 to 1.
 */
export function roundRange(values: ArrayLike<number>): Range {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { min: 0, max: 1 };
  const size = Math.max(Math.abs(low), Math.abs(high));
  const width = high - low > roundingShare * size ? high - low : size || 1;
  const room = 0.04 * width; // by eye: marks at the edge are whole
  const step = roundStep(width / 10);
  return { min: roundedTo(step, low - room, Math.floor), max: roundedTo(step, high + room, Math.ceil) };
}

/** Ends are written with twelve digits; values that lie nearer to each other would have the same. */
const roundingShare = 1e-10;

/** The smallest of 1, 2 or 5 times a power of ten that is not below `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const leading = size / power;
  return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
}

/** A multiple of `step`, without the tail of digits that multiplying by 0.1 leaves. */
function roundedTo(step: number, value: number, round: (value: number) => number): number {
  return Number((round(value / step) * step).toPrecision(12));
}
