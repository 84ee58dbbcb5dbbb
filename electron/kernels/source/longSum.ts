/**
 * Sums to about twice the digits of a double: a high part, and beside it what was rounded off. Adding a number and
 * taking it off again leaves the sum as it was to the last bit, nearly always.
 *
 * Source: Ogita, Rump and Oishi (2005), "Accurate sum and dot product": TwoSum (Knuth), Split (Dekker), TwoProduct
 * (Veltkamp), and Sum2, which keeps the errors in a plain sum.
 */
export class LongSum {
  /** What `sum` = fl(a + b) lacks of a + b, exactly. */
  @inline
  static error(a: v128, b: v128, sum: v128): v128 {
    const part = f64x2.sub(sum, a);
    return f64x2.add(f64x2.sub(a, f64x2.sub(sum, part)), f64x2.sub(b, part));
  }

  @inline
  static scalarError(a: f64, b: f64, sum: f64): f64 {
    const part = sum - a;
    return a - (sum - part) + (b - part);
  }

  /** The upper 26 bits of numbers below 1e300 in size: their products are exact. */
  @inline
  static head(a: v128): v128 {
    const scaled = f64x2.mul(f64x2.splat(134217729), a);
    return f64x2.sub(scaled, f64x2.sub(scaled, a));
  }

  /** What `product` = fl(a b) lacks of a b, exactly. */
  @inline
  static productError(a: v128, b: v128, product: v128): v128 {
    const aHead = LongSum.head(a);
    const bHead = LongSum.head(b);
    const aTail = f64x2.sub(a, aHead);
    const bTail = f64x2.sub(b, bHead);
    const rest = f64x2.sub(
      f64x2.sub(f64x2.sub(product, f64x2.mul(aHead, bHead)), f64x2.mul(aTail, bHead)),
      f64x2.mul(aHead, bTail),
    );
    return f64x2.sub(f64x2.mul(aTail, bTail), rest);
  }

  /** Adds `value` to the high part at `high` and its rounding to the low part at `low`, two numbers each. */
  @inline
  static add(high: usize, low: usize, value: v128): void {
    const before = v128.load(high);
    const sum = f64x2.add(before, value);
    v128.store(high, sum);
    v128.store(low, f64x2.add(v128.load(low), LongSum.error(before, value, sum)));
  }

  /** The same for one number. */
  @inline
  static addOne(high: usize, low: usize, value: f64): void {
    const before = load<f64>(high);
    const sum = before + value;
    store<f64>(high, sum);
    store<f64>(low, load<f64>(low) + LongSum.scalarError(before, value, sum));
  }
}
