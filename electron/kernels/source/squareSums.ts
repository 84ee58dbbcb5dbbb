import { LongSum } from './longSum';
import { areZero, zeroBytes } from './zeros';

// Sums of squares to twice the digits of a double: what is left of one after centres are taken off is exact. While one
// grows it is two high parts, then two low ones, 32 bytes; in the end one of each.

/** Makes a sum nothing. */
export function beginSquares(sum: usize): void {
  memory.fill(sum, 0, 32);
}

/** Adds the squares of the numbers from `at` to `end`. */
export function addSquares(at: usize, end: usize, sum: usize): void {
  let high = v128.load(sum);
  let low = v128.load(sum, 16);
  while (at < end) {
    const stop = min(end, at + zeroBytes);
    if (stop - at === zeroBytes && areZero(at)) at = stop;
    for (; at < stop; at += 16) {
      // An odd one is beside a zero.
      const x = at + 16 <= end ? v128.load(at) : v128.load64_zero(at);
      const head = LongSum.head(x);
      const square = f64x2.mul(head, head);
      const next = f64x2.add(high, square);
      const rest = f64x2.mul(f64x2.add(head, x), f64x2.sub(x, head));
      low = f64x2.add(low, f64x2.add(LongSum.error(high, square, next), rest));
      high = next;
    }
  }
  v128.store(sum, high);
  v128.store(sum, low, 16);
}

/** The same, each square `weight` times. */
export function addWeightedSquares(at: usize, end: usize, weight: f64, sum: usize): void {
  let high = v128.load(sum);
  let low = v128.load(sum, 16);
  const w = f64x2.splat(weight);
  for (; at < end; at += 8) {
    const x = v128.load64_zero(at);
    const head = LongSum.head(x);
    const square = f64x2.mul(head, head);
    const rest = f64x2.mul(f64x2.add(head, x), f64x2.sub(x, head));
    const product = f64x2.mul(w, square);
    const error = f64x2.add(LongSum.productError(w, square, product), f64x2.mul(w, rest));
    const next = f64x2.add(high, product);
    low = f64x2.add(low, f64x2.add(LongSum.error(high, product, next), error));
    high = next;
  }
  v128.store(sum, high);
  v128.store(sum, low, 16);
}

/** Leaves one high part and one low at `sum`. */
export function endSquares(sum: usize): void {
  const first = load<f64>(sum);
  const second = load<f64>(sum, 8);
  const both = first + second;
  const low = load<f64>(sum, 16) + load<f64>(sum, 24) + LongSum.scalarError(first, second, both);
  store<f64>(sum, both);
  store<f64>(sum, low, 8);
}
