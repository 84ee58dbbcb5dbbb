import { z } from 'zod';
import type { ColumnSummary } from './table';

/** What a column is to a model: `yesNo` has two values, `category` any number of unordered ones. */
export const featureKind = z.enum(['number', 'yesNo', 'category']);
export type FeatureKind = z.infer<typeof featureKind>;

/** A feature of a fit as it was read. `levels`: the texts of a category, in order of first appearance. */
export const fitFeature = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), name: z.string() }),
  z.object({ kind: z.literal('yesNo'), name: z.string(), yes: z.string(), no: z.string() }),
  z.object({ kind: z.literal('category'), name: z.string(), levels: z.array(z.string()) }),
]);
export type FitFeature = z.infer<typeof fitFeature>;

/**
 * Where the features of each kind stand among all of them. Parameters of a kind follow the order of its features:
 * `mean` has a number for each of `number`, `probability` one for each of `yesNo`, `category` the levels of each of
 * `category`, one feature after the other.
 */
export function featuresByKind(
  features: readonly { readonly kind: FeatureKind }[],
): Record<FeatureKind, readonly number[]> {
  const of = (kind: FeatureKind): number[] =>
    features.flatMap((feature, index) => (feature.kind === kind ? [index] : []));
  return { number: of('number'), yesNo: of('yesNo'), category: of('category') };
}

/**
 * How a column is taken when nobody says: the only kind a family takes; else a yes/no or two-valued column as yes/no,
 * numbers as numbers, texts as categories. Whole numbers with two values are taken as yes/no, others may be measures.
 */
export function usualKind(
  { type, distinct }: Pick<ColumnSummary, 'type' | 'distinct'>,
  takes: readonly FeatureKind[],
): FeatureKind {
  const [first] = takes;
  if (takes.length === 1 && first !== undefined) return first;
  const hasTwoValues = type === 'integer' || type === 'category' || type === 'text' ? distinct === 2 : false;
  if (type === 'boolean' || hasTwoValues) return 'yesNo';
  return type === 'category' || type === 'text' ? 'category' : 'number';
}
