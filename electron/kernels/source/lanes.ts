/** Arithmetic on two numbers at once that WebAssembly does not bring; the same bits on every machine. */
export class Lanes {
  /**
   * Below this logarithm a membership relative to the row's largest is zero. e^-60 is 9e-27: together such memberships
   * cannot change the sixteenth digit of a component that has a ten-thousand-millionth of the rows.
   */
  static readonly negligible: f64 = -60;

  /**
   * log(x) for normal x >= 1.
   *
   * x = 2^n (1 + f) with sqrt(1/2) < 1 + f < sqrt(2); log(1 + f) by the minimax polynomial in s = f / (2 + f) of
   * fdlibm's e_log.c (Sun Microsystems, 1993). Error < 1 unit in the last place.
   */
  @inline
  static log(x: v128): v128 {
    const mantissa = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
    const isLarge = f64x2.gt(mantissa, f64x2.splat(1.4142135623730951));
    // The exponent's bits under those of 2^52 are the number 2^52 + exponent.
    let n = f64x2.sub(
      v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000)),
      f64x2.splat(4503599627370496.0 + 1023.0),
    );
    n = f64x2.add(n, v128.and(isLarge, f64x2.splat(1)));
    const f = f64x2.sub(
      v128.bitselect(f64x2.mul(mantissa, f64x2.splat(0.5)), mantissa, isLarge),
      f64x2.splat(1),
    );
    const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
    const z = f64x2.mul(s, s);
    const w = f64x2.mul(z, z);
    let even = f64x2.add(f64x2.splat(0.22222198432149784), f64x2.mul(w, f64x2.splat(0.15313837699209373)));
    even = f64x2.mul(w, f64x2.add(f64x2.splat(0.3999999999940942), f64x2.mul(w, even)));
    let odd = f64x2.add(f64x2.splat(0.1818357216161805), f64x2.mul(w, f64x2.splat(0.14798198605116586)));
    odd = f64x2.add(f64x2.splat(0.2857142874366239), f64x2.mul(w, odd));
    odd = f64x2.mul(z, f64x2.add(f64x2.splat(0.6666666666666735), f64x2.mul(w, odd)));
    const half = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f));
    const low = f64x2.mul(n, f64x2.splat(1.9082149292705877e-10));
    const series = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.add(even, odd))), low);
    const rest = f64x2.sub(f64x2.sub(half, series), f);
    return f64x2.sub(f64x2.mul(n, f64x2.splat(0.6931471803691238)), rest);
  }

  /** The sum of both. */
  @inline
  static total(x: v128): f64 {
    return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
  }
}
