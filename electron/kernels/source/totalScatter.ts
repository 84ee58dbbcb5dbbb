import { addMoments, blockBytes, blockRows, threes } from './memberScatter';
import { tileBytes } from './tile';

/**
 * Weighted scatter of `n` rows about a centre: what one component has that owns every row.
 *
 * x        IN     n x d
 * weight   IN     n, >= 0; address 0 for all ones
 * centre   IN     d
 * scratch         as many bytes as `gaussianScratchBytes` says for one component
 * sums     INOUT  as those of one component of `gaussianStep`
 */
export function totalScatter(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  centre: usize,
  scratch: usize,
  sums: usize,
): void {
  const membership = scratch;
  const listed = membership + blockBytes;
  const plain = listed + blockBytes;
  const weighted = plain + <usize>threes(d) * tileBytes;
  memory.fill(plain, 0, <usize>(threes(d) + threes(d + 1)) * tileBytes);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    for (let i: i32 = 0; i < rows; i++) {
      const at = (<usize>i) << 3;
      store<f64>(membership + at, weight === 0 ? 1 : load<f64>(weight + ((<usize>start) << 3) + at));
    }
    if (rows & 1) store<f64>(membership + ((<usize>rows) << 3), 0);
    const block = x + ((<usize>start * <usize>d) << 3);
    addMoments(block, rows, d, centre, membership, listed, plain, weighted, sums);
  }
}
