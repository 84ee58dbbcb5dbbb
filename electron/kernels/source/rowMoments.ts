import { addSquareMoments } from './diagonalStep';
import { addMoments, blockBytes, blockRows, gaussianSumBytes, threes } from './memberScatter';
import { tileBytes, tileRows, transposeRows } from './tile';

// The second half of a step, for memberships that come from elsewhere, rows first.

/**
 * Adds the moments of `n` rows about means, squares by feature only.
 *
 * x           IN     n x d
 * membership  IN     n x k
 * mean        IN     k x d
 * scratch            (d + k) tiles
 * sums        INOUT  as those of `diagonalStep`
 */
export function weightedSquares(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  membership: usize,
  mean: usize,
  scratch: usize,
  sums: usize,
): void {
  const joint = scratch + <usize>d * tileBytes;
  const rowBytes = (<usize>d) << 3;
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    transposeRows(rows, count, d, scratch);
    transposeRows(membership + ((<usize>first * <usize>k) << 3), count, k, joint);
    for (let j: i32 = 0; j < k; j++) {
      const own = joint + <usize>j * tileBytes;
      addSquareMoments(
        rows,
        scratch,
        d,
        mean + <usize>j * rowBytes,
        own,
        sums + <usize>j * (2 * rowBytes + 8),
      );
    }
  }
}

/**
 * The same with all products of features.
 *
 * scratch            as many bytes as `scatterScratchBytes` says
 * sums        INOUT  as those of `gaussianStep`
 */
export function weightedScatter(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  membership: usize,
  mean: usize,
  scratch: usize,
  sums: usize,
): void {
  const joint = scratch + <usize>k * tileBytes;
  const listed = joint + <usize>k * blockBytes;
  const plain = listed + blockBytes;
  const weighted = plain + <usize>threes(d) * tileBytes;
  const rowBytes = (<usize>d) << 3;
  memory.fill(plain, 0, <usize>(threes(d) + threes(d + 1)) * tileBytes);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    for (let first: i32 = 0; first < rows; first += tileRows) {
      const shares = membership + ((<usize>(start + first) * <usize>k) << 3);
      transposeRows(shares, min(tileRows, rows - first), k, scratch);
      for (let j: i32 = 0; j < k; j++) {
        const to = joint + <usize>j * blockBytes + ((<usize>first) << 3);
        memory.copy(to, scratch + <usize>j * tileBytes, tileBytes);
      }
    }
    const block = x + <usize>start * rowBytes;
    for (let j: i32 = 0; j < k; j++) {
      const own = joint + <usize>j * blockBytes;
      const to = sums + <usize>j * gaussianSumBytes(d);
      addMoments(block, rows, d, mean + <usize>j * rowBytes, own, listed, plain, weighted, to);
    }
  }
}

/** Bytes of scratch that `weightedScatter` needs. */
export function scatterScratchBytes(d: i32, k: i32): usize {
  return <usize>(k + threes(d) + threes(d + 1)) * tileBytes + <usize>(k + 1) * blockBytes;
}
