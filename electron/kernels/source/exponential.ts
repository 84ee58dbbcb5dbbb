/**
 * e^x of two numbers at once, the same bits on every machine. What it reads lies in memory: V8 makes a constant vector
 * anew wherever it is used, in three instructions.
 */
export class Exponential {
  /** Bytes of the table: 2^(j / 256) for j = 0 to 255, room for one vector, constants and what they are made from. */
  static readonly tableBytes: usize = 2048 + 16 + 256;

  /**
   * e^x for x in [-700, 0]; what comes of smaller numbers means nothing. `table` is made by `fill`.
   *
   * x = (n + f) log(2) / 256 with |f| <= 1/2; 2^(n / 256) from the table (Tang, 1989), e^(f log(2) / 256) by its Taylor
   * polynomial of degree 4, whose remainder is below 4e-17. Relative error < 5e-16 and that of x log(2) / 256: what e^x
   * is less than 1 by makes up for it.
   */
  @inline
  static of(x: v128, table: usize): v128 {
    const t = f64x2.mul(x, v128.load(table, 2064));
    // Adding 1.5 * 2^52 leaves n in the low bits: eight of them are the place in the table, the others the exponent.
    const magic = v128.load(table, 2080);
    const bits = f64x2.add(t, magic);
    v128.store(table, bits, 2048);
    const f = f64x2.sub(t, f64x2.sub(bits, magic));
    let p = f64x2.add(v128.load(table, 2144), f64x2.mul(f, v128.load(table, 2160)));
    p = f64x2.add(v128.load(table, 2128), f64x2.mul(f, p));
    p = f64x2.add(v128.load(table, 2112), f64x2.mul(f, p));
    p = f64x2.add(v128.load(table, 2096), f64x2.mul(f, p));
    const first = (<usize>load<u8>(table, 2048)) << 3;
    const second = (<usize>load<u8>(table, 2056)) << 3;
    const root = v128.load_lane<f64>(table + second, v128.load64_zero(table + first), 1);
    return f64x2.mul(p, i64x2.add(root, i64x2.shl(bits, 44)));
  }

  /** Makes the table at `at`. No static data: threads share the memory. */
  static fill(at: usize): void {
    Exponential.fillRoots(at);
    // 256 / log 2, 1.5 * 2^52, (log(2) / 256)^i / i!
    v128.store(at, f64x2.splat(369.3299304675746), 2064);
    v128.store(at, f64x2.splat(6755399441055744.0), 2080);
    v128.store(at, f64x2.splat(1), 2096);
    v128.store(at, f64x2.splat(0.0027076061740622863), 2112);
    v128.store(at, f64x2.splat(3.6655655969101062e-6), 2128);
    v128.store(at, f64x2.splat(3.3083026805413713e-9), 2144);
    v128.store(at, f64x2.splat(2.239395190875157e-12), 2160);
  }

  /**
   * Root j is less by j << 44, which the low bits of n will add to it. Two correctly rounded roots, 2^(j / 16) and
   * 2^(j / 256), make each: relative error < 2e-16.
   */
  private static fillRoots(at: usize): void {
    const coarse = at + 2064;
    const fine = coarse + 128;
    v128.store(coarse, f64x2(1, 1.0442737824274138), 0);
    v128.store(coarse, f64x2(1.0905077326652577, 1.1387886347566916), 16);
    v128.store(coarse, f64x2(1.189207115002721, 1.241857812073484), 32);
    v128.store(coarse, f64x2(1.2968395546510096, 1.3542555469368927), 48);
    v128.store(coarse, f64x2(1.4142135623730951, 1.4768261459394993), 64);
    v128.store(coarse, f64x2(1.5422108254079407, 1.6104903319492543), 80);
    v128.store(coarse, f64x2(1.681792830507429, 1.7562521603732995), 96);
    v128.store(coarse, f64x2(1.8340080864093424, 1.9152065613971474), 112);
    v128.store(fine, f64x2(1, 1.0027112750502025), 0);
    v128.store(fine, f64x2(1.0054299011128027, 1.0081558981184175), 16);
    v128.store(fine, f64x2(1.0108892860517005, 1.0136300849514894), 32);
    v128.store(fine, f64x2(1.016378314910953, 1.019133996077738), 48);
    v128.store(fine, f64x2(1.0218971486541166, 1.0246677928971357), 64);
    v128.store(fine, f64x2(1.0274459491187637, 1.030231637686041), 80);
    v128.store(fine, f64x2(1.0330248790212284, 1.0358256936019572), 96);
    v128.store(fine, f64x2(1.0386341019613787, 1.041450124688316), 112);
    for (let j: i32 = 0; j < 256; j++) {
      const root = load<f64>(coarse + ((<usize>(j >> 4)) << 3)) * load<f64>(fine + ((<usize>(j & 15)) << 3));
      store<i64>(at + ((<usize>j) << 3), reinterpret<i64>(root) - ((<i64>j) << 44));
    }
  }
}
