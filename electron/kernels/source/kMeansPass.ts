import { boxFilter } from './boxFilter';
import { Plan, blockRows, boxRows, mode, noLabel, tileRows } from './kMeansPlan';
import { moveRows } from './kMeansMoves';
import { nearestFilter } from './nearestFilter';

/** Rows that may have moved are gathered into tiles of about this many bytes, which stay in the first cache. */
const gatherBytes: i32 = 16384;

/** Scratch of a thread: of a block of rows labels, gaps, rows to gather, places that change, squares, tiles. */
const labelAt: usize = 0;
const gapAt: usize = blockRows * 4;
const rowAt: usize = blockRows * 8;
const changeAt: usize = blockRows * 16;
const squareAt: usize = blockRows * 20;
const tileAt: usize = blockRows * 24;

function gatherRows(d: i32): i32 {
  return min(blockRows, max(tileRows, (gatherBytes / (4 * d)) & ~(tileRows - 1)));
}

/**
 * Gives each row of a chunk its nearest centre, ties to the lowest index, exactly as distances in double precision
 * say, and keeps the sums of the chunk.
 *
 * A row whose bound says that no other centre can have become nearer is not looked at (Hamerly, 2010, with one bound
 * for the difference of both distances). The others are decided in single precision where its error allows, either
 * with the seven beside them or gathered, whichever is less work. Labels change in the order of rows, so that sums do
 * not depend on how rows were decided.
 */
export function kMeansPass(plan: Plan, scratch: usize, chunk: i32): void {
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  const columns = plan.k * (plan.d + 1);
  const sums = plan.sums + ((<usize>chunk * columns) << 4);
  if (plan.mode === mode.first) {
    memory.fill(sums, 0, (<usize>columns) << 4);
    memory.fill(plan.label + ((<usize>from) << 1), 0xff, (<usize>(to - from)) << 1);
    const boxes = (to + boxRows - 1) / boxRows - from / boxRows;
    memory.fill(plan.boxLabel + ((<usize>(from / boxRows)) << 1), 0xff, (<usize>boxes) << 1);
  }
  const mostGathered = gatherRows(plan.d);
  // In tenths of a nanosecond, measured: what deciding a row costs, and gathering it before.
  const deciding = 22 + (plan.d * ((plan.k + 3) & ~3)) / 3;
  const gathering = 40 + 12 * plan.d;
  let gathered = 0;
  const usesBoxes = plan.boxes !== 0;
  const step = usesBoxes ? boxRows : blockRows;
  for (let block = from; block < to; block += step) {
    const rows = min(step, to - block);
    if (usesBoxes) {
      const at = plan.boxLabel + ((<usize>(block / boxRows)) << 1);
      const before = <i32>load<u16>(at);
      const label = boxFilter(plan, block / boxRows, before);
      if (label !== before) store<u16>(at, <u16>label);
      if (label !== noLabel && label !== before) {
        decideGathered(plan, scratch, sums, gathered, mostGathered);
        gathered = 0;
        labelBox(plan, scratch, sums, block, rows, label);
      }
      if (label !== noLabel) continue;
    }
    if (plan.mode !== mode.bounded) {
      decideTiles(plan, scratch, sums, block, rows);
      continue;
    }
    const before = gathered;
    gathered = listActive(plan, scratch, block, rows, gathered);
    const active = gathered - before;
    if (active === 0) continue;
    if (8 * countTiles(scratch, before, gathered) * deciding <= active * (deciding + gathering)) {
      decideGathered(plan, scratch, sums, before, mostGathered);
      decideActiveTiles(plan, scratch, sums, before, gathered, to);
      gathered = 0;
    } else if (gathered >= mostGathered) {
      decideGathered(plan, scratch, sums, gathered, mostGathered);
      gathered = 0;
    }
  }
  decideGathered(plan, scratch, sums, gathered, mostGathered);
}

