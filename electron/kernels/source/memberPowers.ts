import { memberSumStride } from './memberSums';

/**
 * Adds sum r x and sum r x^2 by feature, about zero, of the rows that have a bit in `members`; otherwise as
 * `addMemberRows`.
 *
 * sums  INOUT  first powers, then second ones, each as many as `memberSumStride` says
 */
export function addMemberPowers(x: usize, d: i32, membership: usize, members: i64, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  const squares = sums + ((<usize>memberSumStride(d)) << 3);
  let at: usize = 0;
  for (; at + 32 < rowBytes; at += 48) {
    addSix(x + at, rowBytes, membership, members, sums + at, squares + at);
  }
  if (at + 16 < rowBytes) addFour(x + at, rowBytes, membership, members, sums + at, squares + at);
  else if (at < rowBytes) addTwo(x + at, rowBytes, membership, members, sums + at, squares + at);
}

function addSix(
  x: usize,
  rowBytes: usize,
  membership: usize,
  members: i64,
  sums: usize,
  squares: usize,
): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let q0 = v128.load(squares);
  let q1 = v128.load(squares, 16);
  let q2 = v128.load(squares, 32);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let value = v128.load(row);
    let part = f64x2.mul(share, value);
    s0 = f64x2.add(s0, part);
    q0 = f64x2.add(q0, f64x2.mul(part, value));
    value = v128.load(row, 16);
    part = f64x2.mul(share, value);
    s1 = f64x2.add(s1, part);
    q1 = f64x2.add(q1, f64x2.mul(part, value));
    value = v128.load(row, 32);
    part = f64x2.mul(share, value);
    s2 = f64x2.add(s2, part);
    q2 = f64x2.add(q2, f64x2.mul(part, value));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(squares, q0);
  v128.store(squares, q1, 16);
  v128.store(squares, q2, 32);
}

function addFour(
  x: usize,
  rowBytes: usize,
  membership: usize,
  members: i64,
  sums: usize,
  squares: usize,
): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let q0 = v128.load(squares);
  let q1 = v128.load(squares, 16);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let value = v128.load(row);
    let part = f64x2.mul(share, value);
    s0 = f64x2.add(s0, part);
    q0 = f64x2.add(q0, f64x2.mul(part, value));
    value = v128.load(row, 16);
    part = f64x2.mul(share, value);
    s1 = f64x2.add(s1, part);
    q1 = f64x2.add(q1, f64x2.mul(part, value));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(squares, q0);
  v128.store(squares, q1, 16);
}

function addTwo(
  x: usize,
  rowBytes: usize,
  membership: usize,
  members: i64,
  sums: usize,
  squares: usize,
): void {
  let s0 = v128.load(sums);
  let q0 = v128.load(squares);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    const value = v128.load(row);
    const part = f64x2.mul(share, value);
    s0 = f64x2.add(s0, part);
    q0 = f64x2.add(q0, f64x2.mul(part, value));
  }
  v128.store(sums, s0);
  v128.store(squares, q0);
}
