import { Lanes } from './lanes';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows } from './tile';

/** Rows whose memberships are kept at once: enough that the rows a component has among them fill the tiles. */
export const blockRows: i32 = 256;
export const blockBytes: usize = 2048;

/** Numbers up to a multiple of three. */
export function threes(n: i32): i32 {
  return ((n + 2) / 3) * 3;
}

/**
 * One soft E-step over `n` rows of a mixture of Gaussians: log densities, memberships, moments about the means.
 * Memberships never leave the cache.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     for each component: mean (d), log scale, inverse W of the lower Cholesky factor in pairs of rows:
 *                    (W_i0, W_i+1,0), ... (W_ii, W_i+1,i), W_i+1,i+1; an odd last row is paired with zeros
 * scratch            as many bytes as `gaussianScratchBytes` says
 * sums        INOUT  for each component: sum of memberships and a zero; then rows of e = x - mean, made a multiple of
 *                    three long: sum r e_a e_b for b <= a, row a; sum r e_b in row d. Other entries are no results.
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.23 to 9.25 and 9.28.
 */
export function gaussianStep(
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
  const difference = tile + <usize>d * tileBytes;
  const joint = difference + <usize>d * tileBytes;
  const listed = joint + <usize>k * blockBytes;
  const plain = listed + 2048;
  const weighted = plain + <usize>threes(d) * tileBytes;
  const parameterBytes = gaussianStride(d);
  const sumBytes = gaussianSumBytes(d);
  memory.fill(plain, 0, <usize>(threes(d) + threes(d + 1)) * tileBytes);
  beginLikelihood(scratch);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    const block = x + <usize>start * ((<usize>d) << 3);
    for (let first: i32 = 0; first < rows; first += tileRows) {
      const count = min(tileRows, rows - first);
      const target = joint + ((<usize>first) << 3);
      transposeRows(block + <usize>first * ((<usize>d) << 3), count, d, tile);
      for (let j: i32 = 0; j < k; j++) {
        gaussianDensities(
          tile,
          d,
          parameters + <usize>j * parameterBytes,
          difference,
          target + <usize>j * blockBytes,
        );
      }
      const own: usize = weight === 0 ? 0 : weight + ((<usize>(start + first)) << 3);
      posteriors(target, blockBytes, count, k, own, 0, scratch);
    }
    for (let j: i32 = 0; j < k; j++) {
      addMoments(
        block,
        rows,
        d,
        parameters + <usize>j * parameterBytes,
        joint + <usize>j * blockBytes,
        listed,
        plain,
        weighted,
        sums + <usize>j * sumBytes,
      );
    }
  }
  return endLikelihood(scratch);
}

/** Bytes from the parameters of one component to those of the next. */
export function gaussianStride(d: i32): usize {
  const padding = d & 1 ? d : 0;
  return (<usize>(d + 1 + (d * (d + 1)) / 2 + padding)) << 3;
}

/** Bytes of the sums of one component. */
export function gaussianSumBytes(d: i32): usize {
  return (<usize>(2 + threes(d + 1) * threes(d))) << 3;
}

/** Bytes of scratch that `gaussianStep` needs. */
export function gaussianScratchBytes(d: i32, k: i32): usize {
  const tiles = 2 * d + threes(d) + threes(d + 1);
  return likelihoodBytes + <usize>tiles * tileBytes + <usize>k * blockBytes + 2048;
}

/**
 * scale - |W (x - mean)|^2 / 2 of the rows of a tile under one component. Two rows of W at a time over eight rows
 * of the tile: sixteen products for each six numbers loaded.
 */
