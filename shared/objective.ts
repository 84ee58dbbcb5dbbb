import type { ObjectiveKind, RunSpecification } from './fit';
import { hasPrior, type ModelSpecification } from './model';

/** What a fit of this model, run in this way, makes as good as it can, known before it begins. */
export function objectiveOf(
  model: ModelSpecification,
  algorithm: RunSpecification['algorithm'],
): ObjectiveKind {
  if (model.family === 'kmeans') return 'distortion';
  if (algorithm?.name === 'hard') return 'classificationLogLikelihood';
  return hasPrior(model) ? 'logPosterior' : 'logLikelihood';
}
