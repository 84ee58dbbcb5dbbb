import { Lanes } from './lanes';
import { linearScores } from './linearScores';
import { takeMembers } from './members';
import { addMemberRows, memberSumStride } from './memberSums';
import { beginLikelihood, endLikelihood, likelihoodBytes, seenBytes, shareScale, shares } from './posteriors';
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
 * sums        INOUT  for each component: sum of memberships, sums r x (as many as `memberSumStride` says)
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
  return linearStep(x, n, d, 0, weight, k, parameters, scratch, sums);
}

/**
 * The same of a mixture of Gaussians whose covariances are multiples of the identity: with one over the variance p_j, log
 * densities are log weight_j - p_j |m_j|^2 / 2 + p_j m_j'x - p_j |x|^2 / 2, linear in x and |x|^2.
 *
 * parameters  IN     the table of `linearScores` for d + 1 features, |x|^2 the last
 * sums        INOUT  as those of `tiedStep`, then sum r |x|^2
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
  return linearStep(x, n, d, 1, weight, k, parameters, scratch, sums);
}

/** Bytes of scratch that the steps need. */
export function linearScratchBytes(d: i32, k: i32): usize {
  return likelihoodBytes + <usize>(k + 2) * tileBytes + <usize>k * seenBytes;
}

/** `more`: 1 if a row's squared length is one more feature; 0 if it is none. */
function linearStep(
  x: usize,
  n: i32,
  d: i32,
  more: i32,
  weight: usize,
  k: i32,
  table: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const squares: usize = more === 0 ? 0 : scratch + likelihoodBytes;
  const joint = scratch + likelihoodBytes + tileBytes;
  const seen = joint + <usize>(k + 1) * tileBytes;
  const scale = shareScale(scratch);
  const squareSum = (<usize>(memberSumStride(d) + 1)) << 3;
  const sumBytes = squareSum + ((<usize>more) << 3);
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + ((<usize>first * <usize>d) << 3);
    if (more !== 0) squaredLengths(rows, count, d, squares);
    linearScores(rows, count, d, squares, k, table, joint);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    shares(joint, tileBytes, count, k, own, 0, scratch, seen);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const to = sums + <usize>j * sumBytes;
      const members = takeMembers(membership, scale, seen + <usize>j * seenBytes, count, to);
      addMemberRows(rows, d, membership, members, to + 8);
      if (more !== 0) addProducts(membership, squares, to + squareSum);
    }
  }
  return endLikelihood(scratch);
}

/** Writes the squared lengths of `n` rows; those of the rows of the tile that are missing are zero. */
export function squaredLengths(x: usize, n: i32, d: i32, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < n; i++) {
    let squares = f64x2.splat(0);
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(x + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
    }
    if (at < rowBytes) {
      const value = v128.load64_zero(x + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
    }
    store<f64>(out, Lanes.total(squares));
    x += rowBytes;
    out += 8;
  }
  if (n < tileRows) memory.fill(out, 0, (<usize>(tileRows - n)) << 3);
}

/** Adds the products of the numbers of two tiles to the number at `sum`. */
function addProducts(first: usize, second: usize, sum: usize): void {
  let even = f64x2.splat(0);
  let odd = even;
  for (let i: usize = 0; i < tileBytes; i += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(first + i), v128.load(second + i)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(first + i, 16), v128.load(second + i, 16)));
  }
  store<f64>(sum, load<f64>(sum) + Lanes.total(f64x2.add(even, odd)));
}
