import { Lanes } from './lanes';
import { countMembers } from './members';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows } from './tile';

/** With fewer members than this among the rows of a tile, single rows are visited. By measurement. */
const sparseRows: i32 = 24;

/**
 * One soft E-step over `n` rows of a mixture of Gaussians whose covariances are multiples of the identity.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     for each component: mean (d), one over the variance, log scale
 * scratch            as many bytes as `sphericalScratchBytes` says
 * sums        INOUT  for each component: sum of memberships, sums r (x - mean) (d), sum r |x - mean|^2
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.23 to 9.25 and 9.28.
 */
export function sphericalStep(
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
  const squares = joint + <usize>k * tileBytes;
  const rowBytes = (<usize>d) << 3;
  const ownBytes = rowBytes + 16;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    transposeRows(rows, count, d, tile);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * ownBytes;
      const at = <usize>j * tileBytes;
      sphericalDensities(tile, d, own, joint + at, squares + at);
    }
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const at = <usize>j * tileBytes;
      const membership = joint + at;
      const to = sums + <usize>j * ownBytes;
      const mean = parameters + <usize>j * ownBytes;
      const members = countMembers(membership, to);
      if (members === 0) continue;
      addSquares(membership, squares + at, to + ownBytes - 8);
      if (popcnt<i64>(members) < sparseRows) addRows(rows, d, mean, membership, members, to + 8);
      else addTile(tile, d, mean, membership, to + 8);
    }
  }
  return endLikelihood(scratch);
}

/** Bytes of scratch that `sphericalStep` needs. */
export function sphericalScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(d + 2 * k) * tileBytes;
}

/** |x - mean|^2 of the rows of a tile under one component, and scale - |x - mean|^2 / (2 variance). */
function sphericalDensities(tile: usize, d: i32, parameters: usize, out: usize, squares: usize): void {
  const end = parameters + ((<usize>d) << 3);
  const scale = v128.load64_splat(end, 8);
  const half = f64x2.mul(f64x2.splat(-0.5), v128.load64_splat(end));
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = f64x2.splat(0);
    let q2 = f64x2.splat(0);
    let q3 = f64x2.splat(0);
    let at = tile + v;
    for (let parameter = parameters; parameter < end; parameter += 8) {
      const mean = v128.load64_splat(parameter);
      let e = f64x2.sub(v128.load(at), mean);
      q0 = f64x2.add(q0, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(at, 16), mean);
      q1 = f64x2.add(q1, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(at, 32), mean);
      q2 = f64x2.add(q2, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(at, 48), mean);
      q3 = f64x2.add(q3, f64x2.mul(e, e));
      at += tileBytes;
    }
    const square = squares + v;
    v128.store(square, q0);
    v128.store(square, q1, 16);
    v128.store(square, q2, 32);
    v128.store(square, q3, 48);
    const target = out + v;
    v128.store(target, f64x2.add(scale, f64x2.mul(half, q0)));
    v128.store(target, f64x2.add(scale, f64x2.mul(half, q1)), 16);
    v128.store(target, f64x2.add(scale, f64x2.mul(half, q2)), 32);
    v128.store(target, f64x2.add(scale, f64x2.mul(half, q3)), 48);
  }
}

/** Adds sum r |x - mean|^2 of a tile; a square that is infinite has no membership, and 0 times infinity is no number. */
function addSquares(membership: usize, squares: usize, sum: usize): void {
  const zero = f64x2.splat(0);
  let total = zero;
  for (let v: usize = 0; v < tileBytes; v += 16) {
    const share = v128.load(membership + v);
    const product = f64x2.mul(share, v128.load(squares + v));
    total = f64x2.add(total, v128.and(product, f64x2.ne(share, zero)));
  }
  store<f64>(sum, load<f64>(sum) + Lanes.total(total));
}

/** Adds sums r (x - mean) of all rows of a tile: two features over the whole tile at a time. */
function addTile(tile: usize, d: i32, mean: usize, membership: usize, sums: usize): void {
  for (let a: i32 = 0; a < d; a += 2) {
    const at = tile + <usize>a * tileBytes;
    // An odd last feature is worked twice and added once.
    const next: usize = a + 1 < d ? tileBytes : 0;
    const first = v128.load64_splat(mean);
    const second = v128.load64_splat(mean + (next >> 6));
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    for (let i: usize = 0; i < tileBytes; i += 16) {
      const share = v128.load(membership + i);
      s0 = f64x2.add(s0, f64x2.mul(share, f64x2.sub(v128.load(at + i), first)));
      s1 = f64x2.add(s1, f64x2.mul(share, f64x2.sub(v128.load(at + next + i), second)));
    }
    store<f64>(sums, load<f64>(sums) + Lanes.total(s0));
    if (a + 1 < d) store<f64>(sums, load<f64>(sums, 8) + Lanes.total(s1), 8);
    mean += 16;
    sums += 16;
  }
}

/** The same of the rows that have a bit in `members`. */
function addRows(x: usize, d: i32, mean: usize, membership: usize, members: i64, sums: usize): void {
  const rowBytes = (<usize>d) << 3;
  while (members !== 0) {
    const i = <usize>ctz<i64>(members);
    members &= members - 1;
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const e = f64x2.sub(v128.load(row + at), v128.load(mean + at));
      v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(share, e)));
    }
    if (at < rowBytes) {
      const u = f64x2.extract_lane(share, 0) * (load<f64>(row + at) - load<f64>(mean + at));
      store<f64>(sums + at, load<f64>(sums + at) + u);
    }
  }
}
