/**
 * Multiplies two numbers read from the front of the memory with four others and adds to eight sums: as kernels do.
 * Returns something that depends on all of them.
 */
export function multiplyAdds(rounds: i32): f64 {
  const f0 = f64x2.splat(1.5);
  const f1 = f64x2.splat(2.5);
  const f2 = f64x2.splat(3.5);
  const f3 = f64x2.splat(4.5);
  let s0 = f64x2.splat(1);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let i: i32 = 0; i < rounds; i++) {
    const at = (<usize>(i & 255)) << 5;
    const x = v128.load(at);
    const y = v128.load(at, 16);
    s0 = f64x2.add(s0, f64x2.mul(x, f0));
    s1 = f64x2.add(s1, f64x2.mul(x, f1));
    s2 = f64x2.add(s2, f64x2.mul(x, f2));
    s3 = f64x2.add(s3, f64x2.mul(x, f3));
    s4 = f64x2.add(s4, f64x2.mul(y, f0));
    s5 = f64x2.add(s5, f64x2.mul(y, f1));
    s6 = f64x2.add(s6, f64x2.mul(y, f2));
    s7 = f64x2.add(s7, f64x2.mul(y, f3));
  }
  const sum = f64x2.add(
    f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)),
    f64x2.add(f64x2.add(s4, s5), f64x2.add(s6, s7)),
  );
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Reads `bytes`, a multiple of 64, from the front of the memory. */
export function read(bytes: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < bytes; at += 64) {
    s0 = f64x2.add(s0, v128.load(at));
    s1 = f64x2.add(s1, v128.load(at, 16));
    s2 = f64x2.add(s2, v128.load(at, 32));
    s3 = f64x2.add(s3, v128.load(at, 48));
  }
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
