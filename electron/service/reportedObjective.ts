import type { LatentModel } from '../engine/model';
import type { PreparedRows } from './prepareRows';
import { logJacobian } from './scaling';

/** From the engine's objective (larger is better, in units of the fit) to the one a person is shown. */
export type ReportedObjective = (objective: number) => number;

/**
 * A log-likelihood is shown for the data in units of the file, so that scaling does not change it; a distortion
 * as the positive sum it is, in units of the fit.
 */
export function reportedObjective(model: LatentModel, prepared: PreparedRows): ReportedObjective {
  if (model.capabilities.objective === 'negativeDistortion') return (objective) => Math.abs(objective);
  const shift = logJacobian(prepared.scaling, prepared.totalWeight);
  return (objective) => objective + shift;
}
