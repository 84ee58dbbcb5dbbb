import { featuresByKind } from '../../../shared/features';
import type { ModelSpecification } from '../../../shared/model';
import type { Kernels } from '../../kernels/kernels';
import { createReferenceKernels } from '../../kernels/reference';
import type { FeatureSpace } from '../featureSpace';
import type { LatentModel } from '../model';
import { bernoulliPart } from './bernoulliPart';
import { categoricalPart } from './categoricalPart';
import { covarianceRuleOf } from './covarianceStructures';
import { gaussianPart } from './gaussianPart';
import { kMeans } from './kMeans';
import { mixture, type PlacedPart } from './mixture';
import type { MixturePart } from './mixturePart';
import { normalPseudoData } from './normalPrior';

type Specification<F extends ModelSpecification['family']> = Extract<ModelSpecification, { family: F }>;

/**
 * The model of a specification for rows of these features, all of kinds that the family takes
 * (`shared/families.ts`). It holds scratch memory: make one for each thread.
 */
export function createModel(
  specification: ModelSpecification,
  space: FeatureSpace,
  kernels: Kernels = createReferenceKernels(),
): LatentModel {
  const alone = (name: string, part: MixturePart, own: Exclude<ModelSpecification, { family: 'kmeans' }>) =>
    mixture(name, own, space, [{ part, columns: null }], kernels);
  switch (specification.family) {
    case 'kmeans':
      return kMeans(specification, space, kernels);
    case 'gaussian':
      return alone(
        `gaussian-${specification.covariance}`,
        numbers(specification, space.length, kernels),
        specification,
      );
    case 'bernoulli':
      return alone('bernoulli', yesNos(specification, space.length, kernels), specification);
    case 'categorical':
      return alone('categorical', categories(specification, space, kernels), specification);
    case 'mixed':
      return mixture(
        `mixed-${specification.covariance}`,
        specification,
        space,
        mixedParts(specification, space, kernels),
        kernels,
      );
  }
}

function mixedParts(
  specification: Specification<'mixed'>,
  space: FeatureSpace,
  kernels: Kernels,
): PlacedPart[] {
  const { number, yesNo, category } = featuresByKind(space);
  const placed: PlacedPart[] = [];
  if (number.length > 0)
    placed.push({ columns: number, part: numbers(specification, number.length, kernels) });
  if (yesNo.length > 0) placed.push({ columns: yesNo, part: yesNos(specification, yesNo.length, kernels) });
  if (category.length > 0) {
    const own = category.map((feature) => space[feature]);
    placed.push({ columns: category, part: categories(specification, own, kernels) });
  }
  return placed;
}

function numbers(
  specification: Specification<'gaussian' | 'mixed'>,
  d: number,
  kernels: Kernels,
): MixturePart {
  const { components: k, covariance, ridge } = specification;
  const { normal } = specification.prior;
  const rule = covarianceRuleOf(specification);
  if (normal === 'default')
    throw new Error('A default prior is resolved from the rows first (`resolvePrior`).');
  const prior =
    normal === undefined || covariance === 'fixed' ? null : normalPseudoData(normal, covariance, rule, k, d);
  return gaussianPart({ rule, ridge, prior }, k, d, kernels);
}

function yesNos(
  specification: Specification<'bernoulli' | 'mixed'>,
  d: number,
  kernels: Kernels,
): MixturePart {
  const { components, smallestProbability: smallest, prior } = specification;
  const isShared = specification.family === 'bernoulli' && specification.probabilities === 'shared';
  return bernoulliPart({ isShared, smallest, prior: prior.probability }, components, d, kernels);
}

function categories(
  specification: Specification<'categorical' | 'mixed'>,
  space: FeatureSpace,
  kernels: Kernels,
): MixturePart {
  const levels = space.map((feature) => (feature.kind === 'category' ? feature.levels : 0));
  return categoricalPart(
    { levels, pseudoCount: specification.prior.category },
    specification.components,
    kernels,
  );
}
