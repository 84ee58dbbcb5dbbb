/**
 * Numbers from the sums of one component to those of the next. Features go in blocks of ten, six or two, so that their
 * sums stay in registers; the last block may reach up to three beyond them, and those sums mean nothing.
 */
export function memberSumStride(d: i32): i32 {
  return d + 3;
}

/**
 * Adds sum r x of the rows that have a bit in `members`. Up to 24 bytes after the last row are read too; scratch always lies
 * behind rows.
 *
 * x           IN     64 x d at most
 * membership  IN     64
 * sums        INOUT  as many as `memberSumStride` says
 */
export function addMemberRows(x: usize, d: i32, membership: usize, members: i64, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  let at: usize = 0;
  for (; at + 48 < rowBytes; at += 80) addTen(x + at, rowBytes, membership, members, sums + at);
  if (at + 16 < rowBytes) {
    addSix(x + at, rowBytes, membership, members, sums + at);
    at += 48;
  }
  if (at < rowBytes) addTwo(x + at, rowBytes, membership, members, sums + at);
}

function addTen(x: usize, rowBytes: usize, membership: usize, members: i64, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let s3 = v128.load(sums, 48);
  let s4 = v128.load(sums, 64);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    s0 = f64x2.add(s0, f64x2.mul(share, v128.load(row)));
    s1 = f64x2.add(s1, f64x2.mul(share, v128.load(row, 16)));
    s2 = f64x2.add(s2, f64x2.mul(share, v128.load(row, 32)));
    s3 = f64x2.add(s3, f64x2.mul(share, v128.load(row, 48)));
    s4 = f64x2.add(s4, f64x2.mul(share, v128.load(row, 64)));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
}

function addSix(x: usize, rowBytes: usize, membership: usize, members: i64, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    s0 = f64x2.add(s0, f64x2.mul(share, v128.load(row)));
    s1 = f64x2.add(s1, f64x2.mul(share, v128.load(row, 16)));
    s2 = f64x2.add(s2, f64x2.mul(share, v128.load(row, 32)));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
}

function addTwo(x: usize, rowBytes: usize, membership: usize, members: i64, sums: usize): void {
  let s0 = v128.load(sums);
  for (; members !== 0; members &= members - 1) {
    const i = <usize>ctz<i64>(members);
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    s0 = f64x2.add(s0, f64x2.mul(share, v128.load(row)));
  }
  v128.store(sums, s0);
}
