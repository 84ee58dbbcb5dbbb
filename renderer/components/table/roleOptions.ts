import { possibleKinds } from '../../../shared/columnKinds';
import type { ColumnRole, ColumnSummary } from '../../../shared/table';

export interface RoleOption {
  readonly value: ColumnRole;
  readonly label: string;
  readonly disabled?: boolean;
}

/** What a column may be for. Dates and free text cannot be features. */
export function roleOptions(column: ColumnSummary): readonly RoleOption[] {
  return [
    possibleKinds(column).length > 0
      ? { value: 'feature', label: 'Feature' }
      : { value: 'feature', label: 'Feature (not dates or free text)', disabled: true },
    { value: 'label', label: 'Label' },
    { value: 'identifier', label: 'Identifier' },
    { value: 'ignore', label: 'Ignore' },
  ];
}
