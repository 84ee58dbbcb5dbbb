import type { Failure } from '../../../shared/failure';
import type { FitFeature } from '../../../shared/features';
import type { Preparation } from '../../../shared/fit';
import type { Family, ModelSpecification } from '../../../shared/model';
import { failed, ok, type Result } from '../../../shared/result';
import { isNumeric } from '../../../shared/table';
import type { FeatureSpace } from '../../engine/featureSpace';
import type { Rows } from '../../engine/model';
import type { Scaling } from '../../engine/scaling';
import type { Table } from '../../files/table/table';
import { allocateRows, viewRows, type SharedRows } from '../../threads/sharedRows';
import { allRows, completeRows } from './completeRows';
import {
  codeNumbers,
  featureKinds,
  findColumn,
  numericColumn,
  readFeatures,
  type FeatureColumn,
} from './featureColumns';
import { chooseScaling, columnMoments, type ColumnMoments } from './scaling';
import { readTextCells, type TextCells } from './textCells';

/** The matrix of a fit, and the way back: every row names its row of the table. */
export interface PreparedRows {
  readonly shared: SharedRows;
  readonly rows: Rows;
  readonly space: FeatureSpace;
  readonly features: readonly FitFeature[];
  /** Table row of each row used, ascending. */
  readonly tableRow: Int32Array;
  readonly rowsLeftOut: number;
  /** Cells of the rows used that are missing. */
  readonly missingCells: number;
  /** Sum of the row weights; the number of rows when there are none. */
  readonly totalWeight: number;
  /** Texts of the label column, in the order of the clusters they are; none without one. */
  readonly labels: readonly string[];
  readonly labelledRows: number;
  /** Of the number features, in their order. */
  readonly scaling: Scaling;
  readonly overall: ColumnMoments;
}

/**
 * Makes the matrix a preparation describes: a column for each feature, of the kind it is taken as, numbers scaled.
 * A missing cell is NaN, or its row takes no part. Numbers stay unscaled and uncentred under `none`, so that ties
 * between distances stay exact, unless they lie so far from zero that digits would be lost.
 */
export function prepareRows(
  table: Table,
  preparation: Preparation,
  family: Family,
): Result<PreparedRows, Failure> {
  const kinds = featureKinds(table.summary, preparation, family);
  if (!kinds.ok) return kinds;
  const read = readFeatures(table, preparation, kinds.value);
  if (!read.ok) return read;
  const columns = read.value;
  const weight = preparation.weights === undefined ? null : numericColumn(table, preparation.weights);
  if (weight && !weight.ok) return weight;
  const labels = preparation.labels === undefined ? null : labelCells(table, preparation.labels);
  if (labels && !labels.ok) return labels;

  const all = allRows(table.summary.rows);
  const complete = completeRows(
    columns.map(({ values }) => values),
    all,
  );
  const tableRow = preparation.missing === 'keep' ? all : complete;
  const rowsLeftOut = table.summary.rows - tableRow.length;
  if (rowsLeftOut > 0 && preparation.missing === 'refuse') return failed(firstMissing(columns));
  if (tableRow.length === 0) return failed({ kind: 'noRowsLeft', rows: table.summary.rows });

  const weights = usedWeights(weight?.value ?? null, preparation.weights ?? '', tableRow);
  if (!weights.ok) return weights;
  const numbers = columns.filter((column) => column.kind === 'number');
  const overall = columnMoments(
    numbers.map(({ values }) => values),
    tableRow,
    weight?.value ?? null,
  );
  const scaling = chooseScaling(
    preparation.scaling,
    numbers.map(({ name }) => name),
    overall,
  );
  if (!scaling.ok) return scaling;

  const hasMissing = complete.length < tableRow.length;
  const shared = allocateRows(tableRow.length, columns.length, {
    hasWeight: weight !== null,
    hasLabel: labels !== null,
    hasMissing,
  });
  const rows = viewRows(shared);
  const features = columns.map((column, position) => {
    const number = numbers.findIndex(({ name }) => name === column.name);
    return fillColumn(rows, position, column, tableRow, scaling.value, number);
  });
  if (weight !== null)
    for (const [i, row] of tableRow.entries()) if (rows.weight) rows.weight[i] = weight.value[row];
  const found =
    labels && rows.label ? fillLabels(rows.label, labels.value, tableRow) : { labels: [], rows: 0 };
  return ok({
    shared,
    rows,
    features,
    space: features.map((feature) =>
      feature.kind === 'category'
        ? { kind: 'category', levels: feature.levels.length }
        : { kind: feature.kind },
    ),
    tableRow,
    rowsLeftOut,
    missingCells: hasMissing ? rows.x.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0) : 0,
    totalWeight: weights.value,
    labels: found.labels,
    labelledRows: found.rows,
    scaling: scaling.value,
    overall,
  });
}

