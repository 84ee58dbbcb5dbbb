import { diagonalDensitiesOfAll } from './diagonalDensities';
import { gaussianDensities, gaussianStride } from './gaussianStep';
import { linearScores } from './linearScores';
import { squaredLengths } from './linearStep';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';

// The first half of a step for those who need what is between, rows first: a tile is turned round and back.

/**
 * Log densities of `n` rows under Gaussians with any covariance, or memberships.
 *
 * x           IN   n x d
 * parameters  IN   as `gaussianStep` has them
 * scratch          as many bytes as `densityScratchBytes` says
 * out         OUT  n x k
 * logDensity  OUT  n, made even: log densities of rows, and `out` is memberships; address 0: log densities stay
 */
export function gaussianLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const tile = scratch + likelihoodBytes;
  const difference = tile + <usize>d * tileBytes;
  const joint = difference + <usize>d * tileBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    transposeRows(x + ((<usize>first * <usize>d) << 3), count, d, tile);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * gaussianStride(d);
      gaussianDensities(tile, d, own, difference, joint + <usize>j * tileBytes);
    }
    writeRows(joint, first, count, k, scratch, out, logDensity);
  }
}

/** The same along the axes; `parameters` as `diagonalStep` has them. */
export function diagonalLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const tile = scratch + likelihoodBytes;
  const joint = tile + <usize>d * tileBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    transposeRows(x + ((<usize>first * <usize>d) << 3), count, d, tile);
    diagonalDensitiesOfAll(tile, d, k, parameters, joint);
    writeRows(joint, first, count, k, scratch, out, logDensity);
  }
}

/**
 * Memberships and log densities of rows, where all components have one covariance, from `tiedStep`'s table and, about a
 * mean of zero and with a log scale of zero, the inverse factor as `gaussianStep` has it, one after the other.
 */
export function tiedPosteriors(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const tile = scratch + likelihoodBytes;
  const difference = tile + <usize>d * tileBytes;
  const forms = difference + <usize>d * tileBytes;
  const joint = forms + tileBytes;
  const factor = parameters + ((<usize>((d + 1) * ((k + 1) & ~1))) << 3);
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + ((<usize>first * <usize>d) << 3);
    const densities = logDensity + ((<usize>first) << 3);
    linearScores(rows, count, d, 0, k, parameters, joint);
    writeRows(joint, first, count, k, scratch, out, logDensity);
    transposeRows(rows, count, d, tile);
    gaussianDensities(tile, d, factor, difference, forms);
    for (let at: usize = 0; at < (<usize>count) << 3; at += 16) {
      v128.store(densities + at, f64x2.add(v128.load(densities + at), v128.load(forms + at)));
    }
  }
}

/** The same where covariances are multiples of the identity, from `sphericalStep`'s table. */
export function sphericalPosteriors(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const squares = scratch + likelihoodBytes;
  const joint = squares + tileBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + ((<usize>first * <usize>d) << 3);
    squaredLengths(rows, count, d, squares);
    linearScores(rows, count, d, squares, k, parameters, joint);
    writeRows(joint, first, count, k, scratch, out, logDensity);
  }
}

/** Bytes of scratch that these need. */
export function densityScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(2 * d + k + 2) * tileBytes;
}

/** Writes the joint log densities of a tile, or the memberships they lead to, to its rows in `out`. */
function writeRows(
  joint: usize,
  first: i32,
  count: i32,
  k: i32,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  if (logDensity !== 0) {
    posteriors(joint, tileBytes, count, k, 0, logDensity + ((<usize>first) << 3), scratch);
  }
  transposeTile(joint, count, k, out + ((<usize>first * <usize>k) << 3));
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
