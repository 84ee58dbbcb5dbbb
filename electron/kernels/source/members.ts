import { Lanes } from './lanes';
import { tileBytes, tileRows } from './tile';

/** Adds a tile's memberships in one component to the number at `sum`; returns a bit for each that is not zero. */
export function countMembers(membership: usize, sum: usize): i64 {
  const zero = f64x2.splat(0);
  let total = zero;
  let members: i64 = 0;
  for (let i: i32 = 0; i < tileRows; i += 2) {
    const share = v128.load(membership);
    total = f64x2.add(total, share);
    members |= (<i64>i64x2.bitmask(f64x2.ne(share, zero))) << (<i64>i);
    membership += 16;
  }
  store<f64>(sum, load<f64>(sum) + Lanes.total(total));
  return members;
}

/**
 * Multiplies a tile's memberships in one component by the numbers of their rows at `scale` and adds them to the number at
 * `sum`; returns a bit for each of the first `n` that is not zero. `seen` as `shares` leaves it.
 */
export function takeMembers(membership: usize, scale: usize, seen: usize, n: i32, sum: usize): i64 {
  let even = f64x2.splat(0);
  let odd = even;
  for (let i: usize = 0; i < tileBytes; i += 32) {
    const first = f64x2.mul(v128.load(membership + i), v128.load(scale + i));
    const second = f64x2.mul(v128.load(membership + i, 16), v128.load(scale + i, 16));
    v128.store(membership + i, first);
    v128.store(membership + i, second, 16);
    even = f64x2.add(even, first);
    odd = f64x2.add(odd, second);
  }
  store<f64>(sum, load<f64>(sum) + Lanes.total(f64x2.add(even, odd)));
  const members = fourBitsEach(load<i64>(seen)) | (fourBitsEach(load<i64>(seen, 8)) << 32);
  return n < tileRows ? members & (((<i64>1) << (<i64>n)) - 1) : members;
}

/** The lower halves of eight bytes, side by side. */
function fourBitsEach(bytes: i64): i64 {
  bytes = (bytes | (bytes >>> 4)) & 0x00ff00ff00ff00ff;
  bytes = (bytes | (bytes >>> 8)) & 0x0000ffff0000ffff;
  return (bytes | (bytes >>> 16)) & 0x00000000ffffffff;
}
