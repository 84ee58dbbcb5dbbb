import { kindFor } from '../columnKinds';
import { familyTraits } from '../families';
import type { FeatureKind } from '../features';
import { formatCounted } from '../format';
import type { Family } from '../model';
import type { ColumnSummary } from '../table';

/** A family as it is offered to a person. */
export interface FamilyDescription {
  readonly family: Family;
  readonly title: string;
  /** When it suits, in one sentence. */
  readonly suits: string;
  /** Why numbers are put on one scale for it, or need not be. */
  readonly scalingReason: string;
}

const ownUnits = 'No column dominates by its unit; results stay in your units.';

/** In the order in which they are offered where several suit equally well. */
export const families: readonly FamilyDescription[] = [
  {
    family: 'gaussian',
    title: 'Gaussian mixture',
    suits:
      'Clusters of different size, spread and direction, that may overlap; every row gets a probability of belonging.',
    scalingReason: ownUnits,
  },
  {
    family: 'kmeans',
    title: 'k-means',
    suits: 'Round clusters of similar spread; fast on many rows, and each row belongs to one cluster.',
    scalingReason: 'Else columns with large numbers decide alone; results stay in your units.',
  },
  {
    family: 'bernoulli',
    title: 'Bernoulli mixture',
    suits: 'Yes/no answers: each cluster has its own probability of "yes" in every column.',
    scalingReason: ownUnits,
  },
  {
    family: 'categorical',
    title: 'Latent classes',
    suits:
      'Categories: each cluster has its own shares of the levels of every column (latent class analysis).',
    scalingReason: ownUnits,
  },
  {
    family: 'mixed',
    title: 'Mixed types',
    suits: 'Numbers, yes/no and categories side by side, each with its own likelihood; nothing is recoded.',
    scalingReason: ownUnits,
  },
];

/** The description of a family. */
export function describeFamily(family: Family): FamilyDescription {
  const found = families.find((item) => item.family === family);
  if (!found) throw new Error(`There is no family "${family}".`);
  return found;
}

/** A feature of the form: its column, and the kind a person chose for it; null: the natural one. */
export interface ChosenFeature {
  readonly column: ColumnSummary;
  readonly kind: FeatureKind | null;
}

/** The kind a feature is taken as in a family. */
export function kindInFamily({ column, kind }: ChosenFeature, family: Family): FeatureKind | null {
  return kind ?? kindFor(column, familyTraits[family].takes);
}

/** How well a family suits some features, and why. */
export interface Suitability {
  readonly family: Family;
  readonly isPossible: boolean;
  /** Why it suits or cannot be; null: nothing to say. */
  readonly reason: string | null;
}

/** All families, the ones that suit the features best first. Without features all are possible, in their own order. */
export function suitableFamilies(features: readonly ChosenFeature[]): readonly Suitability[] {
  const everyKind: readonly FeatureKind[] = familyTraits.mixed.takes;
  const natural = features.map(({ column, kind }) => kind ?? kindFor(column, everyKind));
  return families
    .map(({ family }) => ({
      suitability: suitabilityOf(family, features),
      cost: cost(family, features, natural),
    }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ suitability }) => suitability);
}

const kindNouns: Record<FeatureKind, readonly [one: string, many: string]> = {
  number: ['number', 'numbers'],
  yesNo: ['yes/no', 'yes/no'],
  category: ['category', 'categories'],
};

function suitabilityOf(family: Family, features: readonly ChosenFeature[]): Suitability {
  const { takes } = familyTraits[family];
  const kinds = features.map((feature) => kindInFamily(feature, family));
  const unfit = kinds.findIndex((kind) => kind === null || !takes.includes(kind));
  if (unfit >= 0) {
    const { column } = features[unfit];
    const kind = kinds[unfit];
    const is = kind === null ? 'is none' : `is ${kind === 'yesNo' ? 'yes/no' : `a ${kindNouns[kind][0]}`}`;
    const wanted = takes.map((one) => kindNouns[one][1]).join(', ');
    return { family, isPossible: false, reason: `Takes ${wanted}; "${column.name}" ${is}.` };
  }
  return { family, isPossible: true, reason: features.length === 0 ? null : suitReason(family, kinds) };
}

/** What the features are to the family, where that is what speaks for it. */
function suitReason(family: Family, kinds: readonly (FeatureKind | null)[]): string | null {
  const counts = familyTraits.mixed.takes
    .map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length }))
    .filter(({ count }) => count > 0);
  if (counts.length > 1)
    return counts.map(({ kind, count }) => formatCounted(count, ...kindNouns[kind])).join(', ');
  const [only] = counts;
  const what = kindNouns[only.kind][1];
  if (family === 'mixed') return `A model for ${what} alone does the same.`;
  if (only.count === 1) return null;
  const all = only.count === 2 ? 'Both' : `All ${only.count}`;
  return `${all} columns ${only.kind === 'category' ? 'as' : 'are'} ${what}.`;
}

/**
 * Kinds it could take but are not there, and whether columns are taken otherwise than is natural. That is worst where
 * yes/no becomes a number: clusters of one answer have no spread, and their covariance collapses.
 */
function cost(
  family: Family,
  features: readonly ChosenFeature[],
  natural: readonly (FeatureKind | null)[],
): number {
  if (features.length === 0) return 0;
  const { takes } = familyTraits[family];
  const kinds = features.map((feature) => kindInFamily(feature, family));
  if (kinds.some((kind) => kind === null || !takes.includes(kind))) return Infinity;
  const retyped = kinds.filter((kind, at) => kind !== natural[at]);
  const retyping = retyped.includes('number') ? 2 : retyped.length > 0 ? 1 : 0;
  return takes.filter((kind) => !kinds.includes(kind)).length + retyping;
}
