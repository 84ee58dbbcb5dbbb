import type { Kernels } from '../kernels';
import { memberships } from './memberships';
import { scratch } from './scratch';

const blockRows = 256;

type Kind = 'categoricalStep' | 'categoricalLogDensities' | 'categoricalPosteriors';

const categoricalLogDensities: Kernels['categoricalLogDensities'] = (
  x,
  from,
  to,
  levels,
  logProbability,
  logScale,
  k,
  out,
) => {
  const d = levels.length;
  let size = 0;
  const starts = levels.map((each) => (size += each) - each);
  for (let i = from; i < to; i++) {
    for (let j = 0; j < k; j++) {
      let sum = logScale[j];
      for (let a = 0; a < d; a++)
        sum += logProbability[j * size + starts[a] + levelOf(x[i * d + a], levels[a])];
      out[(i - from) * k + j] = sum;
    }
  }
};

/** The level of a cell, the last of `count` where it is missing. */
const levelOf = (cell: number, count: number): number => (Number.isNaN(cell) ? count - 1 : cell);

/** The kernels of categories; a step goes block by block. */
export function createCategorical(): Pick<Kernels, Kind> {
  const jointScratch = scratch();
  const categoricalStep: Kernels['categoricalStep'] = (
    x,
    from,
    to,
    levels,
    weight,
    logProbability,
    logScale,
    k,
    count,
    level,
  ) => {
    const d = levels.length;
    let size = 0;
    const starts = levels.map((each) => (size += each) - each);
    const joint = jointScratch(blockRows * k);
    let logLikelihood = 0;
    for (let start = from; start < to; start += blockRows) {
      const end = Math.min(to, start + blockRows);
      categoricalLogDensities(x, start, end, levels, logProbability, logScale, k, joint);
      logLikelihood += memberships(joint, end - start, k, weight, start, false, null);
      for (let i = start; i < end; i++) {
        for (let j = 0; j < k; j++) {
          const share = joint[(i - start) * k + j];
          if (share === 0) continue;
          count[j] += share;
          for (let a = 0; a < d; a++) level[j * size + starts[a] + levelOf(x[i * d + a], levels[a])] += share;
        }
      }
    }
    return logLikelihood;
  };
  const categoricalPosteriors: Kernels['categoricalPosteriors'] = (
    x,
    from,
    to,
    levels,
    logProbability,
    logScale,
    k,
    out,
    logDensity,
  ) => {
    categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out);
    memberships(out, to - from, k, null, from, false, logDensity);
  };
  return { categoricalStep, categoricalLogDensities, categoricalPosteriors };
}
