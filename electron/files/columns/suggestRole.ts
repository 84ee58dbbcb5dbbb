import type { ColumnRole, ColumnSummary, ColumnType } from '../../../shared/table';

/** What is known about a column when its role is suggested. */
export interface RoleGround {
  readonly type: ColumnType;
  readonly name: string;
  /** Cells with a value or text. */
  readonly cells: number;
  readonly distinct: number;
  readonly isDistinctLowerBound: boolean;
  readonly hasHugeIntegers: boolean;
  /** By row, NaN where missing; null where the column has no values. */
  readonly values: Float64Array | null;
}

/** Share of different texts from which on a text names its row. By taste. */
const nearlyUnique = 0.9;

/** What a column is probably for. Identifiers and columns that tell nothing apart are not features. */
export function suggestRole(ground: RoleGround): ColumnRole {
  const { type, cells, distinct } = ground;
  if (type === 'empty' || cells === 0) return 'ignore';
  if (distinct === 1 && cells > 1) return 'ignore';
  switch (type) {
    case 'integer':
      if (ground.hasHugeIntegers || isCounter(ground)) return 'identifier';
      return isCodedClass(ground) ? 'label' : 'feature';
    case 'number':
    case 'percent':
    case 'currency':
      return 'feature';
    case 'text':
      return ground.isDistinctLowerBound || distinct >= nearlyUnique * cells ? 'identifier' : 'label';
    case 'boolean':
    case 'category':
    case 'date':
    case 'datetime':
    case 'time':
    case 'mixed':
      return 'label';
  }
}

/**
 * What the columns of a whole table are probably for: without a number to cluster by, as in answers to a questionnaire,
 * yes/no columns and categories are its features, unless their name says that they stand for classes.
 */
export function suggestRoles<
  Column extends Pick<ColumnSummary, 'name' | 'type' | 'distinct' | 'suggestedRole'>,
>(columns: readonly Column[]): readonly Column[] {
  if (columns.some(({ suggestedRole }) => suggestedRole === 'feature')) return columns;
  return columns.map((column) =>
    column.suggestedRole === 'label' &&
    (column.type === 'boolean' || column.type === 'category') &&
    !isCodedClass(column)
      ? { ...column, suggestedRole: 'feature' }
      : column,
  );
}

/** A few values under a name that says they stand for classes: no quantity, even if they are numbers. */
function isCodedClass({ name, distinct }: Pick<RoleGround, 'name' | 'distinct'>): boolean {
  const mostClasses = 30; // by taste
  return distinct <= mostClasses && /^(?:class|label|target|group|species|category|cluster)$/i.test(name);
}

/** Integers that count the rows up by one, unless they are years; or different integers called something like "id". */
function isCounter({ values, name, cells, distinct, isDistinctLowerBound }: RoleGround): boolean {
  if (values === null || cells < 3 || cells !== values.length) return false;
  const isNamedSo = /^(?:id|key|index|row|nr|no\.?|number|code)$|[ _-]id$|^id[ _-]|[a-z]I[dD]$/i.test(name);
  if (isNamedSo && (isDistinctLowerBound || distinct === cells)) return true;
  const first = values[0];
  for (let row = 1; row < values.length; row++) if (values[row] !== first + row) return false;
  const last = first + values.length - 1;
  return !(first >= 1800 && last <= 2100);
}
