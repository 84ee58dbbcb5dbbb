import type { Failure } from '../../../shared/failure';
import type { Preparation } from '../../../shared/fit';
import { failed, ok, type Result } from '../../../shared/result';
import type { Scaling } from '../../engine/scaling';

/** Mean and standard deviation (divisor: their weight) of the observed cells of columns, in units of the file. */
export interface ColumnMoments {
  /** What the rows that have a cell there weigh together. */
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Past this many standard deviations from zero, unscaled rows are centred so that no digits are lost. */
const farFromZero = 1000;

/** Sums of squares below this may have lost squares that are no double any more. */
const leastSquares = 1e-280;

/** A spread below the last digit of the mean is rounding, not variation. */
export function isConstant(sd: number, mean: number): boolean {
  return sd <= 1e-15 * Math.abs(mean);
}

/** Weighted moments of each column over the rows used: two passes, so that offsets cost nothing. */
export function columnMoments(
  columns: readonly Float64Array[],
  tableRow: Int32Array,
  weight: Float64Array | null,
): ColumnMoments {
  const moments = columns.map((values) => momentsOf(values, tableRow, weight));
  return {
    weight: Float64Array.from(moments, (column) => column.weight),
    mean: Float64Array.from(moments, ({ mean }) => mean),
    sd: Float64Array.from(moments, ({ sd }) => sd),
  };
}

/** Sums are of differences from the first observed cell, then from the mean. */
function momentsOf(
  values: Float64Array,
  tableRow: Int32Array,
  weight: Float64Array | null,
): { weight: number; mean: number; sd: number } {
  const first = tableRow.find((row) => !Number.isNaN(values[row]));
  if (first === undefined) return { weight: 0, mean: 0, sd: 0 };
  const about = values[first];
  let sum = 0;
  let total = 0;
  let varies = false;
  for (const row of tableRow) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    const share = weight === null ? 1 : weight[row];
    total += share;
    sum += share * (value - about);
    varies ||= share > 0 && value !== about;
  }
  const mean = total > 0 ? about + sum / total : about;
  let squares = 0;
  for (const row of tableRow) {
    const difference = values[row] - mean;
    if (Number.isNaN(difference)) continue;
    squares += (weight === null ? 1 : weight[row]) * difference * difference;
  }
  const isInRange = !varies || (squares > leastSquares && squares < Infinity);
  return isInRange
    ? { weight: total, mean, sd: Math.sqrt(total > 0 ? squares / total : 0) }
    : { weight: total, ...momentsOfAnySize(values, tableRow, weight) };
}

/** The same of numbers or weights whose squares leave the range of a double: in units of the largest of each. */
function momentsOfAnySize(
  values: Float64Array,
  tableRow: Int32Array,
  weight: Float64Array | null,
): { mean: number; sd: number } {
  let largest = 0;
  let heaviest = 0;
  for (const row of tableRow) {
    if (Number.isNaN(values[row])) continue;
    largest = Math.max(largest, Math.abs(values[row]));
    heaviest = Math.max(heaviest, weight === null ? 1 : weight[row]);
  }
  if (largest === 0) return { mean: 0, sd: 0 };
  const average = (of: (value: number) => number): number => {
    let sum = 0;
    let total = 0;
    for (const row of tableRow) {
      if (Number.isNaN(values[row])) continue;
      const share = weight === null ? 1 : weight[row] / heaviest;
      sum += share * of(values[row] / largest);
      total += share;
    }
    return sum / total;
  };
  const mean = average((value) => value);
  return { mean: largest * mean, sd: largest * Math.sqrt(average((value) => (value - mean) ** 2)) };
}

/** The scaling a preparation asks for. `names`: of the number features. */
export function chooseScaling(
  wanted: Preparation['scaling'],
  names: readonly string[],
  overall: ColumnMoments,
): Result<Scaling, Failure> {
  const d = names.length;
  if (typeof wanted === 'object') {
    const { mean, sd } = wanted;
    if (mean.length !== d || sd.length !== d)
      return failed({
        kind: 'badScaling',
        problem: `mean and sd need ${d} numbers, one for each feature that is a number`,
      });
    if (sd.some((value) => !(value > 0)))
      return failed({ kind: 'badScaling', problem: 'every sd must be above 0' });
    return ok({ mean: Float64Array.from(mean), sd: Float64Array.from(sd) });
  }
  if (wanted === 'standardise') {
    const constant = overall.sd.findIndex((sd, j) => isConstant(sd, overall.mean[j]));
    if (constant >= 0)
      return failed({ kind: 'constantColumn', column: names[constant], value: overall.mean[constant] });
    return ok({ mean: overall.mean, sd: overall.sd });
  }
  return ok({
    mean: overall.mean.map((mean, j) => (Math.abs(mean) > farFromZero * overall.sd[j] ? mean : 0)),
    sd: new Float64Array(d).fill(1),
  });
}
