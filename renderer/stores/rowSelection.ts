import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { useTables } from './tables';

/** What drawing a region or clicking a row does to what is selected already. */
export type SelectionChange = 'replace' | 'add' | 'remove';

/**
 * The rows of the open table a person has selected, wherever that was: every chart and list shows them. By row of the
 * table, so that it holds across fits; another table starts with none.
 */
export const useRowSelection = defineStore('rowSelection', () => {
  const tables = useTables();
  /** One number a row of the table, 1: selected; replaced whole, never changed in place. null: none is. */
  const isSelected = shallowRef<Uint8Array | null>(null);
  const count = computed(() => isSelected.value?.reduce((sum, one) => sum + one, 0) ?? 0);

  /** `rows`: indices into the table. */
  function select(rows: ArrayLike<number>, change: SelectionChange = 'replace'): void {
    const size = tables.summary?.rows ?? 0;
    const before = change === 'replace' ? null : isSelected.value;
    const next = before?.slice() ?? new Uint8Array(size);
    const value = change === 'remove' ? 0 : 1;
    for (let at = 0; at < rows.length; at++) next[rows[at]] = value;
    isSelected.value = next.includes(1) ? next : null;
  }

  function clear(): void {
    isSelected.value = null;
  }

  function has(row: number): boolean {
    return isSelected.value?.[row] === 1;
  }

  /** The selected rows, ascending. */
  function rows(): Int32Array {
    const all = isSelected.value;
    const found = new Int32Array(count.value);
    let at = 0;
    all?.forEach((one, row) => {
      if (one === 1) found[at++] = row;
    });
    return found;
  }

  watch(() => tables.summary, clear);

  return { isSelected, count, select, clear, has, rows };
});
