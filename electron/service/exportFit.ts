import type { CallAnswer } from '../../shared/contract/messages';
import type { Failure } from '../../shared/failure';
import type { FitFeature } from '../../shared/features';
import type { Result } from '../../shared/result';
import { jobOf } from '../../shared/jobFile';
import { jsonPieces } from '../../shared/jsonPieces';
import { resultDocument } from '../../shared/resultDocument';
import type { ResultFile } from '../../shared/resultFile';
import type { ImportOptions } from '../../shared/table';
import { writeRows, type AddedColumn, type WriteRowsRun } from '../files/writeRows';
import { writeWhole } from '../files/writeWhole';
import type { Fit } from './fits';

/**
 * Writes the table of a fit with, for each row, its cluster (counted from 1), the cluster's name and, for a mixture, the
 * probability of belonging to it and to each, and the log density of the row. Features with missing cells have two
 * columns more: what the model puts in their place, and how sure it is. A row that took no part has blanks and the reason.
 */
export function exportRows(
  fit: Fit,
  path: string,
  clusterNames: readonly string[],
  imputed: CallAnswer<'fit.imputed'>,
  run: WriteRowsRun,
): Promise<Result<{ bytes: number; rows: number }, Failure>> {
  return writeRows(
    fit.table,
    [...addedColumns(fit, clusterNames), ...imputedColumns(fit, imputed)],
    path,
    run,
  );
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

/** Writes the settings of a fit as a job, which names the table by its file alone. */
export function exportJob(
  { summary, table }: Fit,
  path: string,
  imported: ImportOptions,
): Promise<Result<{ bytes: number }, Failure>> {
  const job = jobOf(summary.specification, table.summary.fileName, imported);
  return writeWhole(path, withFinalNewline(jsonPieces(job)));
}

function* withFinalNewline(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

function addedColumns(fit: Fit, clusterNames: readonly string[]): AddedColumn[] {
  const { summary, position, label, memberships, logDensity } = fit;
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
    columns.push(column('log_density', (index) => String(logDensity[index])));
  }
  if (summary.rowsLeftOut > 0)
    columns.push({
      name: 'cluster_left_out',
      cell: (row) => (position[row] < 0 ? 'a feature is missing in this row' : ''),
    });
  return columns;
}

/** Two columns for each feature with missing cells, blank where the file has a value. */
function imputedColumns(
  { summary, table }: Fit,
  { row, feature, value, spread }: CallAnswer<'fit.imputed'>,
): AddedColumn[] {
  return summary.features.flatMap((of, index): AddedColumn[] => {
    if (!feature.includes(index)) return [];
    const place = new Int32Array(table.summary.rows).fill(-1);
    feature.forEach((one, at) => {
      if (one === index) place[row[at]] = at;
    });
    const column = (name: string, cell: (at: number) => string): AddedColumn => ({
      name,
      cell: (at) => (place[at] < 0 ? '' : cell(place[at])),
    });
    return [
      column(`${of.name}_imputed`, (at) => imputedText(of, value[at])),
      column(`${of.name}_${of.kind === 'number' ? 'sd' : 'probability'}`, (at) =>
        String(of.kind === 'yesNo' ? Math.max(value[at], 1 - value[at]) : spread[at]),
      ),
    ];
  });
}

/** A conditional mean; the more probable answer; the most probable level. */
function imputedText(feature: FitFeature, value: number): string {
  switch (feature.kind) {
    case 'number':
      return String(value);
    case 'yesNo':
      return value >= 0.5 ? feature.yes : feature.no;
    case 'category':
      return feature.levels[value] ?? '';
  }
}
