import type { ModelSpecification } from '../../shared/model';
import { startingSpecification } from '../engine/drive/startingModel';
import type { FeatureSpace } from '../engine/featureSpace';
import type { LatentModel } from '../engine/model';
import { createModel } from '../engine/models/registry';
import type { Kernels } from '../kernels/kernels';

/** The models whose E-steps a fit may ask for: its own, and those that make its starts. */
export function teamModels(model: ModelSpecification, space: FeatureSpace, kernels?: Kernels): LatentModel[] {
  const starting = [true, false].map((isPlain) => startingSpecification(model, space, isPlain));
  const all = model.family === 'kmeans' ? [model] : [model, ...starting];
  return all.map((specification) => createModel(specification, space, kernels));
}
