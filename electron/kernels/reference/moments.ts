import type { Kernels } from '../kernels';
import { scratch } from './scratch';

/** Rows gathered before they are multiplied. 64 rows of ten features stay in the first cache. */
const gatheredRows = 64;

/** Moments of rows with non-zero membership, as plain dot products over gathered rows. */
export function createMoments(): Pick<
  Kernels,
  'weightedSquares' | 'weightedScatter' | 'labelledSquares' | 'labelledScatter'
> {
  const gatheredScratch = scratch();
  const weightedScratch = scratch();
  const membershipScratch = scratch();

  /** Adds up memberships and weighted differences; then hands the gathered rows of component j to `addProducts`. */
  function addMoments(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    addProducts: (j: number, difference: Float64Array, weighted: Float64Array, gathered: number) => void,
  ): void {
    const difference = gatheredScratch(d * gatheredRows);
    const weighted = weightedScratch(d * gatheredRows);
    for (let block = from; block < to; block += gatheredRows) {
      const end = Math.min(to, block + gatheredRows);
      const offset = (block - from) * k;
      for (let j = 0; j < k; j++) {
        const gathered = gather(
          x,
          block,
          end,
          d,
          membership,
          offset + j,
          k,
          centre,
          j * d,
          difference,
          weighted,
        );
        if (gathered === 0) continue;
        let total = 0;
        for (let i = block; i < end; i++) total += membership[offset + (i - block) * k + j];
        count[j] += total;
        for (let a = 0; a < d; a++) {
          let s = 0;
          for (let i = a * gatheredRows; i < a * gatheredRows + gathered; i++) s += weighted[i];
          sum[j * d + a] += s;
        }
        addProducts(j, difference, weighted, gathered);
      }
    }
  }

  const weightedSquares: Kernels['weightedSquares'] = (
    x,
    from,
    to,
    d,
    membership,
    centre,
    k,
    count,
    sum,
    square,
  ) => {
    addMoments(x, from, to, d, membership, centre, k, count, sum, (j, difference, weighted, gathered) => {
      for (let a = 0; a < d; a++) {
        let s = 0;
        const start = a * gatheredRows;
        for (let i = start; i < start + gathered; i++) s += weighted[i] * difference[i];
        square[j * d + a] += s;
      }
    });
  };

  const weightedScatter: Kernels['weightedScatter'] = (
    x,
    from,
    to,
    d,
    membership,
    centre,
    k,
    count,
    sum,
    scatter,
  ) => {
    addMoments(x, from, to, d, membership, centre, k, count, sum, (j, difference, weighted, gathered) => {
      for (let a = 0; a < d; a++) {
        const left = a * gatheredRows;
        const target = (j * d + a) * d;
        let b = 0;
        for (; b + 4 <= a + 1; b += 4) {
          const right0 = b * gatheredRows;
          const right1 = right0 + gatheredRows;
          const right2 = right1 + gatheredRows;
          const right3 = right2 + gatheredRows;
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          for (let i = 0; i < gathered; i++) {
            const w = weighted[left + i];
            s0 += w * difference[right0 + i];
            s1 += w * difference[right1 + i];
            s2 += w * difference[right2 + i];
            s3 += w * difference[right3 + i];
          }
          scatter[target + b] += s0;
          scatter[target + b + 1] += s1;
          scatter[target + b + 2] += s2;
          scatter[target + b + 3] += s3;
        }
        for (; b <= a; b++) {
          const right = b * gatheredRows;
          let s = 0;
          for (let i = 0; i < gathered; i++) s += weighted[left + i] * difference[right + i];
          scatter[target + b] += s;
        }
      }
    });
  };

  /** Memberships of zero and one, block by block, as the moments of given memberships take them. */
  const byMembership =
    (moments: Kernels['weightedSquares']): Kernels['labelledSquares'] =>
    (x, from, to, d, label, weight, centre, k, count, sum, second) => {
      const membership = membershipScratch(k * gatheredRows);
      for (let start = from; start < to; start += gatheredRows) {
        const end = Math.min(to, start + gatheredRows);
        membership.fill(0);
        for (let i = start; i < end; i++) {
          const own = label[i - from];
          if (own >= 0) membership[(i - start) * k + own] = weight === null ? 1 : weight[i];
        }
        moments(x, start, end, d, membership, centre, k, count, sum, second);
      }
    };

  return {
    weightedSquares,
    weightedScatter,
    labelledSquares: byMembership(weightedSquares),
    labelledScatter: byMembership(weightedScatter),
  };
}

/** Gathers up to 64 rows with non-zero membership in component j, feature by feature. Returns how many. */
function gather(
  x: Float64Array,
  from: number,
  to: number,
  d: number,
  membership: Float64Array,
  offset: number,
  k: number,
  centre: Float64Array,
  centreAt: number,
  difference: Float64Array,
  weighted: Float64Array,
): number {
  let gathered = 0;
  for (let i = from; i < to; i++) {
    const share = membership[offset + (i - from) * k];
    if (share === 0) continue;
    const row = i * d;
    for (let a = 0; a < d; a++) {
      const e = x[row + a] - centre[centreAt + a];
      difference[a * gatheredRows + gathered] = e;
      weighted[a * gatheredRows + gathered] = share * e;
    }
    gathered++;
  }
  return gathered;
}