export function gaussianDensities(
  tile: usize,
  d: i32,
  parameters: usize,
  difference: usize,
  out: usize,
): void {
  subtractMean(tile, d, parameters, difference);
  const scale = v128.load64_splat(parameters + ((<usize>d) << 3));
  const minusHalf = f64x2.splat(-0.5);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = f64x2.splat(0);
    let q2 = f64x2.splat(0);
    let q3 = f64x2.splat(0);
    let w = parameters + ((<usize>(d + 1)) << 3);
    for (let i: i32 = 0; i < d; i += 2) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let a2 = f64x2.splat(0);
      let a3 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let b2 = f64x2.splat(0);
      let b3 = f64x2.splat(0);
      let e = difference + v;
      for (let j: i32 = 0; j <= i; j++) {
        const first = v128.load64_splat(w);
        const second = v128.load64_splat(w, 8);
        let value = v128.load(e);
        a0 = f64x2.add(a0, f64x2.mul(value, first));
        b0 = f64x2.add(b0, f64x2.mul(value, second));
        value = v128.load(e, 16);
        a1 = f64x2.add(a1, f64x2.mul(value, first));
        b1 = f64x2.add(b1, f64x2.mul(value, second));
        value = v128.load(e, 32);
        a2 = f64x2.add(a2, f64x2.mul(value, first));
        b2 = f64x2.add(b2, f64x2.mul(value, second));
        value = v128.load(e, 48);
        a3 = f64x2.add(a3, f64x2.mul(value, first));
        b3 = f64x2.add(b3, f64x2.mul(value, second));
        e += tileBytes;
        w += 16;
      }
      q0 = f64x2.add(q0, f64x2.mul(a0, a0));
      q1 = f64x2.add(q1, f64x2.mul(a1, a1));
      q2 = f64x2.add(q2, f64x2.mul(a2, a2));
      q3 = f64x2.add(q3, f64x2.mul(a3, a3));
      // The diagonal of the second row; an odd last row has no second, and zeros in its place.
      if (i + 1 < d) {
        const last = v128.load64_splat(w);
        w += 8;
        b0 = f64x2.add(b0, f64x2.mul(v128.load(e), last));
        b1 = f64x2.add(b1, f64x2.mul(v128.load(e, 16), last));
        b2 = f64x2.add(b2, f64x2.mul(v128.load(e, 32), last));
        b3 = f64x2.add(b3, f64x2.mul(v128.load(e, 48), last));
        q0 = f64x2.add(q0, f64x2.mul(b0, b0));
        q1 = f64x2.add(q1, f64x2.mul(b1, b1));
        q2 = f64x2.add(q2, f64x2.mul(b2, b2));
        q3 = f64x2.add(q3, f64x2.mul(b3, b3));
      }
    }
    const target = out + v;
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q0)));
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q1)), 16);
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q2)), 32);
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q3)), 48);
  }
}

function subtractMean(tile: usize, d: i32, mean: usize, difference: usize): void {
  for (let a: i32 = 0; a < d; a++) {
    const centre = v128.load64_splat(mean + ((<usize>a) << 3));
    for (let v: usize = 0; v < tileBytes; v += 64) {
      v128.store(difference + v, f64x2.sub(v128.load(tile + v), centre));
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 16), centre), 16);
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 32), centre), 32);
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 48), centre), 48);
    }
    tile += tileBytes;
    difference += tileBytes;
  }
}

/**
 * Adds the moments of the rows that have a membership in one component. They are gathered, so that what a row
 * costs here is what it has to say: with groups apart, most rows belong to one component alone. After an odd number of
 * memberships comes a zero.
 */
export function addMoments(
  x: usize,
  rows: i32,
  d: i32,
  mean: usize,
  membership: usize,
  listed: usize,
  plain: usize,
  weighted: usize,
  sums: usize,
): void {
  let count: i32 = 0;
  const zero = f64x2.splat(0);
  let total = zero;
  for (let i: i32 = 0; i < rows; i += 2) {
    const shares = v128.load(membership + ((<usize>i) << 3));
    total = f64x2.add(total, shares);
    // Both are written; what is no member is written over by the next.
    const members = i64x2.bitmask(f64x2.ne(shares, zero));
    store<i32>(listed + ((<usize>count) << 2), i);
    count += members & 1;
    store<i32>(listed + ((<usize>count) << 2), i + 1);
    count += members >> 1;
  }
  store<f64>(sums, load<f64>(sums) + Lanes.total(total));
  for (let first: i32 = 0; first < count; first += tileRows) {
    const gathered = min(tileRows, count - first);
    gather(x, d, mean, membership, listed + ((<usize>first) << 2), gathered, plain, weighted);
    addProducts(d, (gathered + 1) >> 1, plain, weighted, sums + 16);
  }
}

/** Differences from the mean of listed rows, as they are and times membership; the membership follows as row d. */
function gather(
  x: usize,
  d: i32,
  mean: usize,
  membership: usize,
  listed: usize,
  gathered: i32,
  plain: usize,
  weighted: usize,
): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < gathered; i += 2) {
    const index = load<i32>(listed);
    const hasOther = i + 1 < gathered;
    const otherIndex = hasOther ? load<i32>(listed, 4) : index;
    listed += 8;
    const other = hasOther ? load<f64>(membership + ((<usize>otherIndex) << 3)) : 0;
    const share = f64x2(load<f64>(membership + ((<usize>index) << 3)), other);
    let first = x + <usize>index * rowBytes;
    let second = x + <usize>otherIndex * rowBytes;
    let centre = mean;
    let to = plain + ((<usize>i) << 3);
    let toWeighted = weighted + ((<usize>i) << 3);
    let a: i32 = 0;
    for (; a + 2 <= d; a += 2) {
      const m = v128.load(centre);
      const e = f64x2.sub(v128.load(first), m);
      const f = f64x2.sub(v128.load(second), m);
      const low = v128.shuffle<f64>(e, f, 0, 2);
      const high = v128.shuffle<f64>(e, f, 1, 3);
      v128.store(to, low);
      v128.store(to + tileBytes, high);
      v128.store(toWeighted, f64x2.mul(share, low));
      v128.store(toWeighted + tileBytes, f64x2.mul(share, high));
      first += 16;
      second += 16;
      centre += 16;
      to += 2 * tileBytes;
      toWeighted += 2 * tileBytes;
    }
    if (a < d) {
      const e = f64x2.sub(f64x2(load<f64>(first), load<f64>(second)), v128.load64_splat(centre));
      v128.store(to, e);
      v128.store(toWeighted, f64x2.mul(share, e));
      toWeighted += tileBytes;
    }
    v128.store(toWeighted, share);
  }
}

