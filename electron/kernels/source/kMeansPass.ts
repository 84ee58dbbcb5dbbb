import { Plan, blockRows, mode, noLabel, tileRows } from './kMeansPlan';
import { LongSum } from './longSum';
import { nearestFilter } from './nearestFilter';

/** Rows that may have moved are gathered into tiles of about this many bytes, which stay in the first cache. */
const gatherBytes: i32 = 16384;

/** Scratch of a thread: labels and gaps of a block, rows to gather, their squares, their tiles. */
const scratchLabel: usize = 0;
const scratchGap: usize = blockRows * 4;
const scratchRow: usize = blockRows * 8;
const scratchSquare: usize = blockRows * 16;
const scratchTiles: usize = blockRows * 20;

function gatherRows(d: i32): i32 {
  return min(blockRows, max(tileRows, (gatherBytes / (4 * d)) & ~(tileRows - 1)));
}

/**
 * Gives each row of a chunk its nearest centre, ties to the lowest index, exactly as distances in double precision
 * say, and keeps the sums of the chunk. Returns how many rows changed their label.
 *
 * A row whose bound says that no other centre can have become nearer is not looked at (Hamerly, 2010, with one bound
 * for the difference of both distances). The others are decided in single precision where its error allows.
 * Labels change in the order of rows: sums do not depend on how rows were decided.
 */
export function kMeansPass(plan: Plan, scratch: usize, chunk: i32): i32 {
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  const columns = plan.k * (plan.d + 1);
  const sums = plan.sums + ((<usize>chunk * columns) << 4);
  if (plan.mode === mode.first) {
    memory.fill(sums, 0, (<usize>columns) << 4);
    memory.fill(plan.label + ((<usize>from) << 1), 0xff, (<usize>(to - from)) << 1);
  }
  const mostGathered = gatherRows(plan.d);
  let changed = 0;
  let gathered = 0;
  for (let block = from; block < to; block += blockRows) {
    const rows = min(blockRows, to - block);
    const before = gathered;
    if (plan.mode === mode.bounded) gathered = listActive(plan, scratch, block, rows, gathered);
    if (plan.mode !== mode.bounded || (gathered - before) * 5 > rows * 3) {
      changed += decideGathered(plan, scratch, sums, before, mostGathered);
      gathered = 0;
      changed += decideBlock(plan, scratch, sums, block, rows);
    } else if (gathered >= mostGathered) {
      changed += decideGathered(plan, scratch, sums, gathered, mostGathered);
      gathered = 0;
    }
  }
  changed += decideGathered(plan, scratch, sums, gathered, mostGathered);
  return changed;
}

/** Appends the rows whose bound is used up to the list. Eight at a time: most have none. */
function listActive(plan: Plan, scratch: usize, block: i32, rows: i32, gathered: i32): i32 {
  const list = scratch + scratchRow;
  const largest = f32x4.splat(plan.largestDrift);
  const drift = plan.drift;
  let label = plan.label + ((<usize>block) << 1);
  let bound = plan.bound + ((<usize>block) << 2);
  for (let i = block; i < block + rows; i += tileRows) {
    if (
      v128.any_true(v128.or(f32x4.le(v128.load(bound), largest), f32x4.le(v128.load(bound, 16), largest)))
    ) {
      const most = min(tileRows, block + rows - i);
      for (let r = 0; r < most; r++) {
        store<i32>(list + ((<usize>gathered) << 2), i + r);
        const own = load<f32>(drift + ((<usize>load<u16>(label + ((<usize>r) << 1))) << 2));
        gathered += own < load<f32>(bound + ((<usize>r) << 2)) ? 0 : 1;
      }
    }
    label += 2 * tileRows;
    bound += 4 * tileRows;
  }
  return gathered;
}

/** All rows of a block, whatever their bounds. */
function decideBlock(plan: Plan, scratch: usize, sums: usize, block: i32, rows: i32): i32 {
  const labels = scratch + scratchLabel;
  const gaps = scratch + scratchGap;
  const tiles = plan.tiles + ((<usize>block * plan.d) << 2);
  nearestFilter(
    plan,
    tiles,
    plan.squares + ((<usize>block) << 2),
    (rows + tileRows - 1) / tileRows,
    labels,
    gaps,
  );
  const below = plan.driftBelow;
  const zero = f32x4.splat(0);
  const shorten = f32x4.splat(0.9999995);
  let changed = 0;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const label = v128.load(labels + ((<usize>i) << 2));
    const gap = v128.load(gaps + ((<usize>i) << 2));
    const known = i32x4.extend_low_i16x8_u(v128.load64_zero(plan.label + ((<usize>(block + i)) << 1)));
    if (v128.any_true(i32x4.ne(label, known)) || !i32x4.all_true(f32x4.gt(gap, zero))) {
      for (let r = i; r < i + 4; r++) changed += decide(plan, sums, block + r, labels, gaps, r);
    } else {
      let drift = v128.load32_zero(below + ((<usize>i32x4.extract_lane(label, 0)) << 2));
      drift = v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 1)) << 2), drift, 1);
      drift = v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 2)) << 2), drift, 2);
      drift = v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 3)) << 2), drift, 3);
      v128.store(plan.bound + ((<usize>(block + i)) << 2), f32x4.add(drift, f32x4.mul(gap, shorten)));
    }
  }
  for (; i < rows; i++) changed += decide(plan, sums, block + i, labels, gaps, i);
  return changed;
}

