import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import { createReferenceKernels } from '../../kernels/reference';
import type { FeatureSpace } from '../featureSpace';
import type { LatentModel } from '../model';
import { covarianceRuleOf } from './covarianceStructures';
import { gaussianPart } from './gaussianPart';
import { kMeans } from './kMeans';
import { mixture } from './mixture';

/** The model of a specification for rows of these features. It holds scratch memory: make one for each thread. */
export function createModel(
  specification: ModelSpecification,
  space: FeatureSpace,
  kernels: Kernels = createReferenceKernels(),
): LatentModel {
  switch (specification.family) {
    case 'kmeans':
      return kMeans(specification, space, kernels);
    case 'gaussian': {
      const { components, covariance, ridge } = specification;
      const part = gaussianPart(
        { rule: covarianceRuleOf(specification), ridge },
        components,
        space.length,
        kernels,
      );
      return mixture(`gaussian-${covariance}`, specification, space, [{ part, columns: null }], kernels);
    }
    default:
      throw new Error(`There is no model of family ${specification.family}.`);
  }
}
