import { gatherRows } from './gatherRows';
import { observedDensities } from './observedDensities';
import { addObservedMoments } from './observedMoments';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';
import { featureBytes, sortFeatures, TileFeatures } from './tileFeatures';

/**
 * One soft E-step over `n` rows of a mixture of Gaussians along the axes of which cells are missing, NaN. Features are
 * independent given the component: a missing cell drops out of the density, and is expected at the mean.
 *
 * order       IN     n words: which row is the first, the second, ... Rows of one pattern should follow each other.
 * parameters  IN     for each component: mean (d), one over the standard deviation (d), log scale of complete rows, and
 *                    what each missing cell adds to it (d)
 * scratch            as many bytes as `observedDiagonalScratchBytes` says
 * sums        INOUT  as those of `diagonalStep`, of observed cells
 * unseen      INOUT  k x d, sums of memberships of rows whose cell is missing
 *
 * Returns the log-likelihood.
 */
export function observedDiagonalStep(
  x: usize,
  order: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  scratch: usize,
  sums: usize,
  unseen: usize,
): f64 {
  const rowBytes = (<usize>d) << 3;
  const tile = scratch + likelihoodBytes;
  const joint = tile + <usize>d * tileBytes;
  const rows = joint + <usize>k * tileBytes;
  const weights = rows + <usize>d * tileBytes;
  const features = changetype<TileFeatures>(weights + tileBytes);
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    gatherRows(x, order, count, d, rows);
    transposeRows(rows, count, d, tile);
    sortFeatures(features, tile, d);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * (3 * rowBytes + 8);
      observedDensities(tile, d, own, features, joint + <usize>j * tileBytes);
    }
    if (weight !== 0) gatherRows(weight, order, count, 1, weights);
    posteriors(joint, tileBytes, count, k, weight === 0 ? 0 : weights, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const to = sums + <usize>j * (2 * rowBytes + 8);
      const mean = parameters + <usize>j * (3 * rowBytes + 8);
      const membership = joint + <usize>j * tileBytes;
      addObservedMoments(rows, tile, d, mean, membership, features, to, unseen + <usize>j * rowBytes);
    }
    order += (<usize>count) << 2;
  }
  return endLikelihood(scratch);
}

/** Log densities of `n` rows, in their order, into `out`, n x k; what is given is as in `observedDiagonalStep`. */
export function observedDiagonalLogDensities(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  parameters: usize,
  scratch: usize,
  out: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const joint = scratch + <usize>d * tileBytes;
  const features = changetype<TileFeatures>(joint + <usize>k * tileBytes);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    transposeRows(x + <usize>first * rowBytes, count, d, scratch);
    sortFeatures(features, scratch, d);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * (3 * rowBytes + 8);
      observedDensities(scratch, d, own, features, joint + <usize>j * tileBytes);
    }
    transposeTile(joint, count, k, out + ((<usize>first * <usize>k) << 3));
  }
}

/**
 * The moments alone, for memberships that come from elsewhere, n x k; the other arrays are as in `observedDiagonalStep`.
 *
 * mean  IN  k x d
 */
export function observedSquares(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  membership: usize,
  mean: usize,
  scratch: usize,
  sums: usize,
  unseen: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const joint = scratch + <usize>d * tileBytes;
  const features = changetype<TileFeatures>(joint + <usize>k * tileBytes);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    transposeRows(rows, count, d, scratch);
    sortFeatures(features, scratch, d);
    transposeRows(membership + ((<usize>first * <usize>k) << 3), count, k, joint);
    for (let j: i32 = 0; j < k; j++) {
      const at = <usize>j * rowBytes;
      const to = sums + 2 * at + ((<usize>j) << 3);
      addObservedMoments(
        rows,
        scratch,
        d,
        mean + at,
        joint + <usize>j * tileBytes,
        features,
        to,
        unseen + at,
      );
    }
  }
}

/** Bytes of scratch that these need. */
export function observedDiagonalScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(2 * d + k + 1) * tileBytes + featureBytes(d);
}
