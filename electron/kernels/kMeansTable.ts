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

/** Where the squared length, and feature `a`, of the centre at `place` of a group of four stands in the table. */
interface TableLayout {
  readonly lengthAt: (group: number, place: number) => number;
  readonly at: (group: number, place: number, a: number) => number;
}

/** Numbers of a row's copy: its features, filled up with zeros. */
export const copyLength = (d: number): number => Math.ceil(d / 8) * 8;

/** The orders in which the sources read centres. */
export type TableOrder = 'tiles' | 'rows' | 'cells';

const layouts: Record<TableOrder, (groups: number, d: number) => TableLayout> = {
  /** Each group feature by feature, for `nearestFilter`. */
  tiles: (_groups, d) => ({
    lengthAt: (group, place) => 4 * (d + 1) * group + place,
    at: (group, place, a) => 4 * (d + 1) * group + 4 * (a + 1) + place,
  }),
  /** Of each group four features of each of its centres in turn, for `RowScores`. */
  rows: (_groups, d) => ({
    lengthAt: (group, place) => 4 * (copyLength(d) + 1) * group + place,
    at: (group, place, a) => 4 * (copyLength(d) + 1) * group + 4 + 16 * (a >> 2) + 4 * place + (a & 3),
  }),
  /** All centres feature by feature, for `sparseScores`. */
  cells: (groups) => ({
    lengthAt: (group, place) => 4 * group + place,
    at: (group, place, a) => 4 * groups * (a + 1) + 4 * group + place,
  }),
};

/**
 * Writes the centres in groups of four, squared lengths |c|^2 and coordinates times -2, all about `origin` and times
 * `scale`. Returns the error of a score, where |x|^2 itself may be
 * wrong by d roundings.
 *
 * centre  IN   k x d
 * origin  IN   d
 * table   OUT  `tableLength` numbers
 */
export function writeTable(
  order: TableOrder,
  centre: Float64Array,
  k: number,
  d: number,
  origin: Float64Array,
  scale: number,
  table: Float32Array,
): ScoreError {
  const { lengthAt, at } = layouts[order](Math.ceil(k / 4), d);
  // Between the features of a row there must be nothing that zero times it is not zero.
  if (order === 'rows') table.fill(0);
  let longest = 0;
  for (let j = 0; j < 4 * Math.ceil(k / 4); j++) {
    const group = j >> 2;
    const place = j & 3;
    let square = 0;
    for (let a = 0; a < d; a++) {
      const value = j < k ? (centre[j * d + a] - origin[a]) * scale : 0;
      square += value * value;
      table[at(group, place, a)] = -2 * value;
    }
    table[lengthAt(group, place)] = j < k ? square : never;
    if (square > longest) longest = square;
  }
  const ofScore = (d + 12) * roundOff;
  return { errorFixed: ofScore * 2 * longest + (d + 12) * tiny, errorPerSquare: ofScore + d * roundOff };
}

/** Numbers of the table of k centres, in whichever order. */
export const tableLength = (k: number, d: number): number => 4 * Math.ceil(k / 4) * (copyLength(d) + 1);
