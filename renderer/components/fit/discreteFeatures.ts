import type { FitFeature } from '../../../shared/features';
import type { Preparation } from '../../../shared/fit';
import type { DiscreteFeature } from '../../charts/profileView';

/** The features of a fit that have probabilities, with their words. */
export function discreteFeaturesOf(features: readonly FitFeature[]): DiscreteFeature[] {
  return features.flatMap((feature, index): DiscreteFeature[] => {
    if (feature.kind === 'yesNo') return [{ kind: 'yesNo', name: feature.name, yes: feature.yes, index }];
    if (feature.kind === 'category')
      return [{ kind: 'category', name: feature.name, levels: feature.levels, index }];
    return [];
  });
}

/** The same before a fit: the service names "yes" and the levels, in its own order, once it has read them. */
export function plannedDiscreteFeatures({ features, kinds }: Preparation): DiscreteFeature[] {
  return features.flatMap((name, index): DiscreteFeature[] => {
    const kind = kinds?.[name] ?? 'number';
    if (kind === 'yesNo') return [{ kind, name, yes: null, index }];
    return kind === 'category' ? [{ kind, name, levels: [], index }] : [];
  });
}

/** Names of the features that are numbers. */
export function numberFeaturesOf({ features, kinds }: Preparation): string[] {
  return features.filter((name) => (kinds?.[name] ?? 'number') === 'number');
}
