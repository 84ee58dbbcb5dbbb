import type { AlgorithmName } from './algorithm';
import type { FeatureKind } from './features';
import type { Family, ModelSpecification } from './model';

/** What a family can do, for whoever offers it or checks a request. The engine's models hold to it (tested). */
export interface FamilyTraits {
  /** Kinds of features it has a likelihood for. */
  readonly takes: readonly FeatureKind[];
  /** Ways of running it; the first is its own. */
  readonly algorithms: readonly AlgorithmName[];
  /** Whether it has a likelihood, and with it probabilities, a bound and information criteria. */
  readonly hasLikelihood: boolean;
}

const mixtureAlgorithms: readonly AlgorithmName[] = ['em', 'hard', 'stochastic', 'annealed', 'online'];

export const familyTraits: Record<Family, FamilyTraits> = {
  kmeans: { takes: ['number'], algorithms: ['hard', 'online'], hasLikelihood: false },
  gaussian: { takes: ['number'], algorithms: mixtureAlgorithms, hasLikelihood: true },
  bernoulli: { takes: ['yesNo'], algorithms: mixtureAlgorithms, hasLikelihood: true },
  categorical: { takes: ['category'], algorithms: mixtureAlgorithms, hasLikelihood: true },
  mixed: { takes: ['number', 'yesNo', 'category'], algorithms: mixtureAlgorithms, hasLikelihood: true },
};

/** The structures whose M-step iterates, so that a part of it can be taken (generalised EM). */
export const iterativeStructures = ['VEI', 'VEE', 'EVE', 'VVE', 'VEV'] as const;

/** Whether the covariances of a model are estimated: then means and covariances can take turns (ECM). */
export function estimatesCovariance(model: ModelSpecification): boolean {
  return (model.family === 'gaussian' || model.family === 'mixed') && model.covariance !== 'fixed';
}
