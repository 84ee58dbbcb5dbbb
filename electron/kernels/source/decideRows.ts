import { Plan, blockRows, boxRows, tileRows } from './kMeansPlan';
import { moveRows } from './kMeansMoves';
import { everyCentre, nearestFilter } from './nearestFilter';

/** Rows that may have moved are gathered into tiles of about this many bytes, which stay in the first cache. */
const gatherBytes: i32 = 16384;

/** Scratch of a thread: of a block of rows labels, gaps, rows to gather, places that change, squares, tiles; `BoxCandidates`. */
const labelAt: usize = 0;
const gapAt: usize = blockRows * 4;
const rowAt: usize = blockRows * 8;
const changeAt: usize = blockRows * 16;
const squareAt: usize = blockRows * 20;
const tileAt: usize = blockRows * 24;

/** Rows that are gathered before they are decided. */
export function gatherRows(d: i32): i32 {
  return min(blockRows, max(tileRows, (gatherBytes / (4 * d)) & ~(tileRows - 1)));
}

/** Where in the scratch the candidates of a box lie. */
export function candidatesAt(d: i32): usize {
  return tileAt + ((<usize>(d * gatherRows(d))) << 2);
}

/** No row of a chunk has a label yet. */
export function forgetRows(plan: Plan, sums: usize, from: i32, to: i32): void {
  memory.fill(sums, 0, (<usize>(plan.k * (plan.d + 1))) << 4);
  memory.fill(plan.label + ((<usize>from) << 1), 0xff, (<usize>(to - from)) << 1);
  const boxes = (to + boxRows - 1) / boxRows - from / boxRows;
  memory.fill(plan.boxLabel + ((<usize>(from / boxRows)) << 1), 0xff, (<usize>boxes) << 1);
}

/** Gives all rows of a box the same label; their bounds say that they must be looked at when the box no longer does. */
export function labelBox(plan: Plan, scratch: usize, sums: usize, first: i32, rows: i32, label: i32): void {
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
export function listActive(plan: Plan, scratch: usize, block: i32, rows: i32, gathered: i32): i32 {
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
export function countTiles(scratch: usize, from: i32, to: i32): i32 {
  let tiles = 0;
  let last = -1;
  for (let at = from; at < to; at++) {
    const tile = load<i32>(scratch + rowAt + ((<usize>at) << 2)) / tileRows;
    tiles += tile !== last ? 1 : 0;
    last = tile;
  }
  return tiles;
}

/** All rows of the tiles that the listed rows [from, to) lie in; `end`: the row after the last there may be. */
export function decideActiveTiles(
  plan: Plan,
  scratch: usize,
  sums: usize,
  from: i32,
  to: i32,
  end: i32,
  among: usize,
): void {
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
    decideTiles(plan, scratch, sums, first, min(next, end) - first, among);
  }
}

/** Rows [first, first + rows), at most a block, from the beginning of a tile on; `among`: see `nearestFilter`. */
export function decideTiles(
  plan: Plan,
  scratch: usize,
  sums: usize,
  first: i32,
  rows: i32,
  among: usize,
): void {
  const labels = scratch + labelAt;
  const gaps = scratch + gapAt;
  const tiles = plan.tiles + ((<usize>first * plan.d) << 2);
  const count = (rows + tileRows - 1) / tileRows;
  nearestFilter(plan, among, tiles, plan.squares + ((<usize>first) << 2), count, labels, gaps);
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
export function decideGathered(plan: Plan, scratch: usize, sums: usize, count: i32, most: i32): void {
  const labels = scratch + labelAt;
  const gaps = scratch + gapAt;
  for (let from = 0; from < count; from += most) {
    const rows = min(most, count - from);
    const tiles = (rows + tileRows - 1) / tileRows;
    for (let tile = 0; tile < tiles; tile++) gatherTile(plan, scratch, from, tile, count);
    nearestFilter(plan, everyCentre, scratch + tileAt, scratch + squareAt, tiles, labels, gaps);
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
