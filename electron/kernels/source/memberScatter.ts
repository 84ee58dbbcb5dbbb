import { Lanes } from './lanes';
import { tileBytes, tileRows } from './tile';

/** Rows whose memberships are kept at once: enough that the rows a component has among them fill the tiles. */
export const blockRows: i32 = 256;
export const blockBytes: usize = 2048;

/** Numbers up to a multiple of three. */
export function threes(n: i32): i32 {
  return ((n + 2) / 3) * 3;
}

/** Bytes of the sums of one component. */
export function gaussianSumBytes(d: i32): usize {
  return (<usize>(2 + threes(d + 1) * threes(d))) << 3;
}

/**
 * Adds the moments of the rows that have a membership in one component. They are gathered, so that what a row
 * costs here is what it has to say: with groups apart, most rows belong to one component alone. After an odd number of
 * memberships comes a zero.
 */
export function addMoments(
  x: usize,
  rows: i32,
  d: i32,
  mean: usize,
  membership: usize,
  listed: usize,
  plain: usize,
  weighted: usize,
  sums: usize,
): void {
  let count: i32 = 0;
  const zero = f64x2.splat(0);
  let total = zero;
  for (let i: i32 = 0; i < rows; i += 2) {
    const shares = v128.load(membership + ((<usize>i) << 3));
    total = f64x2.add(total, shares);
    // Both are written; what is no member is written over by the next.
    const members = i64x2.bitmask(f64x2.ne(shares, zero));
    store<i32>(listed + ((<usize>count) << 2), i);
    count += members & 1;
    store<i32>(listed + ((<usize>count) << 2), i + 1);
    count += members >> 1;
  }
  store<f64>(sums, load<f64>(sums) + Lanes.total(total));
  for (let first: i32 = 0; first < count; first += tileRows) {
    const gathered = min(tileRows, count - first);
    gather(x, d, mean, membership, listed + ((<usize>first) << 2), gathered, plain, weighted);
    addProducts(d, (gathered + 1) >> 1, plain, weighted, sums + 16);
  }
}

/** Differences from the mean of listed rows, as they are and times membership; the membership follows as row d. */
function gather(
  x: usize,
  d: i32,
  mean: usize,
  membership: usize,
  listed: usize,
  gathered: i32,
  plain: usize,
  weighted: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < gathered; i += 2) {
    const index = load<i32>(listed);
    const hasOther = i + 1 < gathered;
    const otherIndex = hasOther ? load<i32>(listed, 4) : index;
    listed += 8;
    const other = hasOther ? load<f64>(membership + ((<usize>otherIndex) << 3)) : 0;
    const share = f64x2(load<f64>(membership + ((<usize>index) << 3)), other);
    let first = x + <usize>index * rowBytes;
    let second = x + <usize>otherIndex * rowBytes;
    let centre = mean;
    let to = plain + ((<usize>i) << 3);
    let toWeighted = weighted + ((<usize>i) << 3);
    let a: i32 = 0;
    for (; a + 2 <= d; a += 2) {
      const m = v128.load(centre);
      const e = f64x2.sub(v128.load(first), m);
      const f = f64x2.sub(v128.load(second), m);
      const low = v128.shuffle<f64>(e, f, 0, 2);
      const high = v128.shuffle<f64>(e, f, 1, 3);
      v128.store(to, low);
      v128.store(to + tileBytes, high);
      v128.store(toWeighted, f64x2.mul(share, low));
      v128.store(toWeighted + tileBytes, f64x2.mul(share, high));
      first += 16;
      second += 16;
      centre += 16;
      to += 2 * tileBytes;
      toWeighted += 2 * tileBytes;
    }
    if (a < d) {
      const e = f64x2.sub(f64x2(load<f64>(first), load<f64>(second)), v128.load64_splat(centre));
      v128.store(to, e);
      v128.store(toWeighted, f64x2.mul(share, e));
      toWeighted += tileBytes;
    }
    v128.store(toWeighted, share);
  }
}

