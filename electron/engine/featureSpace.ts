import type { FeatureKind } from '../../shared/features';

/** The columns of the rows as a model sees them. A yes/no cell is 0 or 1, a categorical one the index of its level. */
export type FeatureSpace = readonly EngineFeature[];

export type EngineFeature =
  | { readonly kind: Exclude<FeatureKind, 'category'> }
  | { readonly kind: 'category'; readonly levels: number };

/** d features that are all numbers. */
export function numberFeatures(d: number): FeatureSpace {
  return Array.from({ length: d }, () => ({ kind: 'number' }) as const);
}
