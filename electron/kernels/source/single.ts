/** Arithmetic in single precision that decides nothing for good: what is close is decided again in double. */
export class Single {
  /** a b + c, rounded once or twice as the machine likes. */
  @inline
  static multiplyAdd(a: v128, b: v128, c: v128): v128 {
    return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
  }

  /** The lanes of `a` where `mask` is all ones, of `b` where it is all zeros: no machine differs in that. */
  @inline
  static select(a: v128, b: v128, mask: v128): v128 {
    return ASC_FEATURE_RELAXED_SIMD ? i32x4.relaxed_laneselect(a, b, mask) : v128.bitselect(a, b, mask);
  }
}
