import { diagonalDensities } from './diagonalStep';
import { gaussianDensities, gaussianStride } from './gaussianStep';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';

// The parts of a step for those who need what is between them, rows first: a tile is turned round and back.

/**
 * Log densities of `n` rows under Gaussians with any covariance.
 *
 * x           IN   n x d
 * parameters  IN   as `gaussianStep` has them
 * scratch          (2 d + k) tiles
 * out         OUT  n x k
 */
export function gaussianLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
): void {
  const difference = scratch + <usize>d * tileBytes;
  const joint = difference + <usize>d * tileBytes;
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    transposeRows(x + ((<usize>first * <usize>d) << 3), count, d, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * gaussianStride(d);
      gaussianDensities(scratch, d, own, difference, joint + <usize>j * tileBytes);
    }
    transposeTile(joint, count, k, out + ((<usize>first * <usize>k) << 3));
  }
}

/**
 * The same along the axes.
 *
 * parameters  IN  as `diagonalStep` has them
 * scratch         (d + k) tiles
 */
export function diagonalLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
): void {
  const joint = scratch + <usize>d * tileBytes;
  const stride = (<usize>(2 * d + 1)) << 3;
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    transposeRows(x + ((<usize>first * <usize>d) << 3), count, d, scratch);
    for (let j: i32 = 0; j < k; j++) {
      diagonalDensities(scratch, d, parameters + <usize>j * stride, joint + <usize>j * tileBytes);
    }
    transposeTile(joint, count, k, out + ((<usize>first * <usize>k) << 3));
  }
}

/**
 * Memberships of `n` rows from their log joint densities; returns the log-likelihood.
 *
 * logJoint    INOUT  n x k
 * weight      IN     n; address 0 for all ones
 * logDensity  OUT    n, made a multiple of 64 long; address 0: not wanted
 * scratch            (k + 2) tiles
 */
export function memberships(
  logJoint: usize,
  n: i32,
  k: i32,
  weight: usize,
  logDensity: usize,
  scratch: usize,
): f64 {
  const tile = scratch + likelihoodBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = logJoint + ((<usize>first * <usize>k) << 3);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    const densities: usize = logDensity === 0 ? 0 : logDensity + ((<usize>first) << 3);
    transposeRows(rows, count, k, tile);
    posteriors(tile, tileBytes, count, k, own, densities, scratch);
    transposeTile(tile, count, k, rows);
  }
  return endLikelihood(scratch);
}
