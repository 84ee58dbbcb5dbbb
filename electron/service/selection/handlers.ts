import type { Handlers } from '../../../shared/contract/port';
import { map, ok } from '../../../shared/result';
import type { ServiceState } from '../serviceState';
import { averageModels } from './averageModels';
import { openPoint } from './openPoint';
import { runSelection } from './runSelection';

/** The calls about choosing K and the model. */
export function selectionHandlers({
  tables,
  fits,
  runs,
  pool,
  selections,
}: ServiceState): Pick<
  Handlers,
  'selection.run' | 'selection.open' | 'selection.average' | 'selection.forget'
> {
  return {
    'selection.run': async ({ table: tableId, specification, run }, { signal, emit }) => {
      const table = tables.get(tableId);
      if (!table.ok) return table;
      const request = { table: table.value, tableId, specification };
      const control = runs.begin(run, false);
      try {
        return await runSelection(pool, tables, selections, request, { emit, signal, control });
      } finally {
        runs.end(run);
      }
    },

    'selection.open': async ({ selection: id, point }) => {
      const selection = selections.get(id);
      if (!selection.ok) return selection;
      return map(await openPoint(pool, tables, fits, selection.value, point), ({ summary }) => summary);
    },

    'selection.average': ({ selection: id, rows }) => {
      const selection = selections.get(id);
      return Promise.resolve(selection.ok ? averageModels(tables, selection.value, rows) : selection);
    },

    'selection.forget': ({ selection }) => {
      selections.forget(selection);
      return Promise.resolve(ok({}));
    },
  };
}
