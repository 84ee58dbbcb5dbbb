import type { ModelSpecification } from '../../shared/model';
import type { LatentModel } from '../engine/model';
import { covarianceRuleOf } from '../engine/models/covarianceStructures';
import { normalPseudoData } from '../engine/models/normalPrior';
import type { PreparedRows } from './preparation/prepareRows';

/** From an objective of the engine (larger is better, in units of the fit) to the one a person is shown. */
export type ReportedObjective = (objective: number) => number;

/**
 * Likelihoods and posteriors are shown for the data in units of the file, so that scaling does not change them; a
 * distortion as the positive sum it is, in units of the fit.
 */
export function reportedObjective(model: LatentModel, prepared: PreparedRows): ReportedObjective {
  if (model.capabilities.objective === 'negativeDistortion') return (objective) => Math.abs(objective);
  const shift = likelihoodShift(prepared) + priorShift(model.specification, prepared);
  return (objective) => objective + shift;
}

/**
 * What a log-likelihood in units of the fit lacks to be one of the data in units of the file: the log of the Jacobian
 * of the scaling, once for each observed number (or unit of row weight).
 */
export function likelihoodShift({ scaling, overall }: PreparedRows): number {
  return -scaling.sd.reduce((sum, sd, a) => sum + overall.weight[a] * Math.log(sd), 0);
}

/** The same for the log density of each row, added in place. */
export function addRowShifts(logDensity: Float64Array, { rows, space, scaling }: PreparedRows): void {
  let number = 0;
  for (const [feature, { kind }] of space.entries()) {
    if (kind !== 'number') continue;
    const shift = Math.log(scaling.sd[number++]);
    if (shift === 0) continue;
    for (let i = 0; i < rows.n; i++) if (!Number.isNaN(rows.x[i * rows.d + feature])) logDensity[i] -= shift;
  }
}

/**
 * The same for the log prior, which is known but for a constant: the determinant of each covariance changes by the
 * scaling, to the power that the prior gives it. `specification`: its prior in numbers, in units of the fit.
 */
function priorShift(specification: ModelSpecification, { scaling }: PreparedRows): number {
  if (specification.family !== 'gaussian' && specification.family !== 'mixed') return 0;
  const { covariance, components, prior } = specification;
  const { normal } = prior;
  if (normal === undefined || normal === 'default' || covariance === 'fixed') return 0;
  const rule = covarianceRuleOf(specification);
  const { weight } = normalPseudoData(normal, covariance, rule, components, scaling.sd.length);
  return -components * weight * scaling.sd.reduce((sum, sd) => sum + Math.log(sd), 0);
}
