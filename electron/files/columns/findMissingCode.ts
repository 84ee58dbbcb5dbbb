/** Numbers that people write for "missing". */
const usualCodes = [99, 999, 9999, 99999, 999999].flatMap((code) => [code, -code]);

/**
 * A value that looks like a code for "missing" rather than a measurement: a number of nines at one end of the column,
 * far from all others or much more frequent than they are. null when there is none.
 */
export function findMissingCode(
  values: Float64Array,
  min: number,
  max: number,
): { value: number; count: number } | null {
  for (const value of [min, max]) {
    if (!usualCodes.includes(value) || min === max) continue;
    let count = 0;
    let others = 0;
    let nearest = value === min ? Infinity : -Infinity;
    let farthest = value === min ? -Infinity : Infinity;
    for (const other of values) {
      if (other === value) count += 1;
      else if (!Number.isNaN(other)) {
        others += 1;
        nearest = value === min ? Math.min(nearest, other) : Math.max(nearest, other);
        farthest = value === min ? Math.max(farthest, other) : Math.min(farthest, other);
      }
    }
    // Among a handful of numbers anything is far from the rest.
    if (others < (Math.abs(value) < 100 ? 8 : 3)) continue;
    const gap = Math.abs(nearest - value);
    const range = Math.abs(farthest - nearest);
    // Both by taste: alone at a distance of twice the range, or a spike after a gap.
    if (gap > 2 * Math.max(range, 1) || (gap > 1 && count >= 5 && count * (range + 1) > 5 * others))
      return { value, count };
  }
  return null;
}
