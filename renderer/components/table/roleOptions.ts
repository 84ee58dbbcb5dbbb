import type { ColumnRole } from '../../../shared/table';

export interface RoleOption {
  readonly value: ColumnRole;
  readonly label: string;
  readonly disabled?: boolean;
}

/** What a column may be for. Only numbers can be features. */
export function roleOptions(isNumeric: boolean): readonly RoleOption[] {
  return [
    isNumeric
      ? { value: 'feature', label: 'Feature' }
      : { value: 'feature', label: 'Feature (numbers only)', disabled: true },
    { value: 'label', label: 'Label' },
    { value: 'identifier', label: 'Identifier' },
    { value: 'ignore', label: 'Ignore' },
  ];
}
