import type { Failure } from '../../../shared/failure';
import type { Finding } from '../../../shared/finding';
import type { FitSpecification } from '../../../shared/fit';
import type { ModelSpecification } from '../../../shared/model';
import { ok, type Result } from '../../../shared/result';
import type { Table } from '../../files/table/table';
import { allRows, completeRows } from './completeRows';
import { findDependencies } from './dependencies';
import { featureKinds, findColumn, readFeatures, type FeatureColumn } from './featureColumns';
import { columnMoments, isConstant } from './scaling';

/** Spreads of unscaled columns that differ by more are told. */
const farApart = 1e6;

/** So many standard deviations from zero a double keeps fewer than five digits of the spread. */
const digitsAreLost = 1e11;

/**
 * What speaks against a fit before it is run. Everything is looked at in all rows; only what all rows show is told.
 */
export function diagnose(table: Table, specification: FitSpecification): Result<readonly Finding[], Failure> {
  const { preparation, model } = specification;
  const isEmpty = (name: string): boolean => {
    const column = findColumn(table, name);
    return column.ok && column.value.missing + column.value.unreadable.count === table.summary.rows;
  };
  const empty = preparation.features.filter(isEmpty);
  const features = preparation.features.filter((name) => !empty.includes(name));
  const kinds = featureKinds(table.summary, { ...preparation, features }, model.family);
  if (!kinds.ok) return kinds;
  const columns = readFeatures(table, { ...preparation, features }, kinds.value);
  if (!columns.ok) return columns;
  const all = allRows(table.summary.rows);
  const values = columns.value.map((column) => column.values);
  const rows = preparation.missing === 'keep' ? all : completeRows(values, all);
  return ok([
    ...empty.map((column): Finding => ({ kind: 'emptyColumn', column })),
    ...findConstants(columns.value, rows),
    ...findScales(columns.value, rows, preparation.scaling === 'none'),
    ...findDependent(columns.value, rows, model),
    ...findFewRows(columns.value, rows, model),
  ]);
}

function findConstants(columns: readonly FeatureColumn[], rows: Int32Array): Finding[] {
  return columns
    .filter(({ values }) => isSame(values, rows))
    .map(({ name }) => ({ kind: 'constantColumn', column: name }));
}

/** Whether a column has cells and all are the same. */
function isSame(values: Float64Array, rows: Int32Array): boolean {
  let seen = NaN;
  for (const row of rows) {
    const value = values[row];
    if (value === seen || Number.isNaN(value)) continue;
    if (!Number.isNaN(seen)) return false;
    seen = value;
  }
  return !Number.isNaN(seen);
}

const numbersOf = (columns: readonly FeatureColumn[]) => columns.filter(({ kind }) => kind === 'number');

function findScales(columns: readonly FeatureColumn[], rows: Int32Array, isUnscaled: boolean): Finding[] {
  const numbers = numbersOf(columns);
  const { mean, sd } = columnMoments(
    numbers.map(({ values }) => values),
    rows,
    null,
  );
  const varying = numbers
    .map(({ name }, a) => ({ name, mean: Math.abs(mean[a]), sd: sd[a] }))
    .filter((column) => !isConstant(column.sd, column.mean))
    .sort((a, b) => a.sd - b.sd);
  const findings: Finding[] = varying
    .filter((column) => column.mean > digitsAreLost * column.sd)
    .map(({ name }) => ({ kind: 'farFromZero', column: name }));
  const [narrowest] = varying;
  const widest = varying.at(-1);
  if (isUnscaled && widest && widest.sd > farApart * narrowest.sd)
    findings.push({
      kind: 'scalesApart',
      widest: widest.name,
      narrowest: narrowest.name,
      ratio: widest.sd / narrowest.sd,
    });
  return findings;
}

/** Columns that follow from others stop a full covariance; equal ones also count twice in every distance. */
function findDependent(
  columns: readonly FeatureColumn[],
  rows: Int32Array,
  model: ModelSpecification,
): Finding[] {
  const numbers = numbersOf(columns);
  const { duplicates, collinear } = findDependencies(
    numbers.map(({ values }) => values),
    rows,
  );
  const name = (a: number): string => numbers[a].name;
  const found: Finding[] = duplicates.map((group) => ({
    kind: 'duplicateColumns',
    columns: group.map(name),
  }));
  const isFull = 'covariance' in model && model.covariance !== 'fixed' && !model.covariance.endsWith('I');
  return isFull
    ? [...found, ...collinear.map((a): Finding => ({ kind: 'collinearColumn', column: name(a) }))]
    : found;
}

function findFewRows(
  columns: readonly FeatureColumn[],
  rows: Int32Array,
  model: ModelSpecification,
): Finding[] {
  const { components } = model;
  const distinct = distinctRows(columns, rows, components);
  if (distinct < components) return [{ kind: 'fewDistinctRows', distinct, components }];
  const needed = rowsNeeded(numbersOf(columns).length, model);
  return rows.length < components * needed
    ? [{ kind: 'fewRowsPerCluster', rows: rows.length, components, needed }]
    : [];
}

/** Rows for each cluster that its covariance takes to be regular, and one to tell it from a plane; 1: any will do. */
function rowsNeeded(d: number, model: ModelSpecification): number {
  if (!('covariance' in model) || model.covariance === 'fixed' || d === 0) return 1;
  if (model.prior.normal !== undefined || model.ridge > 0) return 1;
  switch (model.covariance) {
    case 'EII':
    case 'EEI':
      return (model.components + 1) / model.components;
    case 'EEE':
      return (model.components + d) / model.components;
    case 'VII':
    case 'VEI':
    case 'EVI':
    case 'VVI':
      return 2;
    default:
      return d + 1;
  }
}

/** Different rows there are, counted up to `most`. */
function distinctRows(columns: readonly FeatureColumn[], rows: Int32Array, most: number): number {
  const isEqual = (first: number, second: number): boolean =>
    columns.every(({ values }) => isSameCell(values[first], values[second]));
  const seen: number[] = [];
  for (const row of rows) {
    if (seen.some((other) => isEqual(other, row))) continue;
    seen.push(row);
    if (seen.length >= most) break;
  }
  return seen.length;
}

/** Missing cells are alike. */
const isSameCell = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
