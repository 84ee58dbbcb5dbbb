import type { Failure } from '../../shared/failure';
import type { Result } from '../../shared/result';
import { jsonPieces } from '../../shared/jsonPieces';
import { resultDocument } from '../../shared/resultDocument';
import type { ResultFile } from '../../shared/resultFile';
import { writeRows, type AddedColumn, type WriteRowsRun } from '../files/writeRows';
import { writeWhole } from '../files/writeWhole';
import type { Fit } from './fits';

/**
 * Writes the table of a fit with, for each row, its cluster (counted from 1), the cluster's name, the probability
 * of belonging to it and, for a mixture, of belonging to each. A row that took no part has blanks and the reason.
 */
export function exportRows(
  fit: Fit,
  path: string,
  clusterNames: readonly string[],
  run: WriteRowsRun,
): Promise<Result<{ bytes: number; rows: number }, Failure>> {
  return writeRows(fit.table, addedColumns(fit, clusterNames), path, run);
}

/** Writes the fitted model as JSON. */
export function exportModel(
  fit: Fit,
  path: string,
  clusterNames: readonly string[],
  versions: ResultFile['versions'],
): Promise<Result<{ bytes: number }, Failure>> {
  const document = resultDocument(fit.summary, fit.table.summary, versions, clusterNames);
  return writeWhole(path, withFinalNewline(jsonPieces(document)));
}

function* withFinalNewline(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

function addedColumns(fit: Fit, clusterNames: readonly string[]): AddedColumn[] {
  const { summary, position, label, memberships } = fit;
  const k = summary.specification.model.components;
  /** The cell of a row that took part, by its position among the rows used; blank for the others. */
  const column = (name: string, cell: (index: number) => string): AddedColumn => ({
    name,
    cell: (row) => (position[row] < 0 ? '' : cell(position[row])),
  });
  const probability = (index: number, component: number): string =>
    String(memberships[index * k + component]);
  const columns = [
    column('cluster', (index) => String(label[index] + 1)),
    column('cluster_name', (index) => clusterNames[label[index]] ?? `Cluster ${label[index] + 1}`),
  ];
  if (summary.objective !== 'distortion') {
    columns.push(column('cluster_probability', (index) => probability(index, label[index])));
    for (let component = 0; component < k; component++)
      columns.push(column(`probability_${component + 1}`, (index) => probability(index, component)));
  }
  if (summary.rowsLeftOut > 0)
    columns.push({
      name: 'cluster_left_out',
      cell: (row) => (position[row] < 0 ? 'a feature is missing in this row' : ''),
    });
  return columns;
}
