/**
 * A number with few digits that is above `low` and not above `high`, near the middle between them: of the roundest
 * ones the nearest to it. low < high, both finite.
 */
export function roundBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  const first = Math.floor(Math.log10(high - low)) + 1;
  for (let power = first; power > first - 17; power--) {
    // Written as text, so that 245 tenths are 24.5 and nothing behind it.
    const candidate = Number(`${Math.round(middle / 10 ** power)}e${power}`);
    if (candidate > low && candidate <= high) return candidate;
  }
  return high;
}
