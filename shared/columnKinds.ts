import { familyTraits } from './families';
import { usualKind, type FeatureKind } from './features';
import { isNumeric, type ColumnSummary } from './table';

/** Levels beyond which a column is no category: by taste, far more than anybody reads in a profile. */
export const mostLevels = 100;
/** Integers with so few values may as well be codes of categories. By taste. */
const fewIntegers = 12;

type ReadColumn = Pick<ColumnSummary, 'type' | 'distinct' | 'isDistinctLowerBound' | 'numeric'>;

/**
 * What a column can be to a model, the most natural first; none for dates, free text and empty columns. Any number
 * can be yes/no by a threshold, and a category while it has few values.
 */
export function possibleKinds(column: ReadColumn): readonly FeatureKind[] {
  const natural = naturalKinds(column);
  if (!isNumeric(column.type)) return natural;
  const all: readonly FeatureKind[] = hasFewLevels(column)
    ? ['number', 'yesNo', 'category']
    : ['number', 'yesNo'];
  return [...natural, ...all.filter((kind) => !natural.includes(kind))];
}

/** The kind a column has in a family that takes `takes`: a natural one that suits, else its most natural one. */
export function kindFor(column: ReadColumn, takes: readonly FeatureKind[]): FeatureKind | null {
  const natural = naturalKinds(column);
  return natural.find((kind) => takes.includes(kind)) ?? natural[0] ?? null;
}

/** The kinds a column may have without a person saying so, the most natural first. */
function naturalKinds(column: ReadColumn): readonly FeatureKind[] {
  const { type, distinct } = column;
  const kinds: FeatureKind[] = [];
  if (isNumeric(type)) {
    kinds.push('number');
    if (distinct === 2) kinds.push('yesNo');
    if (type === 'integer' && distinct <= fewIntegers) kinds.push('category');
  } else if (type === 'boolean' || hasCategories(column)) {
    if (distinct <= 2) kinds.push('yesNo');
    kinds.push('category');
  }
  const usual = usualKind(column, familyTraits.mixed.takes);
  return kinds.includes(usual) ? [usual, ...kinds.filter((kind) => kind !== usual)] : kinds;
}

function hasCategories(column: ReadColumn): boolean {
  const { type } = column;
  return (type === 'category' || type === 'text' || type === 'mixed') && hasFewLevels(column);
}

function hasFewLevels({ distinct, isDistinctLowerBound }: ReadColumn): boolean {
  return !isDistinctLowerBound && distinct <= mostLevels;
}