/** What a preparation is, to whoever keeps the rows it makes: two with the same key give the same rows. */
export function preparationKey(table: Table, preparation: Preparation, family: Family): string {
  const kinds = featureKinds(table.summary, preparation, family);
  const isMissing = preparation.features.some((name) => {
    const column = findColumn(table, name);
    return column.ok && column.value.missing + column.value.unreadable.count > 0;
  });
  const missing = isMissing ? preparation.missing : null;
  return JSON.stringify({ ...preparation, kinds: kinds.ok ? kinds.value : null, missing });
}

/** Why the labels of rows do not go with a model; null when they do. */
export function labelProblem(
  prepared: PreparedRows,
  preparation: Preparation,
  model: ModelSpecification,
): Failure | null {
  if (preparation.labels === undefined || prepared.labels.length <= model.components) return null;
  const labels = prepared.labels.length;
  return { kind: 'tooManyLabels', column: preparation.labels, labels, components: model.components };
}

function firstMissing(columns: readonly FeatureColumn[]): Failure {
  const column = columns.find(({ values }) => values.some(Number.isNaN));
  if (!column) throw new Error('rows were left out, but no cell is missing');
  return {
    kind: 'missingCells',
    column: column.name,
    cells: column.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    firstRow: column.values.findIndex(Number.isNaN),
  };
}

/** The sum of the weights of the rows used; their number where there are no weights. */
function usedWeights(
  weight: Float64Array | null,
  name: string,
  tableRow: Int32Array,
): Result<number, Failure> {
  if (weight === null) return ok(tableRow.length);
  let total = 0;
  for (const row of tableRow) {
    const value = weight[row];
    if (!(value >= 0) || !Number.isFinite(value)) return failed({ kind: 'badWeight', column: name, row });
    total += value;
  }
  return total > 0 ? ok(total) : failed({ kind: 'noWeight', column: name });
}

/** Writes one feature into the matrix. `number`: its place among the number features, for the scaling. */
function fillColumn(
  { x, n, d }: Rows,
  position: number,
  column: FeatureColumn,
  tableRow: Int32Array,
  { mean, sd }: Scaling,
  number: number,
): FitFeature {
  const { kind, name, values } = column;
  if (kind === 'number') {
    for (let i = 0; i < n; i++) x[i * d + position] = (values[tableRow[i]] - mean[number]) / sd[number];
    return { kind, name };
  }
  if (kind === 'yesNo') {
    for (let i = 0; i < n; i++) x[i * d + position] = values[tableRow[i]];
    return { kind, name, yes: column.yes, no: column.no };
  }
  const renumber = levelsInOrder(values, tableRow);
  for (let i = 0; i < n; i++) x[i * d + position] = renumber.get(values[tableRow[i]]) ?? NaN;
  return { kind, name, levels: [...renumber.keys()].map((code) => column.texts[code]) };
}

/** Codes of the rows used by the order they first come. */
function levelsInOrder(values: ArrayLike<number>, tableRow: Int32Array): Map<number, number> {
  const order = new Map<number, number>();
  for (const row of tableRow) {
    const code = values[row];
    if (!Number.isNaN(code) && !order.has(code)) order.set(code, order.size);
  }
  return order;
}

/** The values of the label column, -1 where it is blank. */
function labelCells(table: Table, name: string): Result<TextCells, Failure> {
  const column = findColumn(table, name);
  if (!column.ok) return column;
  if (isNumeric(column.value.type)) return ok(codeNumbers(table.numbers(column.value.index)));
  const cells = readTextCells(table, [column.value.index]).get(column.value.index);
  return ok(cells ?? { code: new Int32Array(table.summary.rows).fill(-1), texts: [] });
}

/** Clusters are numbered by the order their labels first come. */
function fillLabels(
  label: Int32Array,
  { code: codes, texts }: TextCells,
  tableRow: Int32Array,
): { labels: readonly string[]; rows: number } {
  const order = new Map<number, number>();
  let rows = 0;
  for (const [i, row] of tableRow.entries()) {
    const code = codes[row];
    if (code < 0) {
      label[i] = -1;
      continue;
    }
    const known = order.get(code) ?? order.size;
    order.set(code, known);
    label[i] = known;
    rows++;
  }
  return { labels: [...order.keys()].map((code) => texts[code]), rows };
}
