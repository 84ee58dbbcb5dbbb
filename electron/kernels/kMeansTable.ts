/** Half a unit in the last place of single precision. */
const roundOff = 2 ** -24;

/** What numbers below those of single precision may add to an error. */
const tiny = 1e-36;

/** Scores of the places that fill up the last group. */
const never = 1e38;

/** Error of a score |c|^2 - 2 x c in single precision: errorFixed + errorPerSquare |x|^2. */
interface ScoreError {
  readonly errorFixed: number;
  readonly errorPerSquare: number;
}

/** What lies where in a group of four centres, counted in numbers from its beginning. */
interface GroupLayout {
  /** Numbers of a group. */
  readonly length: number;
  /** Where feature `a` of the centre at `place` stands. */
  readonly at: (a: number, place: number) => number;
}

/** Four centres feature by feature, as `nearestFilter` in the sources reads them. */
const byFeature = (d: number): GroupLayout => ({
  length: 4 * (d + 1),
  at: (a, place) => 4 * (a + 1) + place,
});

/** Numbers of a row's copy: its features, filled up with zeros. */
export const copyLength = (d: number): number => Math.ceil(d / 8) * 8;

/** Four features of each of four centres in turn, as `RowScores` in the sources reads them. */
const byFourFeatures = (d: number): GroupLayout => ({
  length: 4 * (copyLength(d) + 1),
  at: (a, place) => 4 + 16 * (a >> 2) + 4 * place + (a & 3),
});

/**
 * Writes the centres in groups of four: 4 squared lengths |c|^2, then the coordinates times -2 in the order of
 * `nearestFilter` or of
 * `RowScores`, all about `origin` and times `scale`. Returns the error of a score, where |x|^2 itself may be
 * wrong by d roundings.
 *
 * centre  IN   k x d
 * origin  IN   d
 * table   OUT  `tableLength` numbers
 */
export function writeTable(
  order: 'tiles' | 'rows',
  centre: Float64Array,
  k: number,
  d: number,
  origin: Float64Array,
  scale: number,
  table: Float32Array,
): ScoreError {
  const { length, at } = order === 'tiles' ? byFeature(d) : byFourFeatures(d);
  // Between the features of a row there must be nothing that zero times it is not zero.
  if (order === 'rows') table.fill(0);
  let longest = 0;
  for (let j = 0; j < 4 * Math.ceil(k / 4); j++) {
    const group = (j >> 2) * length;
    const place = j & 3;
    let square = 0;
    for (let a = 0; a < d; a++) {
      const value = j < k ? (centre[j * d + a] - origin[a]) * scale : 0;
      square += value * value;
      table[group + at(a, place)] = -2 * value;
    }
    table[group + place] = j < k ? square : never;
    if (square > longest) longest = square;
  }
  const ofScore = (d + 12) * roundOff;
  return { errorFixed: ofScore * 2 * longest + (d + 12) * tiny, errorPerSquare: ofScore + d * roundOff };
}

/** Numbers of the table of k centres, in whichever order. */
export const tableLength = (k: number, d: number): number => Math.ceil(k / 4) * byFourFeatures(d).length;
