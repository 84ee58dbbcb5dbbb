import type { ClusterProfile, ComponentParameters } from '../../shared/fit';
import type { ClusterSign } from './clusterSign';
import type { ProfileView } from './profileChart';

/** A feature with probabilities, and its columns among the parameters. */
export type DiscreteFeature =
  | { readonly kind: 'yesNo'; readonly name: string; readonly yes: string | null; readonly index: number }
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly levels: readonly string[];
      readonly index: number;
    };

/**
 * Arranges the probabilities of a mixture for its profile plot: yes/no features first, then the levels of each
 * category.
 *
 * features  in the order of the fit; `index` is the place among all features
 * overall   all rows; null: not known yet
 */
export function profileView(
  features: readonly DiscreteFeature[],
  parameters: ComponentParameters,
  overall: ClusterProfile | null,
  signs: readonly ClusterSign[],
): ProfileView {
  const answers = features.filter((feature) => feature.kind === 'yesNo');
  const categories = features.filter((feature) => feature.kind === 'category');
  const levels = categories.flatMap((feature) => feature.levels.map((level) => `${feature.name}: ${level}`));
  const breaks: number[] = answers.length > 0 ? [answers.length - 1] : [];
  for (const feature of categories) breaks.push((breaks.at(-1) ?? -1) + feature.levels.length);
  return {
    items: [...answers.map(({ name, yes }) => (yes === null ? name : `${name}: ${yes}`)), ...levels],
    breaks: breaks.slice(0, -1),
    clusters: signs.map(({ name, identity }, component) => ({
      identity,
      name,
      probabilities: [
        ...row(parameters.probability, component, answers.length),
        ...row(parameters.category, component, levels.length),
      ],
    })),
    overall:
      overall === null
        ? null
        : [
            ...answers.map(({ index }) => overall.mean[index]),
            ...categories.flatMap(({ index }) => Array.from(overall.levels[index] ?? [])),
          ],
  };
}

function row(values: Float64Array, component: number, length: number): Float64Array {
  return values.subarray(component * length, (component + 1) * length);
}
