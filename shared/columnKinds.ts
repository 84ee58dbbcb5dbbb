import type { FeatureKind } from './features';
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
  if (isNumeric(type)) {
    const kinds: FeatureKind[] = ['number'];
    if (distinct === 2)
      if (column.numeric?.min === 0 && column.numeric.max === 1) kinds.unshift('yesNo');
      else kinds.push('yesNo');
    if (type === 'integer' && distinct <= fewIntegers) kinds.push('category');
    return kinds;
  }
  if (type === 'boolean') return ['yesNo', 'category'];
  if ((type !== 'category' && type !== 'text' && type !== 'mixed') || !hasFewLevels(column)) return [];
  return distinct === 2 ? ['yesNo', 'category'] : ['category'];
}

function hasFewLevels({ distinct, isDistinctLowerBound }: ReadColumn): boolean {
  return !isDistinctLowerBound && distinct <= mostLevels;
}
