/**
 * Numbers from the sums of one component to those of the next. Features go in blocks of six or twelve, so that their
 * sums stay in registers; the last block may reach beyond them, and those sums mean nothing.
 */
export function memberSumStride(d: i32): i32 {
  return ((d + 5) / 6) * 6;
}

/**
 * Adds sum r x of the rows that have a bit in `members`. Up to 88 bytes after the last row are read too; scratch always lies
 * behind rows.
 *
 * x           IN     64 x d at most
 * membership  IN     64
 * sums        INOUT  as many as `memberSumStride` says
 */
export function addMemberRows(x: usize, d: i32, membership: usize, members: i64, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  const end = sums + rowBytes;
  for (; sums + 48 < end; sums += 96) {
    let s0 = v128.load(sums);
    let s1 = v128.load(sums, 16);
    let s2 = v128.load(sums, 32);
    let s3 = v128.load(sums, 48);
    let s4 = v128.load(sums, 64);
    let s5 = v128.load(sums, 80);
    for (let rest = members; rest !== 0; rest &= rest - 1) {
      const i = <usize>ctz<i64>(rest);
      const row = x + i * rowBytes;
      const share = v128.load64_splat(membership + (i << 3));
      s0 = f64x2.add(s0, f64x2.mul(share, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(share, v128.load(row, 16)));
      s2 = f64x2.add(s2, f64x2.mul(share, v128.load(row, 32)));
      s3 = f64x2.add(s3, f64x2.mul(share, v128.load(row, 48)));
      s4 = f64x2.add(s4, f64x2.mul(share, v128.load(row, 64)));
      s5 = f64x2.add(s5, f64x2.mul(share, v128.load(row, 80)));
    }
    v128.store(sums, s0);
    v128.store(sums, s1, 16);
    v128.store(sums, s2, 32);
    v128.store(sums, s3, 48);
    v128.store(sums, s4, 64);
    v128.store(sums, s5, 80);
    x += 96;
  }
  if (sums >= end) return;
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  for (let rest = members; rest !== 0; rest &= rest - 1) {
    const i = <usize>ctz<i64>(rest);
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