/** Gives all rows of a box the same label; their bounds say that they must be looked at when the box no longer does. */
function labelBox(plan: Plan, scratch: usize, sums: usize, first: i32, rows: i32, label: i32): void {
  let change = scratch + changeAt;
  for (let r = 0; r < rows; r++) {
    store<i32>(scratch + labelAt + ((<usize>r) << 2), label);
    store<f32>(scratch + gapAt + ((<usize>r) << 2), 1);
    store<f32>(plan.bound + ((<usize>(first + r)) << 2), 0);
    store<i32>(change, r);
    change += <i32>load<u16>(plan.label + ((<usize>(first + r)) << 1)) !== label ? 4 : 0;
  }
  const changes = <i32>((change - scratch - changeAt) >> 2);
  moveRows(plan, sums, scratch + changeAt, changes, scratch + labelAt, scratch + gapAt, 0, first);
}

/** Appends the rows whose bound is used up to the list. Eight at a time: most have none. */
function listActive(plan: Plan, scratch: usize, block: i32, rows: i32, gathered: i32): i32 {
  const largest = f32x4.splat(plan.largestDrift);
  const drift = plan.drift;
  let list = scratch + rowAt + ((<usize>gathered) << 2);
  let label = plan.label + ((<usize>block) << 1);
  let bound = plan.bound + ((<usize>block) << 2);
  for (let i = block; i < block + rows; i += tileRows) {
    const near = v128.or(f32x4.le(v128.load(bound), largest), f32x4.le(v128.load(bound, 16), largest));
    if (v128.any_true(near)) {
      const most = min(tileRows, block + rows - i);
      for (let r = 0; r < most; r++) {
        store<i32>(list, i + r);
        const own = load<f32>(drift + ((<usize>load<u16>(label + ((<usize>r) << 1))) << 2));
        list += own < load<f32>(bound + ((<usize>r) << 2)) ? 0 : 4;
      }
    }
    label += 2 * tileRows;
    bound += 4 * tileRows;
  }
  return <i32>((list - scratch - rowAt) >> 2);
}

/** How many tiles the listed rows [from, to) lie in. */
function countTiles(scratch: usize, from: i32, to: i32): i32 {
  let tiles = 0;
  let last = -1;
  for (let at = from; at < to; at++) {
    const tile = load<i32>(scratch + rowAt + ((<usize>at) << 2)) / tileRows;
    tiles += tile !== last ? 1 : 0;
    last = tile;
  }
  return tiles;
}

/** All rows of the tiles that the listed rows [from, to) lie in; `end`: the row after the chunk. */
function decideActiveTiles(plan: Plan, scratch: usize, sums: usize, from: i32, to: i32, end: i32): void {
  // The list lies before what deciding writes.
  let at = from;
  while (at < to) {
    const first = load<i32>(scratch + rowAt + ((<usize>at) << 2)) & ~(tileRows - 1);
    let next = first + tileRows;
    at++;
    while (at < to) {
      const row = load<i32>(scratch + rowAt + ((<usize>at) << 2));
      if (row >= next + tileRows) break;
      if (row >= next) next += tileRows;
      at++;
    }
    decideTiles(plan, scratch, sums, first, min(next, end) - first);
  }
}

/** Rows [first, first + rows), at most a block, from the beginning of a tile on. */
function decideTiles(plan: Plan, scratch: usize, sums: usize, first: i32, rows: i32): void {
  const labels = scratch + labelAt;
  const gaps = scratch + gapAt;
  const tiles = plan.tiles + ((<usize>first * plan.d) << 2);
  const count = (rows + tileRows - 1) / tileRows;
  nearestFilter(plan, tiles, plan.squares + ((<usize>first) << 2), count, labels, gaps);
  const below = plan.driftBelow;
  const zero = f32x4.splat(0);
  const shorten = f32x4.splat(0.9999995);
  let change = scratch + changeAt;
  let known = plan.label + ((<usize>first) << 1);
  let bound = plan.bound + ((<usize>first) << 2);
  for (let i = 0; i < rows; i += tileRows) {
    const label0 = v128.load(labels + ((<usize>i) << 2));
    const label1 = v128.load(labels + ((<usize>i) << 2), 16);
    const gap0 = v128.load(gaps + ((<usize>i) << 2));
    const gap1 = v128.load(gaps + ((<usize>i) << 2), 16);
    v128.store(bound, f32x4.add(driftOf(below, label0), f32x4.mul(gap0, shorten)));
    v128.store(bound, f32x4.add(driftOf(below, label1), f32x4.mul(gap1, shorten)), 16);
    const same = i16x8.eq(i16x8.narrow_i32x4_u(label0, label1), v128.load(known));
    const sure = i16x8.narrow_i32x4_s(f32x4.gt(gap0, zero), f32x4.gt(gap1, zero));
    let mask = i16x8.bitmask(v128.and(same, sure)) ^ 0xff;
    if (mask !== 0) {
      const most = min(tileRows, rows - i);
      for (let r = 0; r < most; r++) {
        store<i32>(change, i + r);
        change += (mask & 1) << 2;
        mask >>= 1;
      }
    }
    known += 2 * tileRows;
    bound += 4 * tileRows;
  }
  const changes = <i32>((change - scratch - changeAt) >> 2);
  moveRows(plan, sums, scratch + changeAt, changes, labels, gaps, 0, first);
}

