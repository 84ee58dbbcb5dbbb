import { Lanes } from './lanes';
import { linearScores } from './linearScores';
import { countMembers } from './members';
import { addMemberRows, memberSumStride } from './memberSums';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of Gaussians that share one covariance, whose inverse is A. Of a row's log
 * densities only log weight_j + m_j'A x - m_j'A m_j / 2 differs between components, linear in x: memberships need no more,
 * and -x'A x / 2, which all have, is left out of what is returned.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     the table of `linearScores` with b_j = A m_j
 * scratch            as many bytes as `linearScratchBytes` says
 * sums        INOUT  for each component: sum of memberships, 0, sums r x (as many as `memberSumStride` says)
 *
 * Returns the log-likelihood plus sum_i weight_i x_i'A x_i / 2. Source: Bishop (2006), eq. 4.68 to 4.70 and 9.23.
 */
export function tiedStep(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  scratch: usize,
  sums: usize,
): f64 {
  return linearStep(x, n, d, weight, k, parameters, 0, scratch, sums);
}

/**
 * The same of a mixture of Gaussians whose covariances are multiples of the identity: with one over the variance p_j, log
 * densities are log weight_j - p_j |m_j|^2 / 2 + p_j m_j'x - p_j |x|^2 / 2, linear in x and |x|^2.
 *
 * parameters  IN     the table of `linearScores` with b_j = p_j m_j, then -p_j / 2 (k made even)
 * sums        INOUT  for each component: sum of memberships, sum r |x|^2, sums r x (as many as `memberSumStride` says)
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 4.71 and 9.23.
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
  const curvature = parameters + ((<usize>((d + 1) * ((k + 1) & ~1))) << 3);
  return linearStep(x, n, d, weight, k, parameters, curvature, scratch, sums);
}

/** Bytes of scratch that the steps need. */
export function linearScratchBytes(k: i32): usize {
  return likelihoodBytes + <usize>(k + 2) * tileBytes;
}

/** `curvature`: address of what |x|^2 is multiplied by in the score of each component; 0: it has no part in them. */
function linearStep(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  table: usize,
  curvature: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const squares = scratch + likelihoodBytes;
  const joint = squares + tileBytes;
  const rowBytes = (<usize>d) << 3;
  const sumBytes = (<usize>memberSumStride(d) + 2) << 3;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    linearScores(rows, count, d, k, table, joint);
    if (curvature !== 0) {
      squareRows(rows, count, d, squares);
      for (let j: i32 = 0; j < k; j++) {
        addCurvature(squares, curvature + ((<usize>j) << 3), joint + <usize>j * tileBytes);
      }
    }
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const to = sums + <usize>j * sumBytes;
      const members = countMembers(membership, to);
      if (curvature !== 0) addSquares(membership, squares, to + 8);
      addMemberRows(rows, d, membership, members, to + 16);
    }
  }
  return endLikelihood(scratch);
}

/** |x|^2 of `n` <= 64 rows; what is beyond the last row is that of the last row. */
function squareRows(x: usize, n: i32, d: i32, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < tileRows; i++) {
    const row = x + <usize>min(i, n - 1) * rowBytes;
    let squares = f64x2.splat(0);
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(row + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
    }
    if (at < rowBytes) {
      const value = v128.load64_zero(row + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
    }
    store<f64>(out + ((<usize>i) << 3), Lanes.total(squares));
  }
}

/** Adds the squares of the rows of a tile, times the number at `curvature`, to their scores. */
function addCurvature(squares: usize, curvature: usize, scores: usize): void {
  const factor = v128.load64_splat(curvature);
  for (let v: usize = 0; v < tileBytes; v += 16) {
    const added = f64x2.mul(factor, v128.load(squares + v));
    v128.store(scores + v, f64x2.add(v128.load(scores + v), added));
  }
}

/** Adds sum r |x|^2 of a tile; a square that is infinite has no membership, and 0 times infinity is no number. */
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
