import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import { createReferenceKernels } from '../../kernels/reference';
import type { LatentModel } from '../model';
import { gaussianMixture } from './gaussianMixture';
import { kMeans } from './kMeans';

/** The model of a specification for rows of d features. It holds scratch memory: make one for each thread. */
export function createModel(
  specification: ModelSpecification,
  d: number,
  kernels: Kernels = createReferenceKernels(),
): LatentModel {
  switch (specification.family) {
    case 'kmeans':
      return kMeans(specification, d, kernels);
    case 'gaussian':
      return gaussianMixture(specification, d, kernels);
  }
}
