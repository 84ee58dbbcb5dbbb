import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rows } from '../../electron/engine/model';

const folder = path.join(import.meta.dirname, 'data');

/** A case as `data/README.md` describes it: numbers of an independent program. */
export interface ReferenceCase {
  readonly id: string;
  readonly name: string;
  readonly data: {
    readonly file?: string;
    readonly columns?: readonly string[];
    readonly inline?: { readonly rows: readonly (readonly number[])[] };
    /** Absent: all. */
    readonly rows_used?: readonly number[];
    readonly weights_column?: string;
    /** Of a picture. */
    readonly unique_colours?: number;
  };
  readonly preprocessing: readonly { readonly mean: readonly number[]; readonly sd: readonly number[] }[];
  // Cases differ in what they expect; each test knows its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

/** All cases whose id begins so, in the order of their names. */
export function readCases(prefix: string): ReferenceCase[] {
  return readdirSync(path.join(folder, 'cases'))
    .filter((file) => file.startsWith(prefix))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(folder, 'cases', file), 'utf8')) as ReferenceCase);
}

/** The rows of a case in the units of its numbers, and as a fit sees them: centred at `centre`. */
export interface CaseRows {
  readonly rows: Rows;
  readonly centre: readonly number[];
}

/** Reads, standardises where the case says so, and centres as the preparation of a fit does. */
export function readRows(reference: ReferenceCase): CaseRows {
  const raw = reference.data.inline?.rows ?? readCells(reference).map((row) => row.map(numberOf));
  const step = reference.preprocessing.at(0);
  const values = raw.map((row) =>
    row.map((value, a) => (step ? (value - step.mean[a]) / step.sd[a] : value)),
  );
  const d = values[0].length;
  const centre = Array.from({ length: d }, (_, a) => meanOf(values.map((row) => row[a])));
  const rows = rowsOf(values.map((row) => row.map((value, a) => value - centre[a])));
  const weights = reference.model.weights?.values as number[] | undefined;
  return { rows: { ...rows, weight: weights && Float64Array.from(weights) }, centre };
}

/** Rows of numbers, NaN where a cell is missing. */
export function rowsOf(values: readonly (readonly number[])[]): Rows {
  const x = Float64Array.from(values.flat());
  return { x, n: values.length, d: values[0].length, hasMissing: x.some(Number.isNaN) };
}

const numberOf = (cell: string): number => (cell === '' ? NaN : Number(cell));

function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The cells of a case's table as they are written, of these columns; else of the case's own. */
export function readCells({ data }: ReferenceCase, own = data.columns ?? []): string[][] {
  const file = path.join(folder, 'tables', path.basename(data.file ?? ''));
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header.split(',');
  const columns = own.map((name) => names.indexOf(name));
  return lines.map((line) => {
    const cells = line.split(',');
    return columns.map((column) => cells[column]);
  });
}

export const shifted = (points: readonly (readonly number[])[], centre: readonly number[]): number[][] =>
  points.map((point) => point.map((value, a) => value - centre[a]));

/** Sum of the logarithms of the largest memberships, for ICL. */
export function logLargest(memberships: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i < memberships.length; i += k)
    sum += Math.log(Math.max(...memberships.subarray(i, i + k)));
  return sum;
}

/** -sum r ln r over all memberships. */
export function entropy(memberships: Float64Array): number {
  return memberships.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}
