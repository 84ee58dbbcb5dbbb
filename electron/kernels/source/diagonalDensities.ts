import { tileBytes } from './tile';

/**
 * scale - |(x - mean) / deviation|^2 / 2 of the rows of a tile under `k` components, two at a time: a row's cell is
 * loaded once for both.
 *
 * parameters  IN   as `diagonalStep` has them
 * out         OUT  k x 64
 */
export function diagonalDensitiesOfAll(tile: usize, d: i32, k: i32, parameters: usize, out: usize): void {
  const strideBytes = (<usize>(2 * d + 1)) << 3;
  let j: i32 = 0;
  for (; j + 2 <= k; j += 2) {
    densitiesOfTwo(tile, d, parameters, parameters + strideBytes, out);
    parameters += 2 * strideBytes;
    out += 2 * tileBytes;
  }
  if (j < k) diagonalDensities(tile, d, parameters, out);
}

function densitiesOfTwo(tile: usize, d: i32, first: usize, second: usize, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  const end = first + rowBytes;
  const minusHalf = f64x2.splat(-0.5);
  const firstScale = v128.load64_splat(first + 2 * rowBytes);
  const secondScale = v128.load64_splat(second + 2 * rowBytes);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = q0;
    let q2 = q0;
    let q3 = q0;
    let p0 = q0;
    let p1 = q0;
    let p2 = q0;
    let p3 = q0;
    let at = tile + v;
    let left = first;
    let right = second;
    while (left < end) {
      const m = v128.load64_splat(left);
      const a = v128.load64_splat(left + rowBytes);
      const n = v128.load64_splat(right);
      const b = v128.load64_splat(right + rowBytes);
      let x = v128.load(at);
      let e = f64x2.mul(f64x2.sub(x, m), a);
      q0 = f64x2.add(q0, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(x, n), b);
      p0 = f64x2.add(p0, f64x2.mul(e, e));
      x = v128.load(at, 16);
      e = f64x2.mul(f64x2.sub(x, m), a);
      q1 = f64x2.add(q1, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(x, n), b);
      p1 = f64x2.add(p1, f64x2.mul(e, e));
      x = v128.load(at, 32);
      e = f64x2.mul(f64x2.sub(x, m), a);
      q2 = f64x2.add(q2, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(x, n), b);
      p2 = f64x2.add(p2, f64x2.mul(e, e));
      x = v128.load(at, 48);
      e = f64x2.mul(f64x2.sub(x, m), a);
      q3 = f64x2.add(q3, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(x, n), b);
      p3 = f64x2.add(p3, f64x2.mul(e, e));
      at += tileBytes;
      left += 8;
      right += 8;
    }
    const to = out + v;
    v128.store(to, f64x2.add(firstScale, f64x2.mul(minusHalf, q0)));
    v128.store(to, f64x2.add(firstScale, f64x2.mul(minusHalf, q1)), 16);
    v128.store(to, f64x2.add(firstScale, f64x2.mul(minusHalf, q2)), 32);
    v128.store(to, f64x2.add(firstScale, f64x2.mul(minusHalf, q3)), 48);
    v128.store(to + tileBytes, f64x2.add(secondScale, f64x2.mul(minusHalf, p0)));
    v128.store(to + tileBytes, f64x2.add(secondScale, f64x2.mul(minusHalf, p1)), 16);
    v128.store(to + tileBytes, f64x2.add(secondScale, f64x2.mul(minusHalf, p2)), 32);
    v128.store(to + tileBytes, f64x2.add(secondScale, f64x2.mul(minusHalf, p3)), 48);
  }
}

/** The same under one component. */
export function diagonalDensities(tile: usize, d: i32, parameters: usize, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  const end = parameters + rowBytes;
  const scale = v128.load64_splat(parameters + 2 * rowBytes);
  const minusHalf = f64x2.splat(-0.5);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = q0;
    let q2 = q0;
    let q3 = q0;
    let at = tile + v;
    let left = parameters;
    while (left < end) {
      const m = v128.load64_splat(left);
      const a = v128.load64_splat(left + rowBytes);
      let e = f64x2.mul(f64x2.sub(v128.load(at), m), a);
      q0 = f64x2.add(q0, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(at, 16), m), a);
      q1 = f64x2.add(q1, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(at, 32), m), a);
      q2 = f64x2.add(q2, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(at, 48), m), a);
      q3 = f64x2.add(q3, f64x2.mul(e, e));
      at += tileBytes;
      left += 8;
    }
    const to = out + v;
    v128.store(to, f64x2.add(scale, f64x2.mul(minusHalf, q0)));
    v128.store(to, f64x2.add(scale, f64x2.mul(minusHalf, q1)), 16);
    v128.store(to, f64x2.add(scale, f64x2.mul(minusHalf, q2)), 32);
    v128.store(to, f64x2.add(scale, f64x2.mul(minusHalf, q3)), 48);
  }
}
