import { addSquareMoments, diagonalDensities } from './diagonalStep';
import { gatherRows } from './gatherRows';
import { Lanes } from './lanes';
import { countMembers } from './members';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';

/** With fewer members than this among the rows of a tile, single rows are visited. By measurement. */
const sparseRows: i32 = 24;

/**
 * Features of the rows of a tile by what they have: every cell, some, none. Lists of eight times the feature, 32 bits
 * each. Lies in scratch.
 */
@unmanaged
class TileFeatures {
  /** Ends of the lists; each list begins d words after the one before. */
  whole: usize;
  mixed: usize;
  blind: usize;
}

const headerBytes: usize = 32;

function featureBytes(d: i32): usize {
  return (headerBytes + 3 * ((<usize>d) << 2) + 15) & ~15;
}

function listAt(features: TileFeatures, d: i32, list: i32): usize {
  return changetype<usize>(features) + headerBytes + ((<usize>list * <usize>d) << 2);
}

function sortFeatures(features: TileFeatures, tile: usize, d: i32): void {
  features.whole = listAt(features, d, 0);
  features.mixed = listAt(features, d, 1);
  features.blind = listAt(features, d, 2);
  for (let a: i32 = 0; a < d; a++) {
    let all = i64x2.splat(-1);
    let any = i64x2.splat(0);
    for (let end = tile + tileBytes; tile < end; tile += 16) {
      const value = v128.load(tile);
      const isObserved = f64x2.eq(value, value);
      all = v128.and(all, isObserved);
      any = v128.or(any, isObserved);
    }
    if (i64x2.all_true(all)) {
      store<u32>(features.whole, a << 3);
      features.whole += 4;
    } else if (v128.any_true(any)) {
      store<u32>(features.mixed, a << 3);
      features.mixed += 4;
    } else {
      store<u32>(features.blind, a << 3);
      features.blind += 4;
    }
  }
}

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

/** Log densities of the observed cells of the rows of a tile under one component. */
function observedDensities(tile: usize, d: i32, parameters: usize, features: TileFeatures, out: usize): void {
  const wholeList = listAt(features, d, 0);
  const mixedList = listAt(features, d, 1);
  const blindList = listAt(features, d, 2);
  if (mixedList === features.mixed && blindList === features.blind) {
    diagonalDensities(tile, d, parameters, out);
    return;
  }
  const rowBytes = (<usize>d) << 3;
  const volumes = parameters + 2 * rowBytes + 8;
  let constant = load<f64>(parameters + 2 * rowBytes);
  for (let at = blindList; at < features.blind; at += 4) constant += load<f64>(volumes + load<u32>(at));
  const scale = f64x2.splat(constant);
  const minusHalf = f64x2.splat(-0.5);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = q0;
    let q2 = q0;
    let q3 = q0;
    for (let at = wholeList; at < features.whole; at += 4) {
      const feature = <usize>load<u32>(at);
      const from = tile + (feature << 6) + v;
      const mean = v128.load64_splat(parameters + feature);
      const inverse = v128.load64_splat(parameters + rowBytes + feature);
      let e = f64x2.mul(f64x2.sub(v128.load(from), mean), inverse);
      q0 = f64x2.add(q0, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 16), mean), inverse);
      q1 = f64x2.add(q1, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 32), mean), inverse);
      q2 = f64x2.add(q2, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 48), mean), inverse);
      q3 = f64x2.add(q3, f64x2.mul(e, e));
    }
    q0 = f64x2.add(scale, f64x2.mul(minusHalf, q0));
    q1 = f64x2.add(scale, f64x2.mul(minusHalf, q1));
    q2 = f64x2.add(scale, f64x2.mul(minusHalf, q2));
    q3 = f64x2.add(scale, f64x2.mul(minusHalf, q3));
    for (let at = mixedList; at < features.mixed; at += 4) {
      const feature = <usize>load<u32>(at);
      const from = tile + (feature << 6) + v;
      const mean = v128.load64_splat(parameters + feature);
      const inverse = v128.load64_splat(parameters + rowBytes + feature);
      const volume = v128.load64_splat(volumes + feature);
      q0 = f64x2.add(q0, mixedTerm(v128.load(from), mean, inverse, volume));
      q1 = f64x2.add(q1, mixedTerm(v128.load(from, 16), mean, inverse, volume));
      q2 = f64x2.add(q2, mixedTerm(v128.load(from, 32), mean, inverse, volume));
      q3 = f64x2.add(q3, mixedTerm(v128.load(from, 48), mean, inverse, volume));
    }
    v128.store(out + v, q0);
    v128.store(out + v, q1, 16);
    v128.store(out + v, q2, 32);
    v128.store(out + v, q3, 48);
  }
}

/** What a cell adds to the log density. */
function mixedTerm(value: v128, mean: v128, inverse: v128, volume: v128): v128 {
  const e = f64x2.mul(f64x2.sub(value, mean), inverse);
  const square = f64x2.mul(f64x2.splat(-0.5), f64x2.mul(e, e));
  return v128.bitselect(square, volume, f64x2.eq(value, value));
}

