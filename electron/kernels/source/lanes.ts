/** Arithmetic on two numbers at once that WebAssembly does not bring; the same bits on every machine. */
export class Lanes {
  /**
   * Below this logarithm a membership relative to the row's largest is zero. e^-60 is 9e-27: together such memberships
   * cannot change the sixteenth digit of a component that has a ten-thousand-millionth of the rows.
   */
  static readonly negligible: f64 = -60;

  /** Bytes of the table `exp` reads. */
  static readonly tableBytes: usize = 512;

  /**
   * e^x for x in [-700, 0]; `table` is made by `fillTable`.
   *
   * x = n log(2) / 64 + r, log 2 in two parts so that r loses nothing (Cody and Waite, 1980); 2^(n / 64) from the
   * table and its exponent (Tang, 1989), e^r for |r| < 0.0055 by its Taylor polynomial of degree 5, whose remainder is
   * below 4e-17, in pairs of terms so that no long chain keeps the processor waiting. Relative error < 4e-16.
   */
  @inline
  static exp(x: v128, table: usize): v128 {
    const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(92.332482616893656)));
    let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238 / 64)));
    r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10 / 64)));
    const square = f64x2.mul(r, r);
    const third = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(1.0 / 6)));
    const fifth = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(r, f64x2.splat(1.0 / 120)));
    const higher = f64x2.mul(square, f64x2.add(third, f64x2.mul(square, fifth)));
    const p = f64x2.add(f64x2.add(f64x2.splat(1), r), higher);
    // Adding 1.5 * 2^52 leaves n in the low bits: six of them are the place in the table, the others the exponent.
    const bits = f64x2.add(n, f64x2.splat(6755399441055744.0));
    const first = ((<usize>i64x2.extract_lane(bits, 0)) & 63) << 3;
    const second = ((<usize>i64x2.extract_lane(bits, 1)) & 63) << 3;
    const root = v128.load_lane<f64>(table + second, v128.load64_zero(table + first), 1);
    const exponent = i64x2.shl(v128.andnot(bits, i64x2.splat(63)), 46);
    return f64x2.mul(p, i64x2.add(root, exponent));
  }

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

  /** Writes 2^(j / 64), j = 0 to 63, correctly rounded. No static data: threads share the memory. */
  static fillTable(at: usize): void {
    v128.store(at, f64x2(1.0, 1.0108892860517005), 0);
    v128.store(at, f64x2(1.0218971486541166, 1.0330248790212284), 16);
    v128.store(at, f64x2(1.0442737824274138, 1.0556451783605572), 32);
    v128.store(at, f64x2(1.0671404006768237, 1.0787607977571199), 48);
    v128.store(at, f64x2(1.0905077326652577, 1.102382583307841), 64);
    v128.store(at, f64x2(1.1143867425958924, 1.1265216186082418), 80);
    v128.store(at, f64x2(1.1387886347566916, 1.1511892299529827), 96);
    v128.store(at, f64x2(1.1637248587775775, 1.1763969916502812), 112);
    v128.store(at, f64x2(1.189207115002721, 1.202156731452703), 128);
    v128.store(at, f64x2(1.215247359980469, 1.22848053610687), 144);
    v128.store(at, f64x2(1.241857812073484, 1.255380757024691), 160);
    v128.store(at, f64x2(1.2690509571917332, 1.2828700160787783), 176);
    v128.store(at, f64x2(1.2968395546510096, 1.3109612115247644), 192);
    v128.store(at, f64x2(1.3252366431597413, 1.339667524053303), 208);
    v128.store(at, f64x2(1.3542555469368927, 1.3690024229745905), 224);
    v128.store(at, f64x2(1.383909881963832, 1.3989796725383112), 240);
    v128.store(at, f64x2(1.4142135623730951, 1.42961333839197), 256);
    v128.store(at, f64x2(1.4451808069770467, 1.460917794180647), 272);
    v128.store(at, f64x2(1.4768261459394993, 1.4929077282912648), 288);
    v128.store(at, f64x2(1.5091644275934228, 1.5255981507445384), 304);
    v128.store(at, f64x2(1.5422108254079407, 1.559004400237837), 320);
    v128.store(at, f64x2(1.5759808451078865, 1.593142151342267), 336);
    v128.store(at, f64x2(1.6104903319492543, 1.6280274218573478), 352);
    v128.store(at, f64x2(1.645755478153965, 1.6636765803267364), 368);
    v128.store(at, f64x2(1.681792830507429, 1.7001063537185235), 384);
    v128.store(at, f64x2(1.718619298122478, 1.7373338352737062), 400);
    v128.store(at, f64x2(1.7562521603732995, 1.7753764925265212), 416);
    v128.store(at, f64x2(1.7947090750031072, 1.8142521755003989), 432);
    v128.store(at, f64x2(1.8340080864093424, 1.8539791250833855), 448);
    v128.store(at, f64x2(1.8741676341103, 1.8945759815869656), 464);
    v128.store(at, f64x2(1.9152065613971474, 1.9360617934922943), 480);
    v128.store(at, f64x2(1.9571441241754002, 1.978456026387951), 496);
  }
}
