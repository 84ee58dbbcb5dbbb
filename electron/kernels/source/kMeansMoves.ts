import { GroupBounds } from './groupBounds';
import { Plan, noLabel } from './kMeansPlan';
import { LongSum } from './longSum';

/**
 * Gives rows their new labels and moves them from sum to sum, in the order of the list.
 *
 * change  IN  count places, i32
 * label   IN  the new label of each place, i32
 * gap     IN  of each place, f32; not above zero: the row is decided here, exactly
 * list    IN  the row of each place, i32; 0: place r is row first + r
 */
export function moveRows(
  plan: Plan,
  sums: usize,
  change: usize,
  count: i32,
  label: usize,
  gap: usize,
  list: usize,
  first: i32,
): void {
  const d = plan.d;
  const rows = plan.rows;
  const weights = plan.weight;
  const labels = plan.label;
  const stride = (<usize>(d + 1)) << 3;
  const toLow = stride * plan.k;
  const end = change + ((<usize>count) << 2);
  touchRows(plan, change, end, list, first);
  for (; change < end; change += 4) {
    const place = (<usize>load<i32>(change)) << 2;
    const i = list === 0 ? first + <i32>(place >> 2) : load<i32>(list + place);
    const now = load<f32>(gap + place) > 0 ? load<i32>(label + place) : decideExactly(plan, i);
    const before = <i32>load<u16>(labels + ((<usize>i) << 1));
    if (before === now) continue;
    store<u16>(labels + ((<usize>i) << 1), <u16>now);
    const row = rows + ((<usize>i * d) << 3);
    if (weights !== 0) {
      const weight = load<f64>(weights + ((<usize>i) << 3));
      if (before !== noLabel) addWeighted(row, d, sums + stride * before, toLow, -weight);
      addWeighted(row, d, sums + stride * now, toLow, weight);
    } else if (before === noLabel) {
      add(row, d, sums + stride * now, toLow);
    } else move(row, d, sums + stride * before, sums + stride * now, toLow);
  }
}

/**
 * Reads a byte of every 64 of the rows that may move, one after the other without waiting: they lie far apart, and the
 * sums that are added to in turn would wait for each. What is read goes where nobody looks.
 */
function touchRows(plan: Plan, change: usize, end: usize, list: usize, first: i32): void {
  const bytes = (<usize>plan.d) << 3;
  let sum: u32 = 0;
  for (; change < end; change += 4) {
    const place = load<i32>(change);
    const i = list === 0 ? first + place : load<i32>(list + ((<usize>place) << 2));
    const row = plan.row(i);
    for (let at: usize = 0; at < bytes; at += 64) sum += load<u8>(row + at);
    sum += load<u8>(row + bytes - 1);
  }
  store<u32>(end, sum);
}

/** A row without weight to a sum. */
function add(row: usize, d: i32, high: usize, toLow: usize): void {
  const end = row + ((<usize>(d & ~1)) << 3);
  for (; row < end; row += 16) {
    LongSum.add(high, high + toLow, v128.load(row));
    high += 16;
  }
  if (d & 1) {
    LongSum.addOne(high, high + toLow, load<f64>(row));
    high += 8;
  }
  store<f64>(high, load<f64>(high) + 1);
}

/** A row without weight from one sum to another. */
function move(row: usize, d: i32, from: usize, to: usize, toLow: usize): void {
  const end = row + ((<usize>(d & ~1)) << 3);
  for (; row < end; row += 16) {
    const x = v128.load(row);
    LongSum.add(from, from + toLow, f64x2.neg(x));
    LongSum.add(to, to + toLow, x);
    from += 16;
    to += 16;
  }
  if (d & 1) {
    const x = load<f64>(row);
    LongSum.addOne(from, from + toLow, -x);
    LongSum.addOne(to, to + toLow, x);
    from += 8;
    to += 8;
  }
  store<f64>(from, load<f64>(from) - 1);
  store<f64>(to, load<f64>(to) + 1);
}

/** A row `weight` times to a sum. What products round off is kept too. */
function addWeighted(row: usize, d: i32, high: usize, toLow: usize, weight: f64): void {
  const w = f64x2.splat(weight);
  for (let a = 0; a < d; a++) {
    const x = v128.load64_zero(row);
    const product = f64x2.mul(w, x);
    LongSum.addOne(high, high + toLow, f64x2.extract_lane(product, 0));
    const error = f64x2.extract_lane(LongSum.productError(w, x, product), 0);
    store<f64>(high + toLow, load<f64>(high + toLow) + error);
    row += 8;
    high += 8;
  }
  LongSum.addOne(high, high + toLow, weight);
}

/** The label of row i by distances in double precision, summed in the order of features as the reference does. */
function decideExactly(plan: Plan, i: i32): i32 {
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
  if (plan.lower !== 0) {
    GroupBounds.storeExact(plan, i, label, best, second);
    return label;
  }
  // Less what double precision may err, so that a row this close is decided in it again.
  const gap = (sqrt(second) * (1 - 1e-9) - sqrt(best)) * plan.scale * (1 - 1e-6);
  const below = load<f32>(plan.driftBelow + ((<usize>label) << 2));
  store<f32>(plan.bound + ((<usize>i) << 2), below + <f32>max(0, gap));
  return label;
}
