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
export function sparseRows(plan: Plan, scratch: usize, chunk: i32): void {
  const d = plan.d;
  const to = plan.to(chunk);
  const sum = plan.squareSums + ((<usize>chunk) << 5);
  const weights = plan.weight;
  let cell = firstCell(plan, plan.from(chunk));
  beginSquares(sum);
  writePackings(scratch);
  for (let i = plan.from(chunk); i < to; i++) {
    const row = plan.row(i);
    const first = cell;
    cell = keepCells(plan, row, cell, scratch);
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
function keepCells(plan: Plan, row: usize, cell: usize, packings: usize): usize {
  const scale = f64x2.splat(plan.scale);
  const end = row + ((<usize>plan.d) << 3);
  let value = plan.tiles + (cell << 2);
  let feature = plan.cells + (cell << 1);
  let a = 0;
  let at = row;
  while (at + zeroBytes <= end) {
    if (!areZero(at)) {
      for (let half: usize = 0; half < zeroBytes; half += 32) {
        const low = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(at + half), scale));
        const high = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(at + half, 16), scale));
        const four = v128.shuffle<f64>(low, high, 0, 2);
        const kept = i32x4.bitmask(f32x4.ne(four, f32x4.splat(0)));
        const packing = packings + ((<usize>kept) << 5);
        v128.store(value, i8x16.swizzle(four, v128.load(packing)));
        const features = i16x8.add(i16x8.splat(<i16>(a + <i32>(half >> 3))), v128.load(packing, 16));
        v128.store_lane<i64>(feature, features, 0);
        const count = <usize>popcnt(kept);
        value += count << 2;
        feature += count << 1;
      }
    }
    at += zeroBytes;
    a += <i32>(zeroBytes >> 3);
  }
  for (; at < end; at += 8) {
    const x = <f32>(load<f64>(at) * plan.scale);
    store<f32>(value, x);
    store<u16>(feature, <u16>a);
    const isKept: usize = x !== 0 ? 1 : 0;
    value += isKept << 2;
    feature += isKept << 1;
    a++;
  }
  for (cell = (value - plan.tiles) >> 2; (cell & (evenCells - 1)) !== 0; cell++) {
    store<f32>(value, 0);
    store<u16>(feature, 0);
    value += 4;
    feature += 2;
  }
  return cell;
}

/**
 * For each of the sixteen ways in which four cells may be zero or not 32 bytes: where the bytes of those that are not
 * stand among the sixteen of all, then which of the four they are, u16.
 */
function writePackings(at: usize): void {
  for (let kept: u32 = 0; kept < 16; kept++) {
    v128.store(at, i8x16.splat(-1));
    v128.store(at, i8x16.splat(0), 16);
    let bytes = at;
    let places = at + 16;
    for (let place: u32 = 0; place < 4; place++) {
      if (((kept >> place) & 1) === 0) continue;
      store<u32>(bytes, 0x03020100 + 0x04040404 * place);
      store<u16>(places, <u16>place);
      bytes += 4;
      places += 2;
    }
    at += 32;
  }
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
