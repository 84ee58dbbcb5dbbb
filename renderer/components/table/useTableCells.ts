import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../../shared/contract/port';
import type { Failure } from '../../../shared/failure';
import type { TableSummary } from '../../../shared/table';
import { createBlockCache, type BlockCache, type CellRange } from './blockCache';

export interface TableCells {
  /** Changes whenever cells have come; read it to be drawn again. */
  readonly version: Readonly<ShallowRef<number>>;
  /** Why cells could not be had, until some can. */
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  cell(row: number, column: number): string | undefined;
  want(view: CellRange): void;
}

/** Text of the cells in view, fetched in blocks from the service. A new table starts afresh. */
export function useTableCells(service: ServiceClient, summary: Ref<TableSummary | null>): TableCells {
  const version = shallowRef(0);
  const failure = shallowRef<Failure | null>(null);
  let cache: BlockCache | null = null;

  watch(
    summary,
    (table) => {
      failure.value = null;
      cache = table === null ? null : cacheOf(table);
      version.value++;
    },
    { immediate: true, flush: 'sync' },
  );

  function cacheOf(table: TableSummary): BlockCache {
    return createBlockCache({
      rows: table.rows,
      columns: table.columns.length,
      onArrival: () => version.value++,
      async fetchBlock(range) {
        const result = await service.call('table.slice', { table: table.table, ...range });
        // Compared whole: a new service may give the same id again.
        if (summary.value !== table) return null;
        failure.value = result.ok ? null : result.failure;
        return result.ok ? result.value.cells : null;
      },
    });
  }

  return {
    version,
    failure,
    cell: (row, column) => cache?.cell(row, column),
    want: (view) => cache?.want(view),
  };
}
