import { tileBytes, tileRows } from './tile';

/**
 * base_j + b_j'x of `n` <= 64 rows under k components, four rows and four components at a time, from rows as they are.
 * Columns of the tile beyond the last row are those of the last row.
 *
 * x        IN   n x d
 * squares  IN   64, one more feature of each row; address 0: there is none
 * table    IN   base, then the coordinates of all b by feature, that one last: k made even numbers each
 * tile     OUT  k made even tiles
 */
export function linearScores(
  x: usize,
  n: i32,
  d: i32,
  squares: usize,
  k: i32,
  table: usize,
  tile: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const width = (<usize>((k + 1) & ~1)) << 3;
  for (let i: i32 = 0; i < tileRows; i += 4) {
    const first = x + <usize>min(i, n - 1) * rowBytes;
    const second = x + <usize>min(i + 1, n - 1) * rowBytes;
    const third = x + <usize>min(i + 2, n - 1) * rowBytes;
    const fourth = x + <usize>min(i + 3, n - 1) * rowBytes;
    const square: usize = squares === 0 ? 0 : squares + ((<usize>i) << 3);
    let out = tile + ((<usize>i) << 3);
    let at: usize = 0;
    for (; at + 32 <= width; at += 32) {
      fourComponents(first, second, third, fourth, rowBytes, square, table + at, width, out);
      out += 4 * tileBytes;
    }
    if (at < width) twoComponents(first, second, third, fourth, rowBytes, square, table + at, width, out);
  }
}

function fourComponents(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  rowBytes: usize,
  square: usize,
  table: usize,
  width: usize,
  out: usize,
): void {
  let a0 = v128.load(table);
  let b0 = v128.load(table, 16);
  let a1 = a0;
  let b1 = b0;
  let a2 = a0;
  let b2 = b0;
  let a3 = a0;
  let b3 = b0;
  for (let at: usize = 0; at < rowBytes; at += 8) {
    table += width;
    const a = v128.load(table);
    const b = v128.load(table, 16);
    let value = v128.load64_splat(first + at);
    a0 = f64x2.add(a0, f64x2.mul(value, a));
    b0 = f64x2.add(b0, f64x2.mul(value, b));
    value = v128.load64_splat(second + at);
    a1 = f64x2.add(a1, f64x2.mul(value, a));
    b1 = f64x2.add(b1, f64x2.mul(value, b));
    value = v128.load64_splat(third + at);
    a2 = f64x2.add(a2, f64x2.mul(value, a));
    b2 = f64x2.add(b2, f64x2.mul(value, b));
    value = v128.load64_splat(fourth + at);
    a3 = f64x2.add(a3, f64x2.mul(value, a));
    b3 = f64x2.add(b3, f64x2.mul(value, b));
  }
  if (square !== 0) {
    const a = v128.load(table + width);
    const b = v128.load(table + width, 16);
    let value = v128.load64_splat(square);
    a0 = f64x2.add(a0, f64x2.mul(value, a));
    b0 = f64x2.add(b0, f64x2.mul(value, b));
    value = v128.load64_splat(square, 8);
    a1 = f64x2.add(a1, f64x2.mul(value, a));
    b1 = f64x2.add(b1, f64x2.mul(value, b));
    value = v128.load64_splat(square, 16);
    a2 = f64x2.add(a2, f64x2.mul(value, a));
    b2 = f64x2.add(b2, f64x2.mul(value, b));
    value = v128.load64_splat(square, 24);
    a3 = f64x2.add(a3, f64x2.mul(value, a));
    b3 = f64x2.add(b3, f64x2.mul(value, b));
  }
  storeColumns(out, a0, a1, a2, a3);
  storeColumns(out + 2 * tileBytes, b0, b1, b2, b3);
}

function twoComponents(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  rowBytes: usize,
  square: usize,
  table: usize,
  width: usize,
  out: usize,
): void {
  let a0 = v128.load(table);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  for (let at: usize = 0; at < rowBytes; at += 8) {
    table += width;
    const a = v128.load(table);
    a0 = f64x2.add(a0, f64x2.mul(v128.load64_splat(first + at), a));
    a1 = f64x2.add(a1, f64x2.mul(v128.load64_splat(second + at), a));
    a2 = f64x2.add(a2, f64x2.mul(v128.load64_splat(third + at), a));
    a3 = f64x2.add(a3, f64x2.mul(v128.load64_splat(fourth + at), a));
  }
  if (square !== 0) {
    const a = v128.load(table + width);
    a0 = f64x2.add(a0, f64x2.mul(v128.load64_splat(square), a));
    a1 = f64x2.add(a1, f64x2.mul(v128.load64_splat(square, 8), a));
    a2 = f64x2.add(a2, f64x2.mul(v128.load64_splat(square, 16), a));
    a3 = f64x2.add(a3, f64x2.mul(v128.load64_splat(square, 24), a));
  }
  storeColumns(out, a0, a1, a2, a3);
}

/** Two components of four rows, rows first, into two tiles. */
function storeColumns(out: usize, first: v128, second: v128, third: v128, fourth: v128): void {
  v128.store(out, v128.shuffle<f64>(first, second, 0, 2));
  v128.store(out, v128.shuffle<f64>(third, fourth, 0, 2), 16);
  v128.store(out + tileBytes, v128.shuffle<f64>(first, second, 1, 3));
  v128.store(out + tileBytes, v128.shuffle<f64>(third, fourth, 1, 3), 16);
}
