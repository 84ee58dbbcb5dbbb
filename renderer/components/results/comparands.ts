import type { FitId } from '../../../shared/ids';
import type { Comparand } from '../../../shared/results';
import { isNumeric, type ColumnRole, type ColumnSummary } from '../../../shared/table';
import type { FinishedFit } from '../../stores/fits';

/** What a fit may be compared with, as a person chooses it. */
export interface ComparandOption {
  readonly value: string;
  readonly label: string;
  readonly comparand: Comparand;
}

const mostGroups = 50; // by taste: a table of more groups is not read
const mostNumbers = 12; // by taste: numbers of more values are measures, not names of groups

/**
 * The other fits, and the columns that have groups: labels first, then texts, then numbers of few values.
 *
 * roles  of the columns
 */
export function comparandOptions(
  shown: FitId,
  fits: readonly FinishedFit[],
  columns: readonly ColumnSummary[],
  roles: readonly ColumnRole[],
): ComparandOption[] {
  const fitOptions = fits
    .filter(({ summary }) => summary.fit !== shown)
    .map(({ summary, name }): ComparandOption => ({
      value: `fit ${summary.fit}`,
      label: `${name}, K = ${summary.specification.model.components}`,
      comparand: { kind: 'fit', fit: summary.fit },
    }));
  const ranked = columns
    .filter(({ distinct, type }) => distinct >= 1 && distinct <= (isNumeric(type) ? mostNumbers : mostGroups))
    .map((column) => ({ column, rank: rankOf(column, roles[column.index]) }))
    .sort((a, b) => a.rank - b.rank || a.column.index - b.column.index);
  return [
    ...ranked.map(({ column }): ComparandOption => ({
      value: `column ${column.name}`,
      label: `Column ${column.name}`,
      comparand: { kind: 'column', column: column.name },
    })),
    ...fitOptions,
  ];
}

function rankOf({ type }: ColumnSummary, role: ColumnRole | undefined): number {
  if (role === 'label') return 0;
  return isNumeric(type) ? 2 : 1;
}

/** The option that stands for a comparand; null: it is not there any more, or nothing is chosen. */
export function optionOf(
  options: readonly ComparandOption[],
  comparand: Comparand | null,
): ComparandOption | null {
  return options.find((one) => JSON.stringify(one.comparand) === JSON.stringify(comparand)) ?? null;
}
