import { Lanes } from './lanes';

/** Bytes that the sum of the logarithms of many numbers is kept in: mantissas' product, exponents' sum, what is known. */
export const logProductBytes: usize = 48;

/** Begins a sum at `at`. */
export function beginLogProduct(at: usize): void {
  v128.store(at, f64x2.splat(1));
  v128.store(at, i64x2.splat(0), 16);
  v128.store(at, f64x2.splat(0), 32);
}

/** The sum at `at`. */
export function endLogProduct(at: usize): f64 {
  const exponents = v128.load(at, 16);
  const powers = <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1));
  const logMantissas = Lanes.total(Lanes.log(v128.load(at)));
  return Lanes.total(v128.load(at, 32)) + logMantissas + powers * 0.6931471805599453;
}

/** Adds what needs no logarithm any more. */
export function addToLogProduct(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at, 32) + value, 32);
}

/**
 * Adds the logarithms of `n` <= 64 numbers, times their weights. Without weights mantissas are multiplied, and one
 * logarithm is taken in the end.
 *
 * x       INOUT  64, normal, > 0; those from `n` on, up to an even number, become 1
 * weight  IN     n, >= 0; address 0 for all ones
 */
export function addLogarithms(at: usize, x: usize, n: i32, weight: usize): void {
  const last = (<usize>n) << 3;
  if (n & 1) store<f64>(x + last, 1);
  if (weight !== 0) {
    let sum = v128.load(at, 32);
    for (let i: usize = 0; i < last; i += 16) {
      const own = i + 16 <= last ? v128.load(weight + i) : v128.load64_zero(weight + i);
      sum = f64x2.add(sum, f64x2.mul(own, Lanes.log(v128.load(x + i))));
    }
    v128.store(at, sum, 32);
    return;
  }
  let product = v128.load(at);
  let exponents = v128.load(at, 16);
  for (let i: usize = 0; i < last; i += 16) {
    const value = v128.load(x + i);
    exponents = i64x2.add(exponents, exponentsOf(value));
    product = f64x2.mul(product, mantissasOf(value));
  }
  // Each mantissa is below 2: of 32 in a lane, and of what stood there, the product stays far from overflow.
  v128.store(at, mantissasOf(product));
  v128.store(at, i64x2.add(exponents, exponentsOf(product)), 16);
}

function exponentsOf(x: v128): v128 {
  return i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
}

function mantissasOf(x: v128): v128 {
  return v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
}
