import { addMoments, blockBytes, blockRows, gaussianSumBytes, threes } from './memberScatter';
import { tileBytes } from './tile';

// Moments of rows that each belong whole to one component, or, where the label is -1, to none. Labels are 32 bits;
// weights n, >= 0, address 0 for all ones.

/**
 * Adds `n` rows to the sums of their components.
 *
 * x     IN     n x d
 * sums  INOUT  for each component: sum of weights, sums of x (d)
 */
export function labelledSums(x: usize, n: i32, d: i32, label: usize, weight: usize, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < n; i++) {
    const own = load<i32>(label + ((<usize>i) << 2));
    if (own >= 0) {
      const scale: f64 = weight === 0 ? 1 : load<f64>(weight + ((<usize>i) << 3));
      const share = f64x2.splat(scale);
      const to = sums + <usize>own * (rowBytes + 8);
      store<f64>(to, load<f64>(to) + scale);
      let at: usize = 0;
      for (; at + 16 <= rowBytes; at += 16) {
        const product = f64x2.mul(share, v128.load(x + at));
        v128.store(to + at, f64x2.add(v128.load(to + at, 8), product), 8);
      }
      if (at < rowBytes) store<f64>(to + at, load<f64>(to + at, 8) + scale * load<f64>(x + at), 8);
    }
    x += rowBytes;
  }
}

/**
 * The same with squares by feature, both about a centre of each component.
 *
 * centre  IN     k x d
 * sums    INOUT  as those of `diagonalStep`
 */
export function labelledSquares(
  x: usize,
  n: i32,
  d: i32,
  label: usize,
  weight: usize,
  centre: usize,
  sums: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < n; i++) {
    const own = load<i32>(label + ((<usize>i) << 2));
    if (own >= 0) {
      const scale: f64 = weight === 0 ? 1 : load<f64>(weight + ((<usize>i) << 3));
      const share = f64x2.splat(scale);
      const mean = centre + <usize>own * rowBytes;
      const to = sums + <usize>own * (2 * rowBytes + 8);
      const squares = to + rowBytes;
      store<f64>(to, load<f64>(to) + scale);
      let at: usize = 0;
      for (; at + 16 <= rowBytes; at += 16) {
        const e = f64x2.sub(v128.load(x + at), v128.load(mean + at));
        const u = f64x2.mul(share, e);
        v128.store(to + at, f64x2.add(v128.load(to + at, 8), u), 8);
        v128.store(squares + at, f64x2.add(v128.load(squares + at, 8), f64x2.mul(u, e)), 8);
      }
      if (at < rowBytes) {
        const e = load<f64>(x + at) - load<f64>(mean + at);
        const u = scale * e;
        store<f64>(to + at, load<f64>(to + at, 8) + u, 8);
        store<f64>(squares + at, load<f64>(squares + at, 8) + u * e, 8);
      }
    }
    x += rowBytes;
  }
}

/**
 * The same with all products of features.
 *
 * scratch         as many bytes as `labelledScratchBytes` says
 * sums     INOUT  as those of `gaussianStep`
 */
export function labelledScatter(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  label: usize,
  weight: usize,
  centre: usize,
  scratch: usize,
  sums: usize,
): void {
  const listed = scratch + <usize>k * blockBytes;
  const plain = listed + blockBytes;
  const weighted = plain + <usize>threes(d) * tileBytes;
  const rowBytes = (<usize>d) << 3;
  memory.fill(plain, 0, <usize>(threes(d) + threes(d + 1)) * tileBytes);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    memory.fill(scratch, 0, <usize>k * blockBytes);
    for (let i: i32 = 0; i < rows; i++) {
      const own = load<i32>(label + ((<usize>(start + i)) << 2));
      if (own < 0) continue;
      const scale: f64 = weight === 0 ? 1 : load<f64>(weight + ((<usize>(start + i)) << 3));
      store<f64>(scratch + <usize>own * blockBytes + ((<usize>i) << 3), scale);
    }
    const block = x + <usize>start * rowBytes;
    for (let j: i32 = 0; j < k; j++) {
      const membership = scratch + <usize>j * blockBytes;
      const to = sums + <usize>j * gaussianSumBytes(d);
      addMoments(block, rows, d, centre + <usize>j * rowBytes, membership, listed, plain, weighted, to);
    }
  }
}

/** Bytes of scratch that `labelledScatter` needs. */
export function labelledScratchBytes(d: i32, k: i32): usize {
  return <usize>(threes(d) + threes(d + 1)) * tileBytes + <usize>(k + 1) * blockBytes;
}
