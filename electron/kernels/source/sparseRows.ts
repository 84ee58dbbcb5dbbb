import { Plan } from './kMeansPlan';
import { copyLength } from './rowCopies';
import { addSquares, addWeightedSquares, beginSquares, endSquares } from './squareSums';
import { areZero, zeroBytes } from './zeros';

/** Rows have a multiple of this many cells; the last may be zeros. */
const evenCells: usize = 4;

/** The first cell of row i; rows of a chunk lie one after the other. */
export function firstCell(plan: Plan, i: i32): usize {
  return i % plan.chunkRows === 0
    ? <usize>i * <usize>copyLength(plan.d)
    : <usize>load<u32>(plan.cellEnds + ((<usize>(i - 1)) << 2));
}

/**
 * Keeps the cells of a chunk's rows that are not zero, in single precision and in units of the tiles, and which feature
 * each is of; sums their squares.
 */
export function sparseRows(plan: Plan, chunk: i32): void {
  const d = plan.d;
  const to = plan.to(chunk);
  const sum = plan.squareSums + ((<usize>chunk) << 5);
  const weights = plan.weight;
  let cell = firstCell(plan, plan.from(chunk));
  beginSquares(sum);
  for (let i = plan.from(chunk); i < to; i++) {
    const row = plan.row(i);
    const first = cell;
    cell = keepCells(plan, row, cell);
    store<u32>(plan.cellEnds + ((<usize>i) << 2), <u32>cell);
    store<f32>(plan.squares + ((<usize>i) << 2), square(plan.tiles + (first << 2), plan.tiles + (cell << 2)));
    // While the row is near.
    const end = row + ((<usize>d) << 3);
    if (weights === 0) addSquares(row, end, sum);
    else addWeightedSquares(row, end, plan.weightOf(i), sum);
  }
  endSquares(sum);
}

/** Writes the cells of a row from `cell` on; returns the cell after its last. */
function keepCells(plan: Plan, row: usize, cell: usize): usize {
  const scale = plan.scale;
  const end = row + ((<usize>plan.d) << 3);
  let value = plan.tiles + (cell << 2);
  let feature = plan.cells + (cell << 1);
  let a = 0;
  for (let at = row; at < end;) {
    const stop = min(end, at + zeroBytes);
    if (stop - at === zeroBytes && areZero(at)) {
      at = stop;
      a += <i32>(zeroBytes >> 3);
    }
    for (; at < stop; at += 8) {
      const x = <f32>(load<f64>(at) * scale);
      store<f32>(value, x);
      store<u16>(feature, <u16>a);
      const isKept: usize = x !== 0 ? 1 : 0;
      value += isKept << 2;
      feature += isKept << 1;
      a++;
    }
  }
  for (cell = (value - plan.tiles) >> 2; (cell & (evenCells - 1)) !== 0; cell++) {
    store<f32>(value, 0);
    store<u16>(feature, 0);
    value += 4;
    feature += 2;
  }
  return cell;
}

/** The sum of the squares of the values from `at` to `end`. */
function square(at: usize, end: usize): f32 {
  let sums = f32x4.splat(0);
  for (; at < end; at += 16) {
    const four = v128.load(at);
    sums = f32x4.add(sums, f32x4.mul(four, four));
  }
  const pairs = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
