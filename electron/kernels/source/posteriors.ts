import { Exponential } from './exponential';
import { Lanes } from './lanes';
import { tileBytes } from './tile';

const tableOffset: usize = 64;
const largestOffset: usize = tableOffset + Exponential.tableBytes;
const sumOffset: usize = largestOffset + tileBytes;
const idleOffset: usize = sumOffset + tileBytes;

/** Bytes of what `shares` says of a component's rows. */
export const seenBytes: usize = 16;

/**
 * Bytes of the running log-likelihood: sum of largest terms, product of the sums of the others, its exponent, what is
 * negligible; then the table of the exponentials; then of the rows of a tile the largest terms and the sums of the others.
 */
export const likelihoodBytes: usize = idleOffset + 16;

/** Begins a log-likelihood at `at`. */
export function beginLikelihood(at: usize): void {
  v128.store(at, f64x2.splat(0));
  v128.store(at, f64x2.splat(1), 16);
  v128.store(at, i64x2.splat(0), 32);
  v128.store(at, f64x2.splat(Lanes.negligible), 48);
  Exponential.fill(at + tableOffset);
}

/** The log-likelihood gathered at `at`. */
export function endLikelihood(at: usize): f64 {
  const logProduct = Lanes.log(v128.load(at, 16));
  const exponent = v128.load(at, 32);
  const powers = <f64>(i64x2.extract_lane(exponent, 0) + i64x2.extract_lane(exponent, 1));
  return Lanes.total(v128.load(at)) + Lanes.total(logProduct) + powers * 0.6931471805599453;
}

/**
 * Turns log joint densities of up to 64 rows into memberships, times the rows' weights, by log-sum-exp, and adds
 * the rows' part of the log-likelihood to what is gathered at `likelihood`. Without weights the sums of a tile are
 * multiplied, and one logarithm is taken in the end.
 *
 * joint       INOUT  k components, `stride` bytes apart, of 64 rows; memberships of rows from `n` on become zero
 * weight      IN     n, >= 0; address 0 for all ones
 * logDensity  OUT    64, log densities of rows; address 0: not wanted
 *
 * Source: Bishop (2006), eq. 9.23.
 */
export function posteriors(
  joint: usize,
  stride: usize,
  n: i32,
  k: i32,
  weight: usize,
  logDensity: usize,
  likelihood: usize,
): void {
  writeShares(joint, stride, k, likelihood, likelihood + idleOffset, 0);
  addDensities(n, weight, logDensity, likelihood);
  const scale = shareScale(likelihood);
  for (let j: i32 = 0; j < k; j++) {
    const own = joint + <usize>j * stride;
    for (let v: usize = 0; v < tileBytes; v += 32) {
      v128.store(own + v, f64x2.mul(v128.load(own + v), v128.load(scale + v)));
      v128.store(own + v, f64x2.mul(v128.load(own + v, 16), v128.load(scale + v, 16)), 16);
    }
  }
}

/**
 * The same without the last multiplication: what is left in `joint`, times `shareScale` of its row, is a membership.
 *
 * seen  OUT  k x 16, four bits for each four rows: whether they have a membership that is not zero
 */
export function shares(
  joint: usize,
  stride: usize,
  n: i32,
  k: i32,
  weight: usize,
  logDensity: usize,
  likelihood: usize,
  seen: usize,
): void {
  writeShares(joint, stride, k, likelihood, seen, seenBytes);
  addDensities(n, weight, logDensity, likelihood);
}

/** Where the numbers of the 64 rows are that `shares` leaves to be multiplied by. */
export function shareScale(likelihood: usize): usize {
  return likelihood + sumOffset;
}

