import type { ModelSpecification } from '../../shared/model';
import type { FeatureSpace } from '../engine/featureSpace';
import type { LatentModel } from '../engine/model';
import { createModel } from '../engine/models/registry';
import type { Kernels } from '../kernels/kernels';

/** The models whose E-steps a fit may ask for: its own, and the k-means many starts begin with. */
export function teamModels(model: ModelSpecification, space: FeatureSpace, kernels?: Kernels): LatentModel[] {
  const own = createModel(model, space, kernels);
  return model.family === 'kmeans'
    ? [own]
    : [own, createModel({ family: 'kmeans', components: model.components }, space, kernels)];
}
