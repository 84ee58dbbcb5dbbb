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
 * scratch            as many bytes as `tiedScratchBytes` says
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
  const joint = scratch + likelihoodBytes;
  const rowBytes = (<usize>d) << 3;
  const sumBytes = (<usize>memberSumStride(d) + 1) << 3;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const count = min(tileRows, n - first);
    const rows = x + <usize>first * rowBytes;
    linearScores(rows, count, d, k, parameters, joint);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(joint, tileBytes, count, k, own, 0, scratch);
    for (let j: i32 = 0; j < k; j++) {
      const membership = joint + <usize>j * tileBytes;
      const to = sums + <usize>j * sumBytes;
      const members = countMembers(membership, to);
      addMemberRows(rows, d, membership, members, to + 8);
    }
  }
  return endLikelihood(scratch);
}

/** Bytes of scratch that `tiedStep` needs. */
export function tiedScratchBytes(k: i32): usize {
  return likelihoodBytes + <usize>(k + 1) * tileBytes;
}
