import { createRandom } from '../../electron/engine/numeric/random';
import type { Rows } from '../../electron/engine/model';

/** Rows as the preparation hands them over: centred at the mean of every column. */
export function centred(points: readonly (readonly number[])[], weight?: readonly number[]): Rows {
  const n = points.length;
  const d = points[0].length;
  const mean = Array.from({ length: d }, (_, a) => points.reduce((sum, point) => sum + point[a] / n, 0));
  const x = Float64Array.from(points.flatMap((point) => point.map((value, a) => value - mean[a])));
  return { x, n, d, weight: weight && Float64Array.from(weight) };
}

/** The rows with cells taken out where `isGone` says so. */
export function incomplete(rows: Rows, isGone: (row: number, column: number) => boolean): Rows {
  const x = rows.x.map((value, i) => (isGone(Math.floor(i / rows.d), i % rows.d) ? NaN : value));
  return { ...rows, x, hasMissing: true };
}

/** n points about each centre in turn, correlated, of the given spread. */
export function blobs(seed: number, n: number, centres: readonly number[][], spread: number): number[][] {
  const random = createRandom(seed, 'blobs');
  return Array.from({ length: n }, (_, i) => {
    const common = random.normal();
    return centres[i % centres.length].map(
      (value, a) => value + spread * (0.5 * common + (0.6 + 0.2 * a) * random.normal()),
    );
  });
}

const apart = [
  [0, 0, 0],
  [6, 1, -4],
  [-5, 6, 2],
];

/** A law's data: name, rows, and a label for each row from which a run with three components begins. */
export interface LawData {
  readonly name: string;
  readonly rows: Rows;
  readonly labels: number[];
}

const withLabels = (name: string, rows: Rows, label: (row: number) => number): LawData => ({
  name,
  rows,
  labels: Array.from({ length: rows.n }, (_, i) => label(i)),
});

/** Every fourth label is wrong, so that a run has something to do. */
const disturbed = (row: number): number => (row % 4 === 0 ? row + 1 : row) % 3;

/** Data on which any model must do well. */
export const easyData = (seed: number): LawData =>
  withLabels('three groups', centred(blobs(seed, 150, apart, 1)), disturbed);

/** Data made to be hard: no case may give a number that is not one, and no objective may fall. */
export function adversarialData(seed: number): LawData[] {
  const random = createRandom(seed, 'adversary');
  const overlapping = blobs(
    seed,
    150,
    [
      [0, 0, 0],
      [0.7, 0.3, -0.4],
      [-0.4, 0.5, 0.2],
    ],
    1,
  );
  const repeated = blobs(seed, 30, apart, 1).flatMap((point) => [point, point, point]);
  const lopsided = [
    ...blobs(seed, 6, [apart[1]], 0.5),
    ...blobs(seed, 6, [apart[2]], 0.5),
    ...blobs(seed, 120, [apart[0]], 1),
  ];
  const scaled = (factor: number) =>
    blobs(seed, 150, apart, 1).map((point) => point.map((value) => factor * value));
  const uneven = blobs(seed, 150, apart, 1).map((point) =>
    point.map((value, a) => value * [1e-6, 1, 1e6][a]),
  );
  const distant = blobs(seed, 150, apart, 1).map((point) => point.map((value) => 1e8 + value));
  const integers = blobs(seed, 150, apart, 1).map((point) => point.map(Math.round));
  const line = blobs(seed, 150, [[0], [4], [-5]], 1);
  const manyRows = blobs(seed, 1500, apart, 2);
  const whole = centred(blobs(seed, 150, apart, 1.5));
  const weights = Array.from({ length: 150 }, (_, i) => (i % 7 === 0 ? 0 : 3 * random.uniform()));
  return [
    withLabels('overlapping groups', centred(overlapping), disturbed),
    withLabels('every row three times', centred(repeated), (row) => Math.floor(row / 3) % 3),
    withLabels('two tiny groups', centred(lopsided), (row) => (row < 6 ? 1 : row < 12 ? 2 : 0)),
    withLabels('units of a millionth', centred(scaled(1e-6)), disturbed),
    withLabels('units of a million', centred(scaled(1e6)), disturbed),
    withLabels('columns twelve decades apart', centred(uneven), disturbed),
    withLabels('offset of 1e8', centred(distant), disturbed),
    withLabels('whole numbers', centred(integers), disturbed),
    withLabels('one column', centred(line), disturbed),
    withLabels('several chunks of rows', centred(manyRows), disturbed),
    withLabels('weights, some of them zero', centred(blobs(seed, 150, apart, 1.5), weights), disturbed),
    withLabels(
      'a fifth of the cells missing',
      incomplete(whole, () => random.uniform() < 0.2),
      disturbed,
    ),
    withLabels(
      'a column all but missing',
      incomplete(whole, (row, a) => a === 1 && row % 12 > 2),
      disturbed,
    ),
    withLabels(
      'rows without a cell',
      incomplete(whole, (row, a) => row % 5 === 0 || (row + a) % 7 === 0),
      disturbed,
    ),
    withLabels(
      'weights, and cells missing in several chunks',
      incomplete(
        {
          ...centred(blobs(seed, 1100, apart, 2)),
          weight: Float64Array.from({ length: 1100 }, (_, i) => i % 3),
        },
        (row, a) => (row * (a + 2)) % 11 === 0,
      ),
      disturbed,
    ),
  ];
}
