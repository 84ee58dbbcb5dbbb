import { createConditionals, type Pattern } from '../conditionalNormal';
import type { Kernels } from '../kernels';
import type { ObservedKernels } from '../observed';
import { scratch } from './scratch';

type Kind = 'gaussianLogDensities' | 'weightedScatter' | 'gaussianStep';

type Conditionals = ReturnType<typeof createConditionals>;

const blockRows = 256;

/** The kernels of Gaussians with any covariance, for rows with missing cells, one row after the other. */
export function createObservedGaussian({
  memberships,
}: Pick<Kernels, 'memberships'>): Pick<ObservedKernels, Kind> {
  const known = new WeakMap<Float64Array, Conditionals>();
  const jointScratch = scratch();

  function conditionalsOf(factor: Float64Array, k: number, d: number): Conditionals {
    let conditionals = known.get(factor);
    if (!conditionals) known.set(factor, (conditionals = createConditionals(factor, k, d)));
    return conditionals;
  }

  const gaussianLogDensities: ObservedKernels['gaussianLogDensities'] = (
    ...[x, from, to, d, mean, factor, logScale, k, out]
  ) => {
    const { patternOf, given } = conditionalsOf(factor, k, d);
    const difference = new Float64Array(d);
    const solved = new Float64Array(d);
    for (let i = from; i < to; i++) {
      const pattern = patternOf(x, i);
      for (let j = 0; j < k; j++) {
        const { coefficient, logVolume } = given(pattern, j);
        complete(x, i, mean, j, pattern, coefficient, difference);
        let distance = 0;
        for (let a = 0; a < d; a++) {
          const row = (j * d + a) * d;
          let s = difference[a];
          for (let b = 0; b < a; b++) s -= factor[row + b] * solved[b];
          solved[a] = s / factor[row + a];
          distance += solved[a] * solved[a];
        }
        out[(i - from) * k + j] = logScale[j] + logVolume - 0.5 * distance;
      }
    }
  };

  const weightedScatter: ObservedKernels['weightedScatter'] = (
    ...[x, from, to, d, membership, mean, factor, k, count, sum, scatter]
  ) => {
    const { patternOf, given } = conditionalsOf(factor, k, d);
    const difference = new Float64Array(d);
    for (let i = from; i < to; i++) {
      const pattern = patternOf(x, i);
      const { missing } = pattern;
      for (let j = 0; j < k; j++) {
        const share = membership[(i - from) * k + j];
        if (share === 0) continue;
        const { coefficient, covariance } = given(pattern, j);
        complete(x, i, mean, j, pattern, coefficient, difference);
        count[j] += share;
        for (let a = 0; a < d; a++) {
          const weighted = share * difference[a];
          sum[j * d + a] += weighted;
          for (let b = 0; b <= a; b++) scatter[(j * d + a) * d + b] += weighted * difference[b];
        }
        for (let p = 0; p < missing.length; p++)
          for (let q = 0; q <= p; q++)
            scatter[(j * d + missing[p]) * d + missing[q]] += share * covariance[p * missing.length + q];
      }
    }
  };

  return {
    gaussianLogDensities,
    weightedScatter,
    gaussianStep(x, from, to, d, weight, mean, factor, logScale, k, count, sum, scatter) {
      const joint = jointScratch(blockRows * k);
      let logLikelihood = 0;
      for (let start = from; start < to; start += blockRows) {
        const end = Math.min(to, start + blockRows);
        gaussianLogDensities(x, start, end, d, mean, factor, logScale, k, joint);
        logLikelihood += memberships(joint, end - start, k, weight, start, false, null);
        weightedScatter(x, start, end, d, joint, mean, factor, k, count, sum, scatter);
      }
      return logLikelihood;
    },
  };
}

/** A row's differences from mean j, d of them; missing ones by regression on the others. */
function complete(
  x: Float64Array,
  row: number,
  mean: Float64Array,
  j: number,
  { observed, missing }: Pattern,
  coefficient: Float64Array,
  difference: Float64Array,
): void {
  const d = difference.length;
  const width = observed.length;
  for (const column of observed) difference[column] = x[row * d + column] - mean[j * d + column];
  for (let m = 0; m < missing.length; m++) {
    let s = 0;
    for (let o = 0; o < width; o++) s += coefficient[m * width + o] * difference[observed[o]];
    difference[missing[m]] = s;
  }
}
