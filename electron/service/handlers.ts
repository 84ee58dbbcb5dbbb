import type { Handlers } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import type { ResultFile } from '../../shared/resultFile';
import { openTable } from '../files/openTable';
import { previewTable } from '../files/previewTable';
import type { ThreadPool } from '../threads/pool';
import { exportModel, exportRows } from './exportFit';
import type { Fits } from './fits';
import type { Grants } from './grants';
import { runFit } from './runFit';
import { scatterPoints } from './scatter';
import type { Tables } from './tables';

/** What the handlers work on. */
export interface ServiceState {
  readonly grants: Grants;
  readonly tables: Tables;
  readonly fits: Fits;
  readonly pool: ThreadPool;
  readonly versions: ResultFile['versions'];
  readonly importWorker: URL;
}

/** One handler for each call of the contract. */
export function createHandlers(state: ServiceState): Handlers {
  const { grants, tables, fits, pool, versions } = state;
  return {
    'service.about': () =>
      Promise.resolve(ok({ version: versions.mixtura, runtime: versions.runtime, threads: pool.threads })),

    'table.open': async ({ file, options }, { signal, emit }) => {
      const path = grants.path(file, 'read');
      if (!path.ok) return path;
      const table = await openTable(path.value, options, {
        signal,
        workerUrl: state.importWorker,
        onFirstRows: (preview) => emit({ kind: 'firstRows', preview }),
        onProgress: (bytes, totalBytes, rows) => emit({ kind: 'progress', bytes, totalBytes, rows }),
      });
      return map(table, (opened) => tables.add(opened));
    },

    'table.preview': async ({ file, options }) => {
      const path = grants.path(file, 'read');
      return path.ok ? previewTable(path.value, options) : path;
    },

    'table.slice': ({ table, firstRow, endRow, firstColumn, endColumn }) =>
      Promise.resolve(
        map(tables.get(table), (open) => ({
          firstRow,
          firstColumn,
          cells: open.slice(firstRow, endRow, firstColumn, endColumn),
        })),
      ),

    'table.close': ({ table }) => {
      tables.close(table);
      return Promise.resolve(ok({}));
    },

    'table.scatter': ({ table, preparation, axes, limit }) => {
      const prepared = tables.prepare(table, preparation);
      return Promise.resolve(prepared.ok ? scatterPoints(prepared.value, axes, limit) : prepared);
    },

    'fit.run': async ({ table: tableId, specification }, { signal, emit }) => {
      const table = tables.get(tableId);
      if (!table.ok) return table;
      const prepared = tables.prepare(tableId, specification.preparation);
      if (!prepared.ok) return prepared;
      const request = { table: table.value, tableId, prepared: prepared.value, specification };
      return map(await runFit(pool, fits, request, emit, signal), (fit) => fit.summary);
    },

    'fit.memberships': ({ fit: id, rows }) =>
      Promise.resolve(
        map(fits.get(id), ({ position, label, memberships, summary }) => {
          const k = summary.specification.model.components;
          // A row past the end has no position, as a row that took no part.
          const at = Array.from(rows, (row) => position[row] ?? -1);
          return {
            label: Int32Array.from(at, (index) => (index < 0 ? -1 : label[index])),
            probability: Float64Array.from(at, (index) =>
              index < 0 ? Number.NaN : memberships[index * k + label[index]],
            ),
          };
        }),
      ),

    'fit.responsibilities': ({ fit: id }) =>
      Promise.resolve(
        map(fits.get(id), ({ position, label, memberships, logDensity, summary }) => {
          const k = summary.specification.model.components;
          const responsibilities = new Float64Array(position.length * k).fill(Number.NaN);
          position.forEach((index, row) => {
            if (index >= 0) responsibilities.set(memberships.subarray(index * k, index * k + k), row * k);
          });
          return {
            label: Int32Array.from(position, (index) => (index < 0 ? -1 : label[index])),
            responsibilities,
            logDensity: Float64Array.from(position, (index) => (index < 0 ? Number.NaN : logDensity[index])),
          };
        }),
      ),

    'fit.forget': ({ fit }) => {
      fits.forget(fit);
      return Promise.resolve(ok({}));
    },

    'export.rows': async ({ fit: id, file, clusterNames }, { signal, emit }) => {
      const fit = fits.get(id);
      const path = grants.path(file, 'write');
      if (!fit.ok) return fit;
      if (!path.ok) return path;
      return exportRows(fit.value, path.value, clusterNames, {
        signal,
        onProgress: (rows, totalRows) => emit({ kind: 'progress', rows, totalRows }),
      });
    },

    'export.model': async ({ fit: id, file, clusterNames }) => {
      const fit = fits.get(id);
      const path = grants.path(file, 'write');
      if (!fit.ok) return fit;
      return path.ok ? exportModel(fit.value, path.value, clusterNames, versions) : path;
    },
  };
}

function map<T, U>(result: Result<T, Failure>, change: (value: T) => U): Result<U, Failure> {
  return result.ok ? ok(change(result.value)) : failed(result.failure);
}
