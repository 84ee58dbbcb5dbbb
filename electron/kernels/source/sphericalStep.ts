import { Lanes } from './lanes';
import { countMembers } from './members';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows } from './tile';

/** With fewer members than this among the rows of a tile, single rows are visited. By measurement. */
const sparseRows: i32 = 24;

/**
 * One soft E-step over `n` rows of a mixture of Gaussians whose covariances are multiples of one matrix: the identity,
 * or that whose inverse factor `whitening` holds. Rows are turned into y = W (x - centre) first; in y every component
 * is spherical.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     for each component: mean in terms of y (d), one over the variance, log scale, mean (d)
 * whitening   IN     centre (d), then W in pairs of rows as in `gaussianStep`; address 0: y = x
 * scratch            as many bytes as `sphericalScratchBytes` says
 * sums        INOUT  for each component: sum of memberships, sums r (x - mean) (d), sum r |y - mean|^2
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
  whitening: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const rowTile = scratch + likelihoodBytes;
  const ownTile = rowTile + <usize>d * tileBytes;
  const joint = ownTile + <usize>d * tileBytes;
  const squares = joint + <usize>k * tileBytes;
  const rowBytes = (<usize>d) << 3;
  const parameterBytes = sphericalStride(d);
  const sumBytes = rowBytes + 16;
  const tile = whitening === 0 ? rowTile : ownTile;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    transposeRows(rows, count, d, rowTile);
    if (whitening !== 0) whiten(rowTile, d, whitening, ownTile);
    for (let j: i32 = 0; j < k; j++) {
      const own = parameters + <usize>j * parameterBytes;
      const at = <usize>j * tileBytes;
      sphericalDensities(tile, d, own, joint + at, squares + at);
    }
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const at = <usize>j * tileBytes;
      const membership = joint + at;
      const to = sums + <usize>j * sumBytes;
      const mean = parameters + <usize>j * parameterBytes + sumBytes;
      const members = countMembers(membership, to);
      if (members === 0) continue;
      addSquares(membership, squares + at, to + sumBytes - 8);
      if (popcnt<i64>(members) < sparseRows) addRows(rows, d, mean, membership, members, to + 8);
      else addTile(rowTile, d, mean, membership, to + 8);
    }
  }
  return endLikelihood(scratch);
}

/** Bytes from the parameters of one component to those of the next. */
export function sphericalStride(d: i32): usize {
  return (<usize>(2 * d + 2)) << 3;
}

/** Bytes of scratch that `sphericalStep` needs. */
export function sphericalScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(2 * d + 2 * k) * tileBytes;
}

/** y = W (x - centre) of the rows of a tile: differences first, then from the last feature to the first in their place. */
export function whiten(tile: usize, d: i32, whitening: usize, out: usize): void {
  for (let a: i32 = 0; a < d; a++) {
    const centre = v128.load64_splat(whitening + ((<usize>a) << 3));
    const at = <usize>a * tileBytes;
    for (let v: usize = at; v < at + tileBytes; v += 16) {
      v128.store(out + v, f64x2.sub(v128.load(tile + v), centre));
    }
  }
  const rows = whitening + ((<usize>d) << 3);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    for (let i: i32 = (d - 1) & ~1; i >= 0; i -= 2) {
      let w = rows + ((<usize>((i * (i + 1)) >> 1)) << 3);
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let a2 = f64x2.splat(0);
      let a3 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let b2 = f64x2.splat(0);
      let b3 = f64x2.splat(0);
      let at = out + v;
      for (let j: i32 = 0; j <= i; j++) {
        const first = v128.load64_splat(w);
        const second = v128.load64_splat(w, 8);
        let value = v128.load(at);
        a0 = f64x2.add(a0, f64x2.mul(value, first));
        b0 = f64x2.add(b0, f64x2.mul(value, second));
        value = v128.load(at, 16);
        a1 = f64x2.add(a1, f64x2.mul(value, first));
        b1 = f64x2.add(b1, f64x2.mul(value, second));
        value = v128.load(at, 32);
        a2 = f64x2.add(a2, f64x2.mul(value, first));
        b2 = f64x2.add(b2, f64x2.mul(value, second));
        value = v128.load(at, 48);
        a3 = f64x2.add(a3, f64x2.mul(value, first));
        b3 = f64x2.add(b3, f64x2.mul(value, second));
        at += tileBytes;
        w += 16;
      }
      if (i + 1 < d) {
        const last = v128.load64_splat(w);
        v128.store(at, f64x2.add(b0, f64x2.mul(v128.load(at), last)));
        v128.store(at, f64x2.add(b1, f64x2.mul(v128.load(at, 16), last)), 16);
        v128.store(at, f64x2.add(b2, f64x2.mul(v128.load(at, 32), last)), 32);
        v128.store(at, f64x2.add(b3, f64x2.mul(v128.load(at, 48), last)), 48);
      }
      at -= tileBytes;
      v128.store(at, a0);
      v128.store(at, a1, 16);
      v128.store(at, a2, 32);
      v128.store(at, a3, 48);
    }
  }
}

/** |y - mean|^2 of the rows of a tile under one component, and scale - |y - mean|^2 / (2 variance). */
export function sphericalDensities(tile: usize, d: i32, parameters: usize, out: usize, squares: usize): void {
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

/** Adds sum r |y - mean|^2 of a tile; a square that is infinite has no membership, and 0 times infinity is no number. */
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
