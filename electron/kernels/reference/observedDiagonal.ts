import type { Kernels } from '../kernels';
import type { ObservedKernels } from '../observed';
import { scratch } from './scratch';

type Kind = 'diagonalLogDensities' | 'weightedSquares' | 'diagonalStep';

const blockRows = 256;

const diagonalLogDensities: ObservedKernels['diagonalLogDensities'] = (
  ...[x, from, to, d, mean, inverseDeviation, logScale, k, out]
) => {
  // What a missing cell takes from the log scale of a complete row.
  const logVolume = inverseDeviation.map((value) => 0.5 * Math.log(2 * Math.PI) - Math.log(value));
  for (let i = from; i < to; i++) {
    for (let j = 0; j < k; j++) {
      let sum = logScale[j];
      for (let a = 0; a < d; a++) {
        const at = j * d + a;
        const e = (x[i * d + a] - mean[at]) * inverseDeviation[at];
        sum += Number.isNaN(e) ? logVolume[at] : -0.5 * e * e;
      }
      out[(i - from) * k + j] = sum;
    }
  }
};

/** Features are independent given the component: a missing one is expected at its mean, with its variance. */
const weightedSquares: ObservedKernels['weightedSquares'] = (
  ...[x, from, to, d, membership, mean, inverseDeviation, k, count, sum, square]
) => {
  for (let i = from; i < to; i++) {
    for (let j = 0; j < k; j++) {
      const share = membership[(i - from) * k + j];
      if (share === 0) continue;
      count[j] += share;
      for (let a = 0; a < d; a++) {
        const at = j * d + a;
        const e = x[i * d + a] - mean[at];
        if (Number.isNaN(e)) square[at] += share / inverseDeviation[at] ** 2;
        else {
          sum[at] += share * e;
          square[at] += share * e * e;
        }
      }
    }
  }
};

/** The kernels of Gaussians along the axes, for rows with missing cells. */
export function createObservedDiagonal({
  memberships,
}: Pick<Kernels, 'memberships'>): Pick<ObservedKernels, Kind> {
  const jointScratch = scratch();
  return {
    diagonalLogDensities,
    weightedSquares,
    diagonalStep(x, from, to, d, weight, mean, inverseDeviation, logScale, k, count, sum, square) {
      const joint = jointScratch(blockRows * k);
      let logLikelihood = 0;
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        diagonalLogDensities(x, start, end, d, mean, inverseDeviation, logScale, k, joint);
        logLikelihood += memberships(joint, end - start, k, weight, start, false, null);
        weightedSquares(x, start, end, d, joint, mean, inverseDeviation, k, count, sum, square);
      }
      return logLikelihood;
    },
  };
}
