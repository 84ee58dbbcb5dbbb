import type { CovarianceStructure } from '../../../shared/model';
import { EVE, VVE } from './commonAxes';
import type { CovarianceRule } from './covarianceRule';
import { EEI, EII, EVI, givenDeviation, VEI, VII, VVI } from './diagonalCovariances';
import { EEE, EEV, EVV, VEE, VEV, VVV } from './fullCovariances';

/** All structures that are estimated, by name. */
export const covarianceRules = {
  EII,
  VII,
  EEI,
  VEI,
  EVI,
  VVI,
  EEE,
  VEE,
  EVE,
  VVE,
  EEV,
  VEV,
  EVV,
  VVV,
} as const satisfies Record<Exclude<CovarianceStructure, 'fixed'>, CovarianceRule>;

/** The rule of a specification; `sd` is the standard deviation of the structure that is not estimated. */
export function covarianceRuleOf(specification: {
  readonly covariance: CovarianceStructure;
  readonly sd: number;
}): CovarianceRule {
  const { covariance, sd } = specification;
  return covariance === 'fixed' ? givenDeviation(sd) : covarianceRules[covariance];
}
