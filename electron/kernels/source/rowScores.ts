import { Single } from './single';

/**
 * Scores of a row, as `rowCopies` makes it, by lanes of features; the table is that of `writeTable` by rows. Inlined,
 * since a call would put what lies in registers into memory.
 */
export class RowScores {
  /** The scores |c|^2 - 2 x c of the four centres of a group. `end`: of the row, whose length is a multiple of eight. */
  @inline static ofGroup(row: usize, end: usize, table: usize): v128 {
    const lengths = v128.load(table);
    let a0 = f32x4.splat(0);
    let b0 = a0;
    let c0 = a0;
    let e0 = a0;
    let a1 = a0;
    let b1 = a0;
    let c1 = a0;
    let e1 = a0;
    do {
      const x0 = v128.load(row);
      a0 = Single.multiplyAdd(x0, v128.load(table, 16), a0);
      b0 = Single.multiplyAdd(x0, v128.load(table, 32), b0);
      c0 = Single.multiplyAdd(x0, v128.load(table, 48), c0);
      e0 = Single.multiplyAdd(x0, v128.load(table, 64), e0);
      const x1 = v128.load(row, 16);
      a1 = Single.multiplyAdd(x1, v128.load(table, 80), a1);
      b1 = Single.multiplyAdd(x1, v128.load(table, 96), b1);
      c1 = Single.multiplyAdd(x1, v128.load(table, 112), c1);
      e1 = Single.multiplyAdd(x1, v128.load(table, 128), e1);
      row += 32;
      table += 128;
    } while (row < end);
    const sums = RowScores.sums(f32x4.add(a0, a1), f32x4.add(b0, b1), f32x4.add(c0, c1), f32x4.add(e0, e1));
    return f32x4.add(lengths, sums);
  }

  /** The same of one centre; `table` begins at its group, `place` is its place in it. */
  @inline static ofCentre(row: usize, end: usize, table: usize, place: i32): f32 {
    const length = load<f32>(table + ((<usize>place) << 2));
    let c = table + 16 + ((<usize>place) << 4);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (; row + 64 <= end; row += 64) {
      s0 = Single.multiplyAdd(v128.load(row), v128.load(c), s0);
      s1 = Single.multiplyAdd(v128.load(row, 16), v128.load(c, 64), s1);
      s2 = Single.multiplyAdd(v128.load(row, 32), v128.load(c, 128), s2);
      s3 = Single.multiplyAdd(v128.load(row, 48), v128.load(c, 192), s3);
      c += 256;
    }
    if (row < end) {
      s0 = Single.multiplyAdd(v128.load(row), v128.load(c), s0);
      s1 = Single.multiplyAdd(v128.load(row, 16), v128.load(c, 64), s1);
    }
    s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    s0 = f32x4.add(s0, v128.shuffle<f32>(s0, s0, 2, 3, 2, 3));
    return length + f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1);
  }

  /**
   * The scores of the four centres of each of `groups` groups for a row of `bytes`, then for the row after it if there
   * is an `other`, 1, or once more, 0.
   */
  static ofPair(row: usize, bytes: usize, other: i32, table: usize, groups: i32, out: usize): void {
    const end = row + bytes;
    const apart = other === 0 ? 0 : bytes;
    for (let group = 0; group < groups; group++) {
      const lengths = v128.load(table);
      let a0 = f32x4.splat(0);
      let b0 = a0;
      let c0 = a0;
      let e0 = a0;
      let a1 = a0;
      let b1 = a0;
      let c1 = a0;
      let e1 = a0;
      table += 16;
      let x = row;
      do {
        const x0 = v128.load(x);
        const x1 = v128.load(x + apart);
        let c = v128.load(table);
        a0 = Single.multiplyAdd(x0, c, a0);
        a1 = Single.multiplyAdd(x1, c, a1);
        c = v128.load(table, 16);
        b0 = Single.multiplyAdd(x0, c, b0);
        b1 = Single.multiplyAdd(x1, c, b1);
        c = v128.load(table, 32);
        c0 = Single.multiplyAdd(x0, c, c0);
        c1 = Single.multiplyAdd(x1, c, c1);
        c = v128.load(table, 48);
        e0 = Single.multiplyAdd(x0, c, e0);
        e1 = Single.multiplyAdd(x1, c, e1);
        x += 16;
        table += 64;
      } while (x < end);
      v128.store(out, f32x4.add(lengths, RowScores.sums(a0, b0, c0, e0)));
      v128.store(out + ((<usize>groups) << 4), f32x4.add(lengths, RowScores.sums(a1, b1, c1, e1)));
      out += 16;
    }
  }

  /** Four sums over lanes at once: halves of each pair beside each other, added, and again. */
  @inline
  static sums(a: v128, b: v128, c: v128, e: v128): v128 {
    const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
    const ce = f32x4.add(v128.shuffle<f32>(c, e, 0, 4, 1, 5), v128.shuffle<f32>(c, e, 2, 6, 3, 7));
    return f32x4.add(v128.shuffle<f32>(ab, ce, 0, 1, 4, 5), v128.shuffle<f32>(ab, ce, 2, 3, 6, 7));
  }
}
