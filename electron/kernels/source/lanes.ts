/** Arithmetic on two numbers at once that WebAssembly does not bring; the same bits on every machine. */
export class Lanes {
  /**
   * e^x for x <= 0; exactly 0 below -700, where it would leave the normal numbers; -Infinity gives 0.
   *
   * x = n log 2 + r with |r| <= log(2) / 2, log 2 in two parts so that r is exact to the last bit (Cody and Waite,
   * 1980); e^r by its Taylor polynomial of degree 12, whose remainder is below 2e-16. Relative error < 4e-16.
   */
  @inline
  static exp(x: v128): v128 {
    const bounded = f64x2.pmax(f64x2.splat(-700), x);
    const n = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)));
    let r = f64x2.sub(bounded, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
    r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
    let p = f64x2.splat(1.0 / 479001600);
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 39916800));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 3628800));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 362880));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 40320));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
    // n + 1023 in the low bits of the mantissa of 1.5 * 2^52 + ..., shifted to where the exponent stands.
    const power = i64x2.shl(f64x2.add(n, f64x2.splat(6755399441055744.0 + 1023.0)), 52);
    return v128.and(f64x2.mul(p, power), f64x2.ge(x, f64x2.splat(-700)));
  }
}
