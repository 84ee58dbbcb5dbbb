import { Lanes } from './lanes';
import { tileRows } from './tile';

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