/** The drift of four labels, rounded down. */
function driftOf(below: usize, label: v128): v128 {
  let drift = v128.load32_zero(below + ((<usize>i32x4.extract_lane(label, 0)) << 2));
  drift = v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 1)) << 2), drift, 1);
  drift = v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 2)) << 2), drift, 2);
  return v128.load_lane<f32>(below + ((<usize>i32x4.extract_lane(label, 3)) << 2), drift, 3);
}

/** The first `count` rows of the list, gathered into tiles of their own. */
function decideGathered(plan: Plan, scratch: usize, sums: usize, count: i32, most: i32): void {
  const labels = scratch + labelAt;
  const gaps = scratch + gapAt;
  for (let from = 0; from < count; from += most) {
    const rows = min(most, count - from);
    const tiles = (rows + tileRows - 1) / tileRows;
    for (let tile = 0; tile < tiles; tile++) gatherTile(plan, scratch, from, tile, count);
    nearestFilter(plan, scratch + tileAt, scratch + squareAt, tiles, labels, gaps);
    const list = scratch + rowAt + ((<usize>from) << 2);
    let change = scratch + changeAt;
    for (let r = 0; r < rows; r++) {
      const i = load<i32>(list + ((<usize>r) << 2));
      const label = load<i32>(labels + ((<usize>r) << 2));
      const gap = load<f32>(gaps + ((<usize>r) << 2));
      const below = load<f32>(plan.driftBelow + ((<usize>label) << 2));
      store<f32>(plan.bound + ((<usize>i) << 2), below + gap * <f32>0.9999995);
      store<i32>(change, r);
      const known = <i32>load<u16>(plan.label + ((<usize>i) << 1));
      change += (<usize>((<i32>(known !== label)) | (gap > 0 ? 0 : 1))) << 2;
    }
    const changes = <i32>((change - scratch - changeAt) >> 2);
    moveRows(plan, sums, scratch + changeAt, changes, labels, gaps, list, 0);
  }
}

/** Copies eight listed rows out of their tiles into one; the last is repeated to fill it. */
function gatherTile(plan: Plan, scratch: usize, from: i32, tile: i32, count: i32): void {
  const list = scratch + rowAt;
  const d = plan.d;
  const first = from + tile * tileRows;
  const out = scratch + tileAt + ((<usize>(tile * tileRows * d)) << 2);
  const squares = scratch + squareAt + ((<usize>(tile * tileRows)) << 2);
  for (let r = 0; r < tileRows; r++) {
    const i = load<i32>(list + ((<usize>min(first + r, count - 1)) << 2));
    let x = plan.tiles + ((<usize>(i & ~(tileRows - 1)) * d + (i & (tileRows - 1))) << 2);
    let to = out + ((<usize>r) << 2);
    const end = to + ((<usize>d) << 5);
    do {
      store<f32>(to, load<f32>(x));
      x += 32;
      to += 32;
    } while (to < end);
    store<f32>(squares + ((<usize>r) << 2), load<f32>(plan.squares + ((<usize>i) << 2)));
  }
}
