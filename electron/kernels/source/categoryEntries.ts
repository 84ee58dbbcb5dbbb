/** Adding it leaves a small whole number in the low bits. */
const toBits: f64 = 4503599627370496.0;

/**
 * Entries of `n` rows of categories in the table of `categoricalStep`: the first entry of a group plus the sum of its
 * features' levels times their strides.
 *
 * x        IN   n x d, levels; NaN: the last one
 * ends     IN   groups, the feature after the last of each (32 bits)
 * starts   IN   groups, their first entries, f64
 * strides  IN   d, f64
 * lasts    IN   d, the last levels, f64
 * entries  OUT  n x groups, u16
 */
export function encodeRows(
  x: usize,
  n: i32,
  groups: i32,
  ends: usize,
  starts: usize,
  strides: usize,
  lasts: usize,
  entries: usize,
): void {
  for (let i: i32 = 0; i < n; i++) {
    let stride = strides;
    let last = lasts;
    for (let g: i32 = 0; g < groups; g++) {
      const end = strides + ((<usize>load<u32>(ends + ((<usize>g) << 2))) << 3);
      let entry = load<f64>(starts + ((<usize>g) << 3));
      for (; stride < end; stride += 8) {
        const level = load<f64>(x);
        entry += load<f64>(stride) * (level === level ? level : load<f64>(last));
        x += 8;
        last += 8;
      }
      store<u16>(entries, <u16>reinterpret<i64>(entry + toBits));
      entries += 2;
    }
  }
}
