import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSpecification, Start } from '../../shared/fit';
import { serialEStep } from '../../electron/engine/drive/eStep';
import { drain, type Outcome } from '../../electron/engine/drive/em';
import { runRestart } from '../../electron/engine/drive/restarts';
import type { LatentModel, Params, Rows } from '../../electron/engine/model';
import { createModel } from '../../electron/engine/models/registry';

const folder = path.join(import.meta.dirname, 'data');

/** A case as `data/README.md` describes it: numbers of an independent program. */
export interface ReferenceCase {
  readonly id: string;
  readonly name: string;
  readonly data: {
    readonly file?: string;
    readonly columns?: readonly string[];
    readonly inline?: { readonly rows: readonly (readonly number[])[] };
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
  const raw = reference.data.inline?.rows ?? readTable(reference);
  const step = reference.preprocessing.at(0);
  const values = raw.map((row) =>
    row.map((value, a) => (step ? (value - step.mean[a]) / step.sd[a] : value)),
  );
  const n = values.length;
  const d = values[0].length;
  const centre = Array.from({ length: d }, (_, a) => values.reduce((sum, row) => sum + row[a], 0) / n);
  const x = Float64Array.from(values.flatMap((row) => row.map((value, a) => value - centre[a])));
  const weights = reference.model.weights?.values as number[] | undefined;
  return { rows: { x, n, d, weight: weights && Float64Array.from(weights) }, centre };
}

function readTable({ data }: ReferenceCase): number[][] {
  const file = path.join(folder, 'tables', path.basename(data.file ?? ''));
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header.split(',');
  const columns = (data.columns ?? []).map((name) => names.indexOf(name));
  return lines.map((line) => {
    const cells = line.split(',');
    return columns.map((column) => Number(cells[column]));
  });
}

export const shifted = (points: readonly (readonly number[])[], centre: readonly number[]): number[][] =>
  points.map((point) => point.map((value, a) => value - centre[a]));

export interface Fitted {
  readonly model: LatentModel;
  readonly outcome: Outcome;
}

/** One run from a start in the units of the rows, to the end. */
export function fit(
  specification: ModelSpecification,
  rows: Rows,
  start: Start,
  run: { tolerance?: number; maxIterations?: number; seed?: number; restart?: number } = {},
): Fitted {
  const model = createModel(specification, rows.d);
  const outcome = drain(
    runRestart({
      model,
      rows,
      start,
      seed: run.seed ?? 1,
      restart: run.restart ?? 0,
      options: {
        tolerance: run.tolerance ?? 1e-12,
        maxIterations: run.maxIterations ?? 5000,
        policy: { kind: model.capabilities.policies[0] },
        shouldStop: () => null,
      },
      eStepOf: (any) => serialEStep(any, rows, () => false),
    }),
  );
  return { model, outcome };
}

export type Success = Extract<Outcome, { ok: true }>;

/** The outcome of a run that must have succeeded. */
export function success({ outcome }: Fitted): Success {
  if (!outcome.ok) throw new Error(`the run failed: ${JSON.stringify(outcome.failure)}`);
  return outcome;
}

/** Memberships (n x K), log densities and most probable components of all rows. */
export function posteriorOf(model: LatentModel, params: Params, rows: Rows) {
  const k = model.components;
  const memberships = new Float64Array(rows.n * k);
  const logDensity = new Float64Array(rows.n);
  model.posterior(params, rows, 0, rows.n, memberships, logDensity);
  const labels = Array.from({ length: rows.n }, (_, i) => {
    const own = memberships.subarray(i * k, (i + 1) * k);
    return own.indexOf(Math.max(...own));
  });
  return { memberships, logDensity, labels };
}

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

/** The largest distance between two lists of numbers relative to 1 + size, for tolerances both absolute and relative. */
export function furthest(found: Iterable<number>, expected: Iterable<number>): number {
  const wanted = [...expected];
  const values = [...found];
  if (values.length !== wanted.length) return Infinity;
  return Math.max(...values.map((value, i) => Math.abs(value - wanted[i]) / (1 + Math.abs(wanted[i]))));
}
