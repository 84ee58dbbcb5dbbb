import { Lanes } from './lanes';

/**
 * Bytes of the running log-likelihood: sum of largest terms, product of the sums of the others, its exponent; then the
 * table of the exponentials.
 */
export const likelihoodBytes: usize = 64 + 512;

const tableOffset: usize = 64;

/** Begins a log-likelihood at `at`. */
export function beginLikelihood(at: usize): void {
  v128.store(at, f64x2.splat(0));
  v128.store(at, f64x2.splat(1), 16);
  v128.store(at, i64x2.splat(0), 32);
  Lanes.fillTable(at + tableOffset);
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
  const cut = f64x2.splat(Lanes.negligible);
  const table = likelihood + tableOffset;
  let largestSum = v128.load(likelihood);
  let product = v128.load(likelihood, 16);
  for (let i: i32 = 0; i < n; i += 2) {
    const column = joint + ((<usize>i) << 3);
    let at = column;
    let largest = v128.load(at);
    for (let j: i32 = 1; j < k; j++) {
      at += stride;
      largest = f64x2.pmax(largest, v128.load(at));
    }
    let sum = f64x2.splat(0);
    at = column;
    for (let j: i32 = 0; j < k; j++) {
      const below = f64x2.sub(v128.load(at), largest);
      const counts = f64x2.gt(below, cut);
      let share = f64x2.splat(0);
      if (v128.any_true(counts)) {
        share = v128.and(Lanes.exp(f64x2.pmax(cut, below), table), counts);
        sum = f64x2.add(sum, share);
      }
      v128.store(at, share);
      at += stride;
    }
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
    scale = v128.and(f64x2.div(scale, sum), isRow);
    at = column;
    for (let j: i32 = 0; j < k; j++) {
      v128.store(at, f64x2.mul(v128.load(at), scale));
      at += stride;
    }
  }
  for (let i = (n + 1) & ~1; i < 64; i += 2) {
    let at = joint + ((<usize>i) << 3);
    for (let j: i32 = 0; j < k; j++) {
      v128.store(at, f64x2.splat(0));
      at += stride;
    }
  }
  // Each sum is in [1, k], so a tile's product stays far from overflow; its exponent is then set aside.
  const exponent = i64x2.sub(i64x2.shr_u(product, 52), i64x2.splat(1023));
  v128.store(likelihood, i64x2.add(v128.load(likelihood, 32), exponent), 32);
  product = v128.or(v128.and(product, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  v128.store(likelihood, largestSum);
  v128.store(likelihood, product, 16);
}
