import { isNumeric, type ColumnSummary } from '../../../shared/table';

/** Columns that were read alike and can be ticked together. */
export interface ColumnGroup {
  readonly label: string;
  readonly columns: readonly ColumnSummary[];
}

/** The groups of more than one column. Identifiers are in none: they say nothing about clusters. */
export function columnGroups(columns: readonly ColumnSummary[]): readonly ColumnGroup[] {
  const useful = columns.filter(({ suggestedRole }) => suggestedRole !== 'identifier');
  const isOther = ({ type }: ColumnSummary): boolean => !isNumeric(type) && type !== 'boolean';
  return [
    { label: 'numbers', columns: useful.filter(({ type }) => isNumeric(type)) },
    { label: 'yes/no', columns: useful.filter(({ type }) => type === 'boolean') },
    { label: 'categories', columns: useful.filter(isOther) },
  ].filter((group) => group.columns.length > 1);
}