/** The first `count` rows of the list. */
function decideGathered(plan: Plan, scratch: usize, sums: usize, count: i32, most: i32): i32 {
  const list = scratch + scratchRow;
  const labels = scratch + scratchLabel;
  const gaps = scratch + scratchGap;
  let changed = 0;
  for (let from = 0; from < count; from += most) {
    const rows = min(most, count - from);
    const tiles = (rows + tileRows - 1) / tileRows;
    for (let tile = 0; tile < tiles; tile++) gatherTile(plan, scratch, from, tile, count);
    nearestFilter(plan, scratch + scratchTiles, scratch + scratchSquare, tiles, labels, gaps);
    for (let r = 0; r < rows; r++) {
      changed += decide(plan, sums, load<i32>(list + ((<usize>(from + r)) << 2)), labels, gaps, r);
    }
  }
  return changed;
}

/** Copies eight listed rows out of their tiles into one; the last is repeated to fill it. */
function gatherTile(plan: Plan, scratch: usize, from: i32, tile: i32, count: i32): void {
  const list = scratch + scratchRow;
  const d = plan.d;
  const first = from + tile * tileRows;
  for (let r = 0; r < tileRows; r++) {
    const i = load<i32>(list + ((<usize>min(first + r, count - 1)) << 2));
    let x = plan.tiles + ((<usize>(i & ~(tileRows - 1)) * d + (i & (tileRows - 1))) << 2);
    let out = scratch + scratchTiles + ((<usize>(tile * tileRows * d + r)) << 2);
    for (let a = 0; a < d; a++) {
      store<f32>(out, load<f32>(x));
      x += 32;
      out += 32;
    }
    store<f32>(
      scratch + scratchSquare + ((<usize>(tile * tileRows + r)) << 2),
      load<f32>(plan.squares + ((<usize>i) << 2)),
    );
  }
}

/** Row i by what the filter found in place r, or exactly; 1 when it changed its label. */
function decide(plan: Plan, sums: usize, i: i32, labels: usize, gaps: usize, r: i32): i32 {
  const gap = load<f32>(gaps + ((<usize>r) << 2));
  if (!(gap > 0)) return decideExactly(plan, sums, i);
  const label = load<i32>(labels + ((<usize>r) << 2));
  const below = load<f32>(plan.driftBelow + ((<usize>label) << 2));
  store<f32>(plan.bound + ((<usize>i) << 2), below + gap * <f32>0.9999995);
  return relabel(plan, sums, i, label);
}

/** Row i by distances in double precision, summed in the order of features as the reference does. */
function decideExactly(plan: Plan, sums: usize, i: i32): i32 {
  const k = plan.k;
  const row = plan.row(i);
  const end = row + ((<usize>plan.d) << 3);
  let c = plan.centre;
  let best = f64.MAX_VALUE;
  let second = f64.MAX_VALUE;
  let label = 0;
  for (let j = 0; j < k; j++) {
    let distance: f64 = 0;
    for (let at = row; at < end; at += 8) {
      const difference = load<f64>(at) - load<f64>(c);
      distance += difference * difference;
      c += 8;
    }
    if (distance < best) {
      second = best;
      best = distance;
      label = j;
    } else if (distance < second) second = distance;
  }
  // Less what double precision may err, so that a row this close is decided in it again.
  const farther = sqrt(second);
  const gap = (farther * (1 - 1e-9) - sqrt(best)) * plan.scale * (1 - 1e-6);
  store<f32>(
    plan.bound + ((<usize>i) << 2),
    load<f32>(plan.driftBelow + ((<usize>label) << 2)) + <f32>max(0, gap),
  );
  return relabel(plan, sums, i, label);
}

function relabel(plan: Plan, sums: usize, i: i32, label: i32): i32 {
  const at = plan.label + ((<usize>i) << 1);
  const before = <i32>load<u16>(at);
  if (before === label) return 0;
  store<u16>(at, <u16>label);
  const weight = plan.weightOf(i);
  if (before !== noLabel) addRow(plan, sums, i, before, -weight);
  addRow(plan, sums, i, label, weight);
  return 1;
}

/** Adds row i, `weight` times, to the sums of a centre. What products round off is kept too. */
function addRow(plan: Plan, sums: usize, i: i32, label: i32, weight: f64): void {
  const d = plan.d;
  const rounds = plan.weight !== 0;
  const columns = d + 1;
  const w = f64x2.splat(weight);
  let row = plan.row(i);
  let high = sums + ((<usize>(label * columns)) << 3);
  let low = high + ((<usize>(plan.k * columns)) << 3);
  let a = 0;
  for (; a + 2 <= d; a += 2) {
    const x = v128.load(row);
    const product = f64x2.mul(w, x);
    LongSum.add(high, low, product);
    if (rounds) v128.store(low, f64x2.add(v128.load(low), LongSum.productError(w, x, product)));
    row += 16;
    high += 16;
    low += 16;
  }
  if (a < d) {
    const x = v128.load64_zero(row);
    const product = f64x2.mul(w, x);
    LongSum.addOne(high, low, f64x2.extract_lane(product, 0));
    if (rounds) {
      store<f64>(low, load<f64>(low) + f64x2.extract_lane(LongSum.productError(w, x, product), 0));
    }
    high += 8;
    low += 8;
  }
  LongSum.addOne(high, low, weight);
}