/** Writes e^(joint - largest) of each row, 0 where that is negligible, and their sums; four rows at a time. */
function writeShares(
  joint: usize,
  stride: usize,
  k: i32,
  likelihood: usize,
  seen: usize,
  seenStride: usize,
): void {
  const table = likelihood + tableOffset;
  const zero = f64x2.splat(0);
  const cut = v128.load(likelihood, 48);
  const end = joint + <usize>k * stride;
  for (let v: usize = 0; v < tileBytes; v += 32) {
    const first = joint + v;
    let l0 = v128.load(first);
    let l1 = v128.load(first, 16);
    for (let at = first + stride; at < end; at += stride) {
      l0 = f64x2.pmax(l0, v128.load(at));
      l1 = f64x2.pmax(l1, v128.load(at, 16));
    }
    let s0 = zero;
    let s1 = zero;
    let bits = seen + (v >> 5);
    for (let at = first; at < end; at += stride) {
      const b0 = f64x2.sub(v128.load(at), l0);
      const b1 = f64x2.sub(v128.load(at, 16), l1);
      const counts0 = f64x2.gt(b0, cut);
      const counts1 = f64x2.gt(b1, cut);
      // Which of the four rows have a membership.
      const counts = i32x4.bitmask(v128.shuffle<i32>(counts0, counts1, 0, 2, 4, 6));
      store<u8>(bits, counts);
      bits += seenStride;
      if (counts !== 0) {
        const e0 = v128.and(Exponential.of(b0, table), counts0);
        s0 = f64x2.add(s0, e0);
        v128.store(at, e0);
        const e1 = v128.and(Exponential.of(b1, table), counts1);
        s1 = f64x2.add(s1, e1);
        v128.store(at, e1, 16);
      } else {
        v128.store(at, zero);
        v128.store(at, zero, 16);
      }
    }
    const largest = likelihood + largestOffset + v;
    v128.store(largest, l0);
    v128.store(largest, l1, 16);
    v128.store(largest, s0, tileBytes);
    v128.store(largest, s1, tileBytes + 16);
  }
}

/**
 * Adds the rows' part of the log-likelihood from what was found of them, and leaves what a row's exponentials are to be
 * multiplied by in the place of their sum: 0 for rows from `n` on.
 */
function addDensities(n: i32, weight: usize, logDensity: usize, likelihood: usize): void {
  let largestSum = v128.load(likelihood);
  let product = v128.load(likelihood, 16);
  let at = likelihood + largestOffset;
  for (let i: i32 = 0; i < n; i += 2) {
    const largest = v128.load(at);
    const sum = v128.load(at + tileBytes);
    // Of the last row of an odd number only one lane is a row.
    const isRow = i + 1 < n ? i64x2.splat(-1) : i64x2(-1, 0);
    let scale = f64x2.splat(1);
    if (weight === 0) {
      largestSum = f64x2.add(largestSum, v128.and(largest, isRow));
      product = f64x2.mul(product, v128.bitselect(sum, f64x2.splat(1), isRow));
    } else {
      const from = weight + ((<usize>i) << 3);
      scale = i + 1 < n ? v128.load(from) : f64x2(load<f64>(from), 0);
      // A row that does not count must not bring its minus infinity: 0 times infinity is not a number.
      const density = f64x2.add(largest, Lanes.log(sum));
      largestSum = f64x2.add(
        largestSum,
        v128.and(f64x2.mul(scale, density), f64x2.ne(scale, f64x2.splat(0))),
      );
    }
    if (logDensity !== 0) {
      v128.store(logDensity + ((<usize>i) << 3), f64x2.add(largest, Lanes.log(sum)));
    }
    v128.store(at + tileBytes, v128.and(f64x2.div(scale, sum), isRow));
    at += 16;
  }
  const rest = (<usize>((n + 1) >> 1)) << 4;
  if (rest < tileBytes) memory.fill(likelihood + sumOffset + rest, 0, tileBytes - rest);
  // Each sum is in [1, k], so a tile's product stays far from overflow; its exponent is then set aside.
  const exponent = i64x2.sub(i64x2.shr_u(product, 52), i64x2.splat(1023));
  v128.store(likelihood, i64x2.add(v128.load(likelihood, 32), exponent), 32);
  product = v128.or(v128.and(product, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  v128.store(likelihood, largestSum);
  v128.store(likelihood, product, 16);
}
