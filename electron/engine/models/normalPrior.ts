import type { CovarianceStructure, NormalPrior } from '../../../shared/model';
import { traceOfSolution } from '../numeric/linearAlgebra';
import type { CovarianceRule } from './covarianceRule';
import type { GaussianFactors } from './gaussianFactors';

/** A Normal-inverse-Wishart prior in numbers. */
export type GivenNormalPrior = Exclude<NormalPrior, 'default'>;

/**
 * A prior as the M-step and the log posterior use it: pseudo-scatter and pseudo-weight that join those of every
 * component, and the mean they are about.
 */
export interface NormalPseudoData {
  /** d */
  readonly mean: Float64Array;
  /** kappa: rows that the prior mean is worth. */
  readonly shrinkage: number;
  /** Added to the weight that each component's scatter is divided by. */
  readonly weight: number;
  /** d x d, added to each component's scatter. */
  readonly scatter: Float64Array;
}

/**
 * The prior of a structure. The posterior density of covariances S_j is then, in logarithms and but for a constant,
 * -1/2 sum_j [(n_j + weight) log |S_j| + tr S_j^-1 (W_j + scatter + shrinkage (m_j - mean)(m_j - mean)')],
 * the log-likelihood of more data, so any structure's M-step maximises it unchanged.
 *
 * Weights are those of Fraley and Raftery (2007), table 1: an inverse Wishart (ellipsoidal) or inverse gamma (spherical
 * and diagonal) density for each covariance that is estimated, one for a volume that is shared; a spherical volume is
 * d variances in one. mclust 6.0.0 gives the same for VII, VEI (which counts the prior mean once for a volume), VVI, EEE
 * and VVV. Its EII forgets the scale, its EEI, EVI and EEV divide in me() otherwise than in mstep(), its VEV not at all,
 * and VEE, EVE, VVE and EVV it refuses: these follow the rule here, for which the posterior never falls.
 */
export function normalPseudoData(
  prior: GivenNormalPrior,
  structure: Exclude<CovarianceStructure, 'fixed'>,
  rule: CovarianceRule,
  k: number,
  d: number,
): NormalPseudoData {
  const { shrinkage, degreesOfFreedom, scale } = prior;
  const sharesVolume = structure.startsWith('E');
  const variancesInOne = rule.spherical || structure === 'VEI' ? d : 1;
  const ownWeight = rule.kind === 'full' ? degreesOfFreedom + d + 1 : degreesOfFreedom + 2;
  const ofMean = shrinkage === 0 ? 0 : structure === 'VEI' ? 1 / d : 1;
  const trace = scale.reduce((sum, row, a) => sum + row[a], 0);
  const component = rule.shared ? k : 1;
  const scatter = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      if (rule.kind === 'full') scatter[a * d + b] = scale[a][b] / component;
      else if (a === b) scatter[a * d + b] = (rule.spherical ? trace / (d * d) : scale[a][a]) / component;
    }
  }
  return {
    mean: Float64Array.from(prior.mean),
    shrinkage,
    weight: ownWeight / (sharesVolume ? k : 1) / variancesInOne + ofMean,
    scatter,
  };
}

/** Adds the prior's scatter about `mean` (k x d) to moments, k x d or k x d x d. */
export function addPriorScatter(
  { mean: centre, shrinkage, scatter }: NormalPseudoData,
  mean: Float64Array,
  moments: Float64Array,
  d: number,
): void {
  const isDiagonal = moments.length === mean.length;
  for (let i = 0; i < mean.length; i++) {
    const a = i % d;
    const shift = mean[i] - centre[a];
    if (isDiagonal) {
      moments[i] += scatter[a * d + a] + shrinkage * shift * shift;
      continue;
    }
    const first = i - a;
    for (let b = 0; b < d; b++)
      moments[i * d + b] += scatter[a * d + b] + shrinkage * shift * (mean[first + b] - centre[b]);
  }
}

/** Log density of means (k x d) and the covariances with these factors under the prior, but for a constant. */
export function logNormalPrior(
  prior: NormalPseudoData,
  mean: Float64Array,
  factors: GaussianFactors,
  k: number,
  d: number,
): number {
  const factor = factors.kind === 'full' ? factors.factor() : null;
  const scatter = new Float64Array(factor === null ? k * d : k * d * d);
  addPriorScatter(prior, mean, scatter, d);
  const logDeterminant = factors.logDeterminant();
  let sum = 0;
  for (let j = 0; j < k; j++) {
    const distance =
      factor === null
        ? factors.distance(scatter, j)
        : traceOfSolution(factor.subarray((j * d * d) % factor.length), scatter, j * d * d, d);
    sum -= 0.5 * (prior.weight * logDeterminant[j] + distance);
  }
  return sum;
}
