import type { Failure } from '../../shared/failure';
import type { Preparation } from '../../shared/fit';
import { failed, ok, type Result } from '../../shared/result';
import { isNumeric } from '../../shared/table';
import type { Rows } from '../engine/model';
import type { Table } from '../files/table';
import { allocateRows, viewRows, type SharedRows } from '../threads/sharedRows';
import type { Scaling } from './scaling';

/** The matrix of a fit, and the way back: every row names its row of the table. */
export interface PreparedRows {
  readonly shared: SharedRows;
  readonly rows: Rows;
  /** Table row of each row used, ascending. */
  readonly tableRow: Int32Array;
  readonly rowsLeftOut: number;
  /** Sum of the row weights; the number of rows when there are none. */
  readonly totalWeight: number;
  readonly features: readonly string[];
  readonly scaling: Scaling;
  /** Mean and standard deviation (divisor: total weight) of each feature, in units of the file. */
  readonly overall: { readonly mean: Float64Array; readonly sd: Float64Array };
}

/** Past this many standard deviations from zero, unscaled rows are centred so that no digits are lost. */
const farFromZero = 1000;

/**
 * Makes the matrix a preparation describes: the numeric columns it names, without the rows that miss a value,
 * scaled. Rows stay unscaled and uncentred under `none`, so that ties between distances stay exact, unless they
 * lie so far from zero that digits would be lost.
 */
export function prepareRows(table: Table, preparation: Preparation): Result<PreparedRows, Failure> {
  const columns: Float64Array[] = [];
  for (const [position, name] of preparation.features.entries()) {
    if (preparation.features.indexOf(name) !== position)
      return failed({ kind: 'repeatedColumn', column: name });
    const values = numericColumn(table, name);
    if (!values.ok) return values;
    columns.push(values.value);
  }
  const weights = preparation.weights === undefined ? null : numericColumn(table, preparation.weights);
  if (weights && !weights.ok) return weights;
  const weight = weights?.value ?? null;

  const tableRow = completeRows(columns, table.summary.rows);
  const n = tableRow.length;
  const rowsLeftOut = table.summary.rows - n;
  if (rowsLeftOut > 0 && preparation.missing === 'refuse')
    return failed(firstMissing(columns, preparation.features));
  if (n === 0) return failed({ kind: 'noRowsLeft', rows: table.summary.rows });

  let totalWeight = n;
  if (weight !== null && preparation.weights !== undefined) {
    totalWeight = 0;
    for (const row of tableRow) {
      const value = weight[row];
      if (!(value >= 0) || !Number.isFinite(value))
        return failed({ kind: 'badWeight', column: preparation.weights, row });
      totalWeight += value;
    }
    if (totalWeight === 0)
      return failed({ kind: 'badWeight', column: preparation.weights, row: tableRow[0] });
  }

  const overall = moments(columns, tableRow, weight, totalWeight);
  const scaling = chooseScaling(preparation, overall);
  if (!scaling.ok) return scaling;
  const { mean, sd } = scaling.value;

  const d = columns.length;
  const shared = allocateRows(n, d, weight !== null);
  const rows = viewRows(shared);
  for (let j = 0; j < d; j++) {
    const values = columns[j];
    for (let i = 0; i < n; i++) rows.x[i * d + j] = (values[tableRow[i]] - mean[j]) / sd[j];
  }
  if (weight !== null && rows.weight) for (let i = 0; i < n; i++) rows.weight[i] = weight[tableRow[i]];
  return ok({
    shared,
    rows,
    tableRow,
    rowsLeftOut,
    totalWeight,
    features: preparation.features,
    scaling: scaling.value,
    overall,
  });
}

function numericColumn(table: Table, name: string): Result<Float64Array, Failure> {
  const column = table.summary.columns.find((candidate) => candidate.name === name);
  if (!column)
    return failed({
      kind: 'unknownColumn',
      column: name,
      columns: table.summary.columns.map((candidate) => candidate.name),
    });
  if (isNumeric(column.type)) return ok(table.numbers(column.index));
  const example = column.unreadable.examples[0];
  return failed({
    kind: 'columnNotNumeric',
    column: name,
    row: example?.row ?? null,
    text: example?.text ?? null,
  });
}

function completeRows(columns: readonly Float64Array[], n: number): Int32Array {
  const complete = new Int32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) {
    if (columns.every((values) => !Number.isNaN(values[row]))) complete[count++] = row;
  }
  return complete.slice(0, count);
}

function firstMissing(columns: readonly Float64Array[], features: readonly string[]): Failure {
  const position = columns.findIndex((values) => values.some(Number.isNaN));
  const values = columns[position];
  return {
    kind: 'missingCells',
    column: features[position],
    cells: values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    firstRow: values.findIndex(Number.isNaN),
  };
}

/** Weighted mean and standard deviation of each column over the rows used: two passes, so that offsets cost nothing. */
function moments(
  columns: readonly Float64Array[],
  tableRow: Int32Array,
  weight: Float64Array | null,
  totalWeight: number,
): PreparedRows['overall'] {
  const d = columns.length;
  const mean = new Float64Array(d);
  const sd = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const values = columns[j];
    const first = values[tableRow[0]];
    let sum = 0;
    for (const row of tableRow) sum += (weight === null ? 1 : weight[row]) * (values[row] - first);
    mean[j] = first + sum / totalWeight;
    let squares = 0;
    for (const row of tableRow) squares += (weight === null ? 1 : weight[row]) * (values[row] - mean[j]) ** 2;
    sd[j] = Math.sqrt(squares / totalWeight);
  }
  return { mean, sd };
}

function chooseScaling(preparation: Preparation, overall: PreparedRows['overall']): Result<Scaling, Failure> {
  const d = preparation.features.length;
  if (typeof preparation.scaling === 'object') {
    const { mean, sd } = preparation.scaling;
    if (mean.length !== d || sd.length !== d)
      return failed({ kind: 'badScaling', problem: `mean and sd need ${d} numbers, one for each feature` });
    if (sd.some((value) => !(value > 0)))
      return failed({ kind: 'badScaling', problem: 'every sd must be above 0' });
    return ok({ mean: Float64Array.from(mean), sd: Float64Array.from(sd) });
  }
  if (preparation.scaling === 'standardise') {
    const constant = overall.sd.findIndex((sd, j) => isConstant(sd, overall.mean[j]));
    if (constant >= 0)
      return failed({
        kind: 'constantColumn',
        column: preparation.features[constant],
        value: overall.mean[constant],
      });
    return ok({ mean: overall.mean, sd: overall.sd });
  }
  return ok({
    mean: overall.mean.map((mean, j) => (Math.abs(mean) > farFromZero * overall.sd[j] ? mean : 0)),
    sd: new Float64Array(d).fill(1),
  });
}

/** A spread below the last digit of the mean is rounding, not variation. */
export function isConstant(sd: number, mean: number): boolean {
  return sd <= 1e-15 * Math.abs(mean);
}
