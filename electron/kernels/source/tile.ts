/** Rows of a tile: a group whose features lie one after the other, each `tileBytes` long. */
export const tileRows: i32 = 64;

/** Bytes from one feature, or one component, of a tile to the next. */
export const tileBytes: usize = 512;

/**
 * Turns `n` <= 64 rows of `d` features into a tile, features first. Rows that are missing at the end become zero.
 *
 * x     IN   n x d
 * tile  OUT  d x 64
 */
export function transposeRows(x: usize, n: i32, d: i32, tile: usize): void {
  const rowBytes = (<usize>d) << 3;
  let i: i32 = 0;
  for (; i + 2 <= n; i += 2) {
    let row = x + <usize>i * rowBytes;
    let target = tile + ((<usize>i) << 3);
    let a: i32 = 0;
    for (; a + 2 <= d; a += 2) {
      const first = v128.load(row);
      const second = v128.load(row + rowBytes);
      v128.store(target, v128.shuffle<f64>(first, second, 0, 2));
      v128.store(target + tileBytes, v128.shuffle<f64>(first, second, 1, 3));
      row += 16;
      target += 2 * tileBytes;
    }
    if (a < d) {
      store<f64>(target, load<f64>(row));
      store<f64>(target + 8, load<f64>(row + rowBytes));
    }
  }
  for (; i < tileRows; i++) {
    let target = tile + ((<usize>i) << 3);
    for (let a: i32 = 0; a < d; a++) {
      const value = i < n ? load<f64>(x + <usize>i * rowBytes + ((<usize>a) << 3)) : 0;
      store<f64>(target, value);
      target += tileBytes;
    }
  }
}

/**
 * The way back: the first `n` <= 64 rows of a tile of `d` features, rows first.
 *
 * tile  IN   d x 64
 * x     OUT  n x d
 */
export function transposeTile(tile: usize, n: i32, d: i32, x: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i + 2 <= n; i += 2) {
    let from = tile + ((<usize>i) << 3);
    let first = x + <usize>i * rowBytes;
    let a: i32 = 0;
    for (; a + 2 <= d; a += 2) {
      const left = v128.load(from);
      const right = v128.load(from + tileBytes);
      v128.store(first, v128.shuffle<f64>(left, right, 0, 2));
      v128.store(first + rowBytes, v128.shuffle<f64>(left, right, 1, 3));
      from += 2 * tileBytes;
      first += 16;
    }
    if (a < d) {
      store<f64>(first, load<f64>(from));
      store<f64>(first + rowBytes, load<f64>(from, 8));
    }
  }
  if (n & 1) {
    let from = tile + ((<usize>(n - 1)) << 3);
    let last = x + <usize>(n - 1) * rowBytes;
    for (let a: i32 = 0; a < d; a++) {
      store<f64>(last, load<f64>(from));
      from += tileBytes;
      last += 8;
    }
  }
}
