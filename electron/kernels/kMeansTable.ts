/** Half a unit in the last place of single precision. */
const roundOff = 2 ** -24;

/** What numbers below those of single precision may add to an error. */
const tiny = 1e-36;

/** Scores of the places that fill up the last group. */
const never = 1e38;

/**
 * The centres as `nearestFilter` in the sources reads them: in groups of four, 4 squared lengths |c|^2, then for each
 * feature four times -2 c, all about `origin` and times `scale`. Returns the error of a score |c|^2 - 2 x c in single
 * precision: errorFixed + errorPerSquare |x|^2, where |x|^2 itself may be wrong by d roundings.
 *
 * centre  IN   k x d
 * origin  IN   d
 * table   OUT  k rounded up to fours x (d + 1)
 */
export function writeTable(
  centre: Float64Array,
  k: number,
  d: number,
  origin: Float64Array,
  scale: number,
  table: Float32Array,
): { errorFixed: number; errorPerSquare: number } {
  let longest = 0;
  for (let group = 0; group < k; group += 4) {
    const at = group * (d + 1);
    for (let place = 0; place < 4; place++) {
      const j = group + place;
      let square = 0;
      for (let a = 0; a < d; a++) {
        const value = j < k ? (centre[j * d + a] - origin[a]) * scale : 0;
        square += value * value;
        table[at + 4 * (a + 1) + place] = -2 * value;
      }
      table[at + place] = j < k ? square : never;
      if (square > longest) longest = square;
    }
  }
  const ofScore = (d + 12) * roundOff;
  return { errorFixed: ofScore * 2 * longest + (d + 12) * tiny, errorPerSquare: ofScore + d * roundOff };
}