/** Adds weighted x plain' over `pairs` pairs of gathered rows, lower triangle and row d, in tiles of three by three. */
function addProducts(d: i32, pairs: i32, plain: usize, weighted: usize, sums: usize): void {
  const across = threes(d);
  const rowBytes = (<usize>across) << 3;
  for (let a: i32 = 0; a <= d; a += 3) {
    const left = weighted + <usize>a * tileBytes;
    const row = sums + <usize>a * rowBytes;
    const most = min(a, across);
    for (let b: i32 = 0; b < most; b += 3) {
      addSquare(pairs, left, plain + <usize>b * tileBytes, row + ((<usize>b) << 3), rowBytes);
    }
    if (a < d) addTriangle(pairs, left, plain + <usize>a * tileBytes, row + ((<usize>a) << 3), rowBytes);
  }
}

/** A tile below the diagonal. */
function addSquare(pairs: i32, left: usize, right: usize, at: usize, rowBytes: usize): void {
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s02 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s12 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s22 = f64x2.splat(0);
  for (let i: i32 = 0; i < pairs; i++) {
    const r0 = v128.load(right);
    const r1 = v128.load(right + tileBytes);
    const r2 = v128.load(right + 2 * tileBytes);
    let l = v128.load(left);
    s00 = f64x2.add(s00, f64x2.mul(l, r0));
    s01 = f64x2.add(s01, f64x2.mul(l, r1));
    s02 = f64x2.add(s02, f64x2.mul(l, r2));
    l = v128.load(left + tileBytes);
    s10 = f64x2.add(s10, f64x2.mul(l, r0));
    s11 = f64x2.add(s11, f64x2.mul(l, r1));
    s12 = f64x2.add(s12, f64x2.mul(l, r2));
    l = v128.load(left + 2 * tileBytes);
    s20 = f64x2.add(s20, f64x2.mul(l, r0));
    s21 = f64x2.add(s21, f64x2.mul(l, r1));
    s22 = f64x2.add(s22, f64x2.mul(l, r2));
    left += 16;
    right += 16;
  }
  addThree(at, s00, s01, s02);
  addThree(at + rowBytes, s10, s11, s12);
  addThree(at + 2 * rowBytes, s20, s21, s22);
}

/** A tile on the diagonal: only b <= a. */
function addTriangle(pairs: i32, left: usize, right: usize, at: usize, rowBytes: usize): void {
  const zero = f64x2.splat(0);
  let s00 = zero;
  let s10 = zero;
  let s11 = zero;
  let s20 = zero;
  let s21 = zero;
  let s22 = zero;
  for (let i: i32 = 0; i < pairs; i++) {
    const r0 = v128.load(right);
    const r1 = v128.load(right + tileBytes);
    s00 = f64x2.add(s00, f64x2.mul(v128.load(left), r0));
    let l = v128.load(left + tileBytes);
    s10 = f64x2.add(s10, f64x2.mul(l, r0));
    s11 = f64x2.add(s11, f64x2.mul(l, r1));
    l = v128.load(left + 2 * tileBytes);
    s20 = f64x2.add(s20, f64x2.mul(l, r0));
    s21 = f64x2.add(s21, f64x2.mul(l, r1));
    s22 = f64x2.add(s22, f64x2.mul(l, v128.load(right + 2 * tileBytes)));
    left += 16;
    right += 16;
  }
  addThree(at, s00, zero, zero);
  addThree(at + rowBytes, s10, s11, zero);
  addThree(at + 2 * rowBytes, s20, s21, s22);
}

/** Adds the totals of three pairs to three numbers. */
function addThree(at: usize, first: v128, second: v128, third: v128): void {
  const both = f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), both));
  store<f64>(at, load<f64>(at, 16) + f64x2.extract_lane(third, 0) + f64x2.extract_lane(third, 1), 16);
}
