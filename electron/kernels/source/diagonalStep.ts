import { diagonalDensitiesOfAll } from './diagonalDensities';
import { Lanes } from './lanes';
import { addMemberPowers } from './memberPowers';
import { countMembers, takeMembers } from './members';
import { memberSumStride } from './memberSums';
import {
  beginLikelihood,
  endLikelihood,
  likelihoodBytes,
  posteriors,
  seenBytes,
  shareScale,
  shares,
} from './posteriors';
import { tileBytes, tileRows, transposeRows } from './tile';

/** With fewer members than this among the rows of a tile, single rows are visited. By measurement. */
const sparseRows: i32 = 24;

/**
 * One soft E-step over `n` rows of a mixture of Gaussians along the axes: log densities, memberships, moments about
 * the means, a tile at a time.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     for each component: mean (d), one over the standard deviation (d), log scale
 * scratch            as many bytes as `diagonalScratchBytes` says
 * sums        INOUT  for each component: sum of memberships, sums r (x - mean) (d), sums r (x - mean)^2 (d)
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.23 to 9.25 by feature, and 9.28.
 */
export function diagonalStep(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const tile = scratch + likelihoodBytes;
  const joint = tile + <usize>d * tileBytes;
  const rowBytes = (<usize>d) << 3;
  const strideBytes: usize = 2 * rowBytes + 8;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    transposeRows(rows, count, d, tile);
    diagonalDensitiesOfAll(tile, d, k, parameters, joint);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const at = <usize>j * strideBytes;
      addSquareMoments(rows, tile, d, parameters + at, membership, sums + at);
    }
  }
  return endLikelihood(scratch);
}

/**
 * The same with moments about zero, which cost a third less.
 *
 * sums  INOUT  for each component: sum of memberships, sums r x, sums r x^2 (each as many as `memberSumStride` says)
 */
export function diagonalStepAboutZero(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const tile = scratch + likelihoodBytes;
  const joint = tile + <usize>d * tileBytes;
  const seen = joint + <usize>k * tileBytes;
  const scale = shareScale(scratch);
  const sumBytes = (<usize>(2 * memberSumStride(d) + 1)) << 3;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + ((<usize>first * <usize>d) << 3);
    transposeRows(rows, count, d, tile);
    diagonalDensitiesOfAll(tile, d, k, parameters, joint);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    shares(joint, tileBytes, count, k, own, 0, scratch, seen);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const to = sums + <usize>j * sumBytes;
      const members = takeMembers(membership, scale, seen + <usize>j * seenBytes, count, to);
      addMemberPowers(rows, d, membership, members, to + 8);
    }
  }
  return endLikelihood(scratch);
}

/** Bytes of scratch that `diagonalStep` needs. */
export function diagonalScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(d + k) * tileBytes + <usize>k * seenBytes;
}

/** Adds the moments of a component, from rows and from the tile they make, to its sums. */
export function addSquareMoments(
  rows: usize,
  tile: usize,
  d: i32,
  mean: usize,
  membership: usize,
  sums: usize,
): void {
  const members = countMembers(membership, sums);
  if (popcnt<i64>(members) < sparseRows) addRows(rows, d, mean, membership, members, sums + 8);
  else addTile(tile, d, mean, membership, sums + 8);
}

/** Adds the moments of all rows of a tile: two features over the whole tile at a time. */
function addTile(tile: usize, d: i32, mean: usize, membership: usize, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let a: i32 = 0; a < d; a += 2) {
    const at = tile + <usize>a * tileBytes;
    // An odd last feature is worked twice and added once.
    const next = a + 1 < d ? tileBytes : 0;
    const first = v128.load64_splat(mean);
    const second = v128.load64_splat(mean + (next >> 6));
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let q0 = f64x2.splat(0);
    let q1 = f64x2.splat(0);
    for (let i: usize = 0; i < tileBytes; i += 16) {
      const share = v128.load(membership + i);
      const e = f64x2.sub(v128.load(at + i), first);
      const f = f64x2.sub(v128.load(at + next + i), second);
      const u = f64x2.mul(share, e);
      const v = f64x2.mul(share, f);
      s0 = f64x2.add(s0, u);
      s1 = f64x2.add(s1, v);
      q0 = f64x2.add(q0, f64x2.mul(u, e));
      q1 = f64x2.add(q1, f64x2.mul(v, f));
    }
    store<f64>(sums, load<f64>(sums) + Lanes.total(s0));
    store<f64>(sums + rowBytes, load<f64>(sums + rowBytes) + Lanes.total(q0));
    if (a + 1 < d) {
      store<f64>(sums, load<f64>(sums, 8) + Lanes.total(s1), 8);
      store<f64>(sums + rowBytes, load<f64>(sums + rowBytes, 8) + Lanes.total(q1), 8);
    }
    mean += 16;
    sums += 16;
  }
}

/** Adds the moments of the rows that have a bit in `members`. */
function addRows(x: usize, d: i32, mean: usize, membership: usize, members: i64, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  const squares = sums + rowBytes;
  while (members !== 0) {
    const i = <usize>ctz<i64>(members);
    members &= members - 1;
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const e = f64x2.sub(v128.load(row + at), v128.load(mean + at));
      const u = f64x2.mul(share, e);
      v128.store(sums + at, f64x2.add(v128.load(sums + at), u));
      v128.store(squares + at, f64x2.add(v128.load(squares + at), f64x2.mul(u, e)));
    }
    if (at < rowBytes) {
      const e = load<f64>(row + at) - load<f64>(mean + at);
      const u = f64x2.extract_lane(share, 0) * e;
      store<f64>(sums + at, load<f64>(sums + at) + u);
      store<f64>(squares + at, load<f64>(squares + at) + u * e);
    }
  }
}
