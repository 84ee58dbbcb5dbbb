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
 * sums        INOUT  for each component: sum of memberships, sums r x, sum r |x|^2
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
  return likelihoodBytes + <usize>(d + k + 2) * tileBytes;
}

/** `more`: 1 if a row's squared length is its last feature, behind the d given ones; 0 if there are these alone. */
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
  const width = d + more;
  const longRows = scratch + likelihoodBytes;
  const joint = longRows + <usize>width * tileBytes;
  const sumBytes = (<usize>memberSumStride(width) + 1) << 3;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    let rows = x + ((<usize>first * <usize>d) << 3);
    if (more !== 0) {
      lengthenRows(rows, count, d, longRows);
      rows = longRows;
    }
    linearScores(rows, count, width, k, table, joint);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const to = sums + <usize>j * sumBytes;
      const members = countMembers(membership, to);
      addMemberRows(rows, width, membership, members, to + 8);
    }
  }
  return endLikelihood(scratch);
}

/** Copies `n` rows and puts behind each its squared length. */
export function lengthenRows(x: usize, n: i32, d: i32, out: usize): void {
  const rowBytes = (<usize>d) << 3;
  for (let i: i32 = 0; i < n; i++) {
    let squares = f64x2.splat(0);
    let at: usize = 0;
    for (; at + 16 <= rowBytes; at += 16) {
      const value = v128.load(x + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
      v128.store(out + at, value);
    }
    if (at < rowBytes) {
      const value = v128.load64_zero(x + at);
      squares = f64x2.add(squares, f64x2.mul(value, value));
      store<f64>(out + at, f64x2.extract_lane(value, 0));
    }
    store<f64>(out + rowBytes, Lanes.total(squares));
    x += rowBytes;
    out += rowBytes + 8;
  }
}
