import { computed, ref, type ComputedRef } from 'vue';
import { possibleKinds } from '../../shared/columnKinds';
import type { ColumnRole, ColumnSummary } from '../../shared/table';

export interface ColumnRoles {
  /** The role of each column, in the order of the table. */
  readonly roles: ComputedRef<readonly ColumnRole[]>;
  /** Names of the columns that are features, in the order of the table. */
  readonly features: ComputedRef<readonly string[]>;
  /** What a column is for. Dates and free text cannot be features. */
  setRole(column: string, role: ColumnRole): void;
  /** One role for many columns at once. */
  setRoles(columns: readonly string[], role: ColumnRole): void;
  /** For another table: what was chosen counts no more. */
  forget(): void;
}

/** What the columns of a table are for: as a person chose, else as the reading suggests. */
export function useColumnRoles(columns: () => readonly ColumnSummary[]): ColumnRoles {
  /** By name of column, so that they survive reading the file again. */
  const chosen = ref<ReadonlyMap<string, ColumnRole>>(new Map());

  const roles = computed<readonly ColumnRole[]>(() =>
    columns().map((column) => {
      const role = chosen.value.get(column.name) ?? column.suggestedRole;
      return role === 'feature' && possibleKinds(column).length === 0 ? 'label' : role;
    }),
  );
  const features = computed<readonly string[]>(() =>
    columns()
      .filter((_, index) => roles.value[index] === 'feature')
      .map((column) => column.name),
  );

  function setRoles(names: readonly string[], role: ColumnRole): void {
    chosen.value = new Map([...chosen.value, ...names.map((name) => [name, role] as const)]);
  }

  return {
    roles,
    features,
    setRole: (column, role) => setRoles([column], role),
    setRoles,
    forget: () => {
      chosen.value = new Map();
    },
  };
}
