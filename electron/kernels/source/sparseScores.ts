import { Single } from './single';

/**
 * Scores of a row of which only the cells that are not zero are kept, see `sparseRows`. The table is that of
 * `writeTable` by features: the squared lengths of all centres, then for each feature the coordinates of all of them.
 *
 * value    IN  the row's cells, f32, an even number of them
 * end          where they end
 * feature  IN  of each cell, u16
 */
export class SparseScores {
  /** The scores |c|^2 - 2 x c of the four centres of each of `groups` groups into `out`, groups x 4, f32. */
  static ofAll(value: usize, end: usize, feature: usize, table: usize, groups: i32, out: usize): void {
    const stride = (<usize>groups) << 4;
    let group = 0;
    for (; group + 3 <= groups; group += 3) {
      SparseScores.ofThree(value, end, feature, table, stride, out);
      table += 48;
      out += 48;
    }
    for (; group < groups; group++) {
      v128.store(out, SparseScores.ofGroup(value, end, feature, table, stride));
      table += 16;
      out += 16;
    }
  }

  /** The same of one group, whose squared lengths stand at `lengths`; `stride`: from feature to feature, in bytes. */
  @inline
  static ofGroup(value: usize, end: usize, feature: usize, lengths: usize, stride: usize): v128 {
    const table = lengths + stride;
    let first = v128.load(lengths);
    let second = f32x4.splat(0);
    for (; value < end; value += 8) {
      const x0 = v128.load32_splat(value);
      first = Single.multiplyAdd(x0, v128.load(table + <usize>load<u16>(feature) * stride), first);
      const x1 = v128.load32_splat(value, 4);
      second = Single.multiplyAdd(x1, v128.load(table + <usize>load<u16>(feature, 2) * stride), second);
      feature += 4;
    }
    return f32x4.add(first, second);
  }

  /** The same of one centre, whose squared length stands at `length`. */
  @inline
  static ofCentre(value: usize, end: usize, feature: usize, length: usize, stride: usize): f32 {
    const table = length + stride;
    let first = load<f32>(length);
    let second: f32 = 0;
    for (; value < end; value += 8) {
      first += load<f32>(value) * load<f32>(table + <usize>load<u16>(feature) * stride);
      second += load<f32>(value, 4) * load<f32>(table + <usize>load<u16>(feature, 2) * stride);
      feature += 4;
    }
    return first + second;
  }

  /** The same as `ofAll` for three groups. */
  @inline
  static ofThree(value: usize, end: usize, feature: usize, lengths: usize, stride: usize, out: usize): void {
    const table = lengths + stride;
    let a0 = v128.load(lengths);
    let b0 = v128.load(lengths, 16);
    let c0 = v128.load(lengths, 32);
    let a1 = f32x4.splat(0);
    let b1 = a1;
    let c1 = a1;
    for (; value < end; value += 8) {
      const first = table + <usize>load<u16>(feature) * stride;
      const x0 = v128.load32_splat(value);
      a0 = Single.multiplyAdd(x0, v128.load(first), a0);
      b0 = Single.multiplyAdd(x0, v128.load(first, 16), b0);
      c0 = Single.multiplyAdd(x0, v128.load(first, 32), c0);
      const second = table + <usize>load<u16>(feature, 2) * stride;
      const x1 = v128.load32_splat(value, 4);
      a1 = Single.multiplyAdd(x1, v128.load(second), a1);
      b1 = Single.multiplyAdd(x1, v128.load(second, 16), b1);
      c1 = Single.multiplyAdd(x1, v128.load(second, 32), c1);
      feature += 4;
    }
    v128.store(out, f32x4.add(a0, a1));
    v128.store(out, f32x4.add(b0, b1), 16);
    v128.store(out, f32x4.add(c0, c1), 32);
  }
}
