/** Numbers that are 0 or 1 as bits; one that is not a number is 1, the last level. */
class Flags {
  /** Of four: the sign of each quarter is set where the number is 1 or none. */
  @inline
  static ofFour(x: usize): v128 {
    return i32x4.shl(v128.shuffle<i32>(v128.load(x), v128.load(x, 16), 1, 3, 5, 7), 2);
  }

  /** Of sixteen, the first the lowest bit. */
  @inline
  static ofSixteen(x: usize): i32 {
    const low = i16x8.narrow_i32x4_s(Flags.ofFour(x), Flags.ofFour(x + 32));
    const high = i16x8.narrow_i32x4_s(Flags.ofFour(x + 64), Flags.ofFour(x + 96));
    return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
  }
}

/**
 * Entries of `n` rows in the tables of `categoricalStep` where all features have two levels and groups no more than 16
 * features: a level is a bit of its row's entry.
 *
 * x        IN   n x d, 0 or 1; NaN: the last one
 * ends     IN   groups, the feature after the last of each (32 bits)
 * entries  OUT  n x groups, u16
 */
export function encodeFlags(x: usize, n: i32, groups: i32, ends: usize, entries: usize): void {
  const last = ends + ((<usize>groups) << 2);
  for (let i: i32 = 0; i < n; i++) {
    let start: i32 = 0;
    let first: i32 = 0;
    for (let group = ends; group < last;) {
      const until = endOfWord(group, last, first);
      let bits = flagsOf(x, until - first);
      x += (<usize>(until - first)) << 3;
      while (first < until) {
        const end = load<i32>(group);
        const size = 1 << (end - first);
        store<u16>(entries, <u16>(start + ((<i32>bits) & (size - 1))));
        bits >>= <u64>(end - first);
        start += size;
        entries += 2;
        group += 4;
        first = end;
      }
    }
  }
}

/** The end of the last group whose features up to there, from `first` on, are 64 at most. */
function endOfWord(group: usize, last: usize, first: i32): i32 {
  let end = load<i32>(group);
  for (group += 4; group < last && load<i32>(group) - first <= 64; group += 4) end = load<i32>(group);
  return end;
}

/** Up to 64 numbers as bits. */
function flagsOf(x: usize, n: i32): u64 {
  let bits: u64 = 0;
  let i: i32 = 0;
  for (; i + 16 <= n; i += 16) {
    bits |= (<u64>Flags.ofSixteen(x)) << (<u64>i);
    x += 128;
  }
  // Bit 61 is set in 1 and NaN and in no zero.
  for (; i < n; i++) {
    bits |= ((load<u64>(x) >> 61) & 1) << (<u64>i);
    x += 8;
  }
  return bits;
}
