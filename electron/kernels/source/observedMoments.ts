import { addSquareMoments } from './diagonalStep';
import { Lanes } from './lanes';
import { countMembers } from './members';
import { tileBytes } from './tile';
import { listAt, TileFeatures } from './tileFeatures';

/** With fewer members than this among the rows of a tile, single rows are visited. By measurement. */
const sparseRows: i32 = 24;

/**
 * Adds the moments of the observed cells of a component, from rows and from the tile they make.
 *
 * sums    INOUT  sum of memberships, sums r (x - mean) (d), sums r (x - mean)^2 (d)
 * unseen  INOUT  d, sums of memberships of rows whose cell is missing
 */
export function addObservedMoments(
  rows: usize,
  tile: usize,
  d: i32,
  mean: usize,
  membership: usize,
  features: TileFeatures,
  sums: usize,
  unseen: usize,
): void {
  const mixedList = listAt(features, d, 1);
  const blindList = listAt(features, d, 2);
  if (mixedList === features.mixed && blindList === features.blind) {
    addSquareMoments(rows, tile, d, mean, membership, sums);
    return;
  }
  const before = load<f64>(sums);
  store<f64>(sums, 0);
  const members = countMembers(membership, sums);
  const total = load<f64>(sums);
  store<f64>(sums, before + total);
  if (total === 0) return;
  sums += 8;
  if (popcnt<i64>(members) < sparseRows) {
    addRows(rows, d, mean, membership, members, sums, unseen);
    return;
  }
  const rowBytes = (<usize>d) << 3;
  for (let at = blindList; at < features.blind; at += 4) {
    const place = unseen + <usize>load<u32>(at);
    store<f64>(place, load<f64>(place) + total);
  }
  for (let at = listAt(features, d, 0); at < features.whole; at += 4) {
    const feature = <usize>load<u32>(at);
    const from = tile + (feature << 6);
    const centre = v128.load64_splat(mean + feature);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    for (let i: usize = 0; i < tileBytes; i += 32) {
      let e = f64x2.sub(v128.load(from + i), centre);
      let u = f64x2.mul(v128.load(membership + i), e);
      s0 = f64x2.add(s0, u);
      q0 = f64x2.add(q0, f64x2.mul(u, e));
      e = f64x2.sub(v128.load(from + i, 16), centre);
      u = f64x2.mul(v128.load(membership + i, 16), e);
      s1 = f64x2.add(s1, u);
      q1 = f64x2.add(q1, f64x2.mul(u, e));
    }
    addTo(sums + feature, f64x2.add(s0, s1));
    addTo(sums + rowBytes + feature, f64x2.add(q0, q1));
  }
  for (let at = mixedList; at < features.mixed; at += 4) {
    const feature = <usize>load<u32>(at);
    const from = tile + (feature << 6);
    const centre = v128.load64_splat(mean + feature);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    let c0 = s0;
    let c1 = s0;
    for (let i: usize = 0; i < tileBytes; i += 32) {
      let value = v128.load(from + i);
      let share = v128.load(membership + i);
      let isObserved = f64x2.eq(value, value);
      let e = v128.and(f64x2.sub(value, centre), isObserved);
      let u = f64x2.mul(share, e);
      c0 = f64x2.add(c0, v128.andnot(share, isObserved));
      s0 = f64x2.add(s0, u);
      q0 = f64x2.add(q0, f64x2.mul(u, e));
      value = v128.load(from + i, 16);
      share = v128.load(membership + i, 16);
      isObserved = f64x2.eq(value, value);
      e = v128.and(f64x2.sub(value, centre), isObserved);
      u = f64x2.mul(share, e);
      c1 = f64x2.add(c1, v128.andnot(share, isObserved));
      s1 = f64x2.add(s1, u);
      q1 = f64x2.add(q1, f64x2.mul(u, e));
    }
    addTo(sums + feature, f64x2.add(s0, s1));
    addTo(sums + rowBytes + feature, f64x2.add(q0, q1));
    addTo(unseen + feature, f64x2.add(c0, c1));
  }
}

function addTo(at: usize, both: v128): void {
  store<f64>(at, load<f64>(at) + Lanes.total(both));
}

/** Adds the moments of the rows that have a bit in `members`. */
function addRows(
  x: usize,
  d: i32,
  mean: usize,
  membership: usize,
  members: i64,
  sums: usize,
  unseen: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const squares = sums + rowBytes;
  while (members !== 0) {
    const i = <usize>ctz<i64>(members);
    members &= members - 1;
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(row + at);
      const isObserved = f64x2.eq(value, value);
      const e = v128.and(f64x2.sub(value, v128.load(mean + at)), isObserved);
      const u = f64x2.mul(share, e);
      v128.store(sums + at, f64x2.add(v128.load(sums + at), u));
      v128.store(squares + at, f64x2.add(v128.load(squares + at), f64x2.mul(u, e)));
      v128.store(unseen + at, f64x2.add(v128.load(unseen + at), v128.andnot(share, isObserved)));
    }
    if (at < rowBytes) {
      const value = load<f64>(row + at);
      const own = f64x2.extract_lane(share, 0);
      if (value !== value) {
        store<f64>(unseen + at, load<f64>(unseen + at) + own);
      } else {
        const e = value - load<f64>(mean + at);
        store<f64>(sums + at, load<f64>(sums + at) + own * e);
        store<f64>(squares + at, load<f64>(squares + at) + own * e * e);
      }
    }
  }
}