/** Adds the moments of a component, from rows and from the tile they make. */
function addObservedMoments(
  rows: usize,
  tile: usize,
  d: i32,
  mean: usize,
  membership: usize,
  features: TileFeatures,
  sums: usize,
  unseen: usize,
): void {
  const mixedList = listAt(features, d, 1);
  const blindList = listAt(features, d, 2);
  if (mixedList === features.mixed && blindList === features.blind) {
    addSquareMoments(rows, tile, d, mean, membership, sums);
    return;
  }
  const before = load<f64>(sums);
  store<f64>(sums, 0);
  const members = countMembers(membership, sums);
  const total = load<f64>(sums);
  store<f64>(sums, before + total);
  if (total === 0) return;
  sums += 8;
  if (popcnt<i64>(members) < sparseRows) {
    addRows(rows, d, mean, membership, members, sums, unseen);
    return;
  }
  const rowBytes = (<usize>d) << 3;
  for (let at = blindList; at < features.blind; at += 4) {
    const place = unseen + <usize>load<u32>(at);
    store<f64>(place, load<f64>(place) + total);
  }
  for (let at = listAt(features, d, 0); at < features.whole; at += 4) {
    const feature = <usize>load<u32>(at);
    const from = tile + (feature << 6);
    const centre = v128.load64_splat(mean + feature);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    for (let i: usize = 0; i < tileBytes; i += 32) {
      let e = f64x2.sub(v128.load(from + i), centre);
      let u = f64x2.mul(v128.load(membership + i), e);
      s0 = f64x2.add(s0, u);
      q0 = f64x2.add(q0, f64x2.mul(u, e));
      e = f64x2.sub(v128.load(from + i, 16), centre);
      u = f64x2.mul(v128.load(membership + i, 16), e);
      s1 = f64x2.add(s1, u);
      q1 = f64x2.add(q1, f64x2.mul(u, e));
    }
    addTo(sums + feature, f64x2.add(s0, s1));
    addTo(sums + rowBytes + feature, f64x2.add(q0, q1));
  }
  for (let at = mixedList; at < features.mixed; at += 4) {
    const feature = <usize>load<u32>(at);
    const from = tile + (feature << 6);
    const centre = v128.load64_splat(mean + feature);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let q0 = s0;
    let q1 = s0;
    let c0 = s0;
    let c1 = s0;
    for (let i: usize = 0; i < tileBytes; i += 32) {
      let value = v128.load(from + i);
      let share = v128.load(membership + i);
      let isObserved = f64x2.eq(value, value);
      let e = v128.and(f64x2.sub(value, centre), isObserved);
      let u = f64x2.mul(share, e);
      c0 = f64x2.add(c0, v128.andnot(share, isObserved));
      s0 = f64x2.add(s0, u);
      q0 = f64x2.add(q0, f64x2.mul(u, e));
      value = v128.load(from + i, 16);
      share = v128.load(membership + i, 16);
      isObserved = f64x2.eq(value, value);
      e = v128.and(f64x2.sub(value, centre), isObserved);
      u = f64x2.mul(share, e);
      c1 = f64x2.add(c1, v128.andnot(share, isObserved));
      s1 = f64x2.add(s1, u);
      q1 = f64x2.add(q1, f64x2.mul(u, e));
    }
    addTo(sums + feature, f64x2.add(s0, s1));
    addTo(sums + rowBytes + feature, f64x2.add(q0, q1));
    addTo(unseen + feature, f64x2.add(c0, c1));
  }
}

function addTo(at: usize, both: v128): void {
  store<f64>(at, load<f64>(at) + Lanes.total(both));
}

/** Adds the moments of the rows that have a bit in `members`. */
function addRows(
  x: usize,
  d: i32,
  mean: usize,
  membership: usize,
  members: i64,
  sums: usize,
  unseen: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  const squares = sums + rowBytes;
  while (members !== 0) {
    const i = <usize>ctz<i64>(members);
    members &= members - 1;
    const row = x + i * rowBytes;
    const share = v128.load64_splat(membership + (i << 3));
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(row + at);
      const isObserved = f64x2.eq(value, value);
      const e = v128.and(f64x2.sub(value, v128.load(mean + at)), isObserved);
      const u = f64x2.mul(share, e);
      v128.store(sums + at, f64x2.add(v128.load(sums + at), u));
      v128.store(squares + at, f64x2.add(v128.load(squares + at), f64x2.mul(u, e)));
      v128.store(unseen + at, f64x2.add(v128.load(unseen + at), v128.andnot(share, isObserved)));
    }
    if (at < rowBytes) {
      const value = load<f64>(row + at);
      const own = f64x2.extract_lane(share, 0);
      if (value !== value) {
        store<f64>(unseen + at, load<f64>(unseen + at) + own);
      } else {
        const e = value - load<f64>(mean + at);
        store<f64>(sums + at, load<f64>(sums + at) + own * e);
        store<f64>(squares + at, load<f64>(squares + at) + own * e * e);
      }
    }
  }
}
