import type { Handlers } from '../../shared/contract/port';
import type { FitSummary } from '../../shared/fit';
import { map, ok } from '../../shared/result';
import type { Scaling } from '../engine/scaling';
import { withRowStream } from '../files/rowStream';
import { openTable } from '../files/openTable';
import { previewTable } from '../files/previewTable';
import { diagnose } from './preparation/diagnose';
import { exportJob, exportModel, exportRows } from './exportFit';
import { imputedCells } from './imputedCells';
import { matchFits } from './matchFits';
import { pictureHandlers } from './pictures/handlers';
import { resultHandlers } from './results/handlers';
import { rowsOfFit } from './results/rowsOfFit';
import { runFit } from './runFit';
import { scatterPoints, scatterPreparation } from './scatter';
import { selectionHandlers } from './selection/handlers';
import type { ServiceState } from './serviceState';
import { streamFit } from './stream/streamFit';
import { parametersInFileUnits } from './units';

/** One handler for each call of the contract. */
export function createHandlers(state: ServiceState): Handlers {
  const { grants, tables, fits, runs, pool, versions } = state;
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
      state.selections.closeTable(table);
      return Promise.resolve(ok({}));
    },

    'table.scatter': ({ table: tableId, preparation, axes, limit }) => {
      const table = tables.get(tableId);
      if (!table.ok) return Promise.resolve(table);
      const numbers = scatterPreparation(table.value, preparation);
      const prepared = tables.prepare(tableId, numbers, 'gaussian');
      return Promise.resolve(
        prepared.ok ? scatterPoints(prepared.value, preparation.features, axes, limit) : prepared,
      );
    },

    'fit.diagnose': ({ table: tableId, specification }) => {
      const table = tables.get(tableId);
      if (!table.ok) return Promise.resolve(table);
      return Promise.resolve(
        map(diagnose(table.value, specification), (findings) => ({ findings: [...findings] })),
      );
    },

    'fit.run': async ({ table: tableId, specification, run, paused }, { signal, emit }) => {
      const table = tables.get(tableId);
      if (!table.ok) return table;
      const prepared = tables.prepare(tableId, specification.preparation, specification.model.family);
      if (!prepared.ok) return prepared;
      const request = { table: table.value, tableId, prepared: prepared.value, specification };
      const control = runs.begin(run, paused);
      try {
        return map(await runFit(pool, fits, request, { emit, signal, control }), (fit) => fit.summary);
      } finally {
        runs.end(run);
      }
    },

    'fit.stream': async ({ file, options, specification }, { signal, emit }) => {
      const path = grants.path(file, 'read');
      if (!path.ok) return path;
      return withRowStream(path.value, options, (stream) => streamFit(stream, specification, emit, signal));
    },

    'fit.steer': ({ run, command }) => Promise.resolve(runs.steer(run, command)),

    'fit.frames': ({ fit: id }) =>
      Promise.resolve(
        map(fits.get(id), ({ frames, reported, summary, model }) => ({
          frames: frames.map(({ iteration, objective, params }) => ({
            iteration,
            objective: reported(objective),
            parameters: parametersInFileUnits(params, scalingOf(summary), model.components),
          })),
        })),
      ),

    'fit.imputed': async ({ fit: id, rows }, { signal }) => {
      const fit = fits.get(id);
      if (!fit.ok) return fit;
      const prepared = rowsOfFit(tables, fit.value);
      return prepared.ok ? ok(await imputedCells(fit.value, prepared.value, rows, signal)) : prepared;
    },

    'fit.memberships': ({ fit: id, rows }) =>
      Promise.resolve(
        map(fits.get(id), ({ position, label, memberships, logDensity, summary }) => {
          const k = summary.specification.model.components;
          // A row past the end has no position, as a row that took no part.
          const at = rows.map((row) => position[row] ?? -1);
          const ofRow = (value: (index: number) => number) =>
            Float64Array.from(at, (index) => (index < 0 ? Number.NaN : value(index)));
          return {
            label: at.map((index) => (index < 0 ? -1 : label[index])),
            probability: ofRow((index) => memberships[index * k + label[index]]),
            logDensity: ofRow((index) => logDensity[index]),
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

    'fit.match': ({ earlier: earlierId, later: laterId }) => {
      const earlier = fits.get(earlierId);
      const later = fits.get(laterId);
      if (!earlier.ok) return Promise.resolve(earlier);
      return Promise.resolve(map(later, (fit) => ({ earlier: matchFits(earlier.value, fit) })));
    },

    ...resultHandlers(state),
    ...selectionHandlers(state),
    ...pictureHandlers(state),

    'fit.forget': ({ fit }) => {
      fits.forget(fit);
      return Promise.resolve(ok({}));
    },

    'export.rows': async ({ fit: id, file, clusterNames }, { signal, emit }) => {
      const fit = fits.get(id);
      const path = grants.path(file, 'write');
      if (!fit.ok) return fit;
      if (!path.ok) return path;
      const prepared = rowsOfFit(tables, fit.value);
      if (!prepared.ok) return prepared;
      const imputed = await imputedCells(fit.value, prepared.value, null, signal);
      return exportRows(fit.value, path.value, clusterNames, imputed, {
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

    'export.job': async ({ fit: id, file, import: imported }) => {
      const fit = fits.get(id);
      const path = grants.path(file, 'write');
      if (!fit.ok) return fit;
      return path.ok ? exportJob(fit.value, path.value, imported) : path;
    },
  };
}

const scalingOf = ({ scaling }: FitSummary): Scaling => ({
  mean: Float64Array.from(scaling.mean),
  sd: Float64Array.from(scaling.sd),
});