/** Adds weighted x plain' over `pairs` pairs of gathered rows, lower triangle and row d, in tiles of three by three. */
function addProducts(d: i32, pairs: i32, plain: usize, weighted: usize, sums: usize): void {
  const across = threes(d);
  const rowBytes = (<usize>across) << 3;
  for (let a: i32 = 0; a <= d; a += 3) {
    const left = weighted + <usize>a * tileBytes;
    const row = sums + <usize>a * rowBytes;
    const most = min(a, across);
    for (let b: i32 = 0; b < most; b += 3) {
      addSquare(pairs, left, plain + <usize>b * tileBytes, row + ((<usize>b) << 3), rowBytes);
    }
    if (a < d) addTriangle(pairs, left, plain + <usize>a * tileBytes, row + ((<usize>a) << 3), rowBytes);
  }
}

/** A tile below the diagonal. */
function addSquare(pairs: i32, left: usize, right: usize, at: usize, rowBytes: usize): void {
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s02 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s12 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s22 = f64x2.splat(0);
  for (let i: i32 = 0; i < pairs; i++) {
    const r0 = v128.load(right);
    const r1 = v128.load(right + tileBytes);
    const r2 = v128.load(right + 2 * tileBytes);
    let l = v128.load(left);
    s00 = f64x2.add(s00, f64x2.mul(l, r0));
    s01 = f64x2.add(s01, f64x2.mul(l, r1));
    s02 = f64x2.add(s02, f64x2.mul(l, r2));
    l = v128.load(left + tileBytes);
    s10 = f64x2.add(s10, f64x2.mul(l, r0));
    s11 = f64x2.add(s11, f64x2.mul(l, r1));
    s12 = f64x2.add(s12, f64x2.mul(l, r2));
    l = v128.load(left + 2 * tileBytes);
    s20 = f64x2.add(s20, f64x2.mul(l, r0));
    s21 = f64x2.add(s21, f64x2.mul(l, r1));
    s22 = f64x2.add(s22, f64x2.mul(l, r2));
    left += 16;
    right += 16;
  }
  addThree(at, s00, s01, s02);
  addThree(at + rowBytes, s10, s11, s12);
  addThree(at + 2 * rowBytes, s20, s21, s22);
}

/** A tile on the diagonal: only b <= a. */
function addTriangle(pairs: i32, left: usize, right: usize, at: usize, rowBytes: usize): void {
  const zero = f64x2.splat(0);
  let s00 = zero;
  let s10 = zero;
  let s11 = zero;
  let s20 = zero;
  let s21 = zero;
  let s22 = zero;
  for (let i: i32 = 0; i < pairs; i++) {
    const r0 = v128.load(right);
    const r1 = v128.load(right + tileBytes);
    s00 = f64x2.add(s00, f64x2.mul(v128.load(left), r0));
    let l = v128.load(left + tileBytes);
    s10 = f64x2.add(s10, f64x2.mul(l, r0));
    s11 = f64x2.add(s11, f64x2.mul(l, r1));
    l = v128.load(left + 2 * tileBytes);
    s20 = f64x2.add(s20, f64x2.mul(l, r0));
    s21 = f64x2.add(s21, f64x2.mul(l, r1));
    s22 = f64x2.add(s22, f64x2.mul(l, v128.load(right + 2 * tileBytes)));
    left += 16;
    right += 16;
  }
  addThree(at, s00, zero, zero);
  addThree(at + rowBytes, s10, s11, zero);
  addThree(at + 2 * rowBytes, s20, s21, s22);
}

/** Adds the totals of three pairs to three numbers. */
function addThree(at: usize, first: v128, second: v128, third: v128): void {
  const both = f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), both));
  store<f64>(at, load<f64>(at, 16) + f64x2.extract_lane(third, 0) + f64x2.extract_lane(third, 1), 16);
}
