import type { Failure } from '../../../shared/failure';
import type { FeatureKind, FitFeature } from '../../../shared/features';
import type { FitSpecification } from '../../../shared/fit';
import { failed, ok, type Result } from '../../../shared/result';
import { isNumeric } from '../../../shared/table';
import type { Random } from '../../engine/numeric/random';
import type { RowStream } from '../../files/rowStream';
import { allocateRows, viewRows } from '../../threads/sharedRows';
import { columnIn, featureKinds } from '../preparation/featureColumns';
import type { PreparedRows } from '../preparation/prepareRows';
import { chooseScaling, type ColumnMoments } from '../preparation/scaling';
import { StreamColumn } from './streamColumn';

/** Rows of a stream that are kept to begin from. By taste: enough for a good start, little enough to hold. */
const sampleRows = 10_000;

/** What a first pass over a stream finds, and how its rows are read from then on. */
export interface StreamSurvey {
  /** The rows that were kept, as a fit has them; `totalWeight`, `overall` and the counts are of all rows. */
  readonly sample: PreparedRows;
  readonly rowsUsed: number;
  /** Writes the features of a row into out at offset, in units of the fit. False: the row takes no part. */
  encode(row: readonly string[], out: Float64Array, offset: number): boolean;
  weightOf(row: readonly string[]): number;
}

/**
 * Reads a stream once: counts, moments and levels of all rows, and an even sample of them (Vitter, 1985, algorithm R).
 * Fails with what a table would fail with; `cancelled` when the signal says so.
 */
export async function surveyStream(
  stream: RowStream,
  { preparation, model }: FitSpecification,
  random: Random,
  signal: AbortSignal,
): Promise<Result<StreamSurvey, Failure>> {
  const kinds = featureKinds(stream, preparation, model.family);
  if (!kinds.ok) return kinds;
  const columns = streamColumns(stream, preparation, kinds.value);
  if (!columns.ok) return columns;
  const weightColumn = weightColumnOf(stream, preparation.weights);
  if (!weightColumn.ok) return weightColumn;
  const weightOf = (row: readonly string[]): number =>
    weightColumn.value === null ? 1 : stream.numberOf(row[weightColumn.value], weightColumn.value);

  const sums = new StreamSums(columns.value.length);
  const kept: { raw: Float64Array; weight: number; row: number }[] = [];
  let row = 0;
  let used = 0;
  let hasWeight = false;
  for await (const block of stream.rows()) {
    if (signal.aborted) return failed({ kind: 'cancelled' });
    for (const cells of block.rows) {
      const keys = columns.value.map((column) => column.key(cells));
      const missing = keys.indexOf(null);
      if (missing >= 0 && preparation.missing === 'refuse')
        return failed({ kind: 'missingCells', column: columns.value[missing].name, cells: 1, firstRow: row });
      row++;
      if (missing >= 0 && preparation.missing === 'dropRows') continue;
      const weight = weightOf(cells);
      if (!(weight >= 0) || !Number.isFinite(weight))
        return failed({ kind: 'badWeight', column: preparation.weights ?? '', row: row - 1 });
      const raw = Float64Array.from(keys, (key, a) => columns.value[a].learn(key));
      sums.add(raw, weight);
      hasWeight ||= weight > 0;
      used++;
      const place = used <= sampleRows ? used - 1 : random.integer(used);
      if (place < sampleRows) kept[place] = { raw, weight, row: row - 1 };
    }
  }
  if (used === 0) return failed({ kind: 'noRowsLeft', rows: row });
  if (preparation.weights !== undefined && !hasWeight)
    return failed({ kind: 'noWeight', column: preparation.weights });
  const features: FitFeature[] = [];
  for (const column of columns.value) {
    const feature = column.finish();
    if (!feature.ok) return feature;
    features.push(feature.value);
  }
  const overall = sums.moments(kinds.value);
  const numberNames = features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : []));
  const scaling = chooseScaling(preparation.scaling, numberNames, overall);
  if (!scaling.ok) return scaling;
  const { mean, sd } = scaling.value;
  const numberPlaces = kinds.value.map((kind, a) =>
    kind === 'number' ? numberNames.indexOf(features[a].name) : -1,
  );
  const cell = (raw: number, a: number): number => {
    const place = numberPlaces[a];
    return place < 0 ? columns.value[a].cell(raw) : (raw - mean[place]) / sd[place];
  };

  const d = features.length;
  kept.sort((first, second) => first.row - second.row);
  const shared = allocateRows(kept.length, d, {
    hasWeight: weightColumn.value !== null,
    hasMissing: sums.missingCells > 0,
  });
  const rows = viewRows(shared);
  for (const [i, { raw, weight }] of kept.entries()) {
    for (let a = 0; a < d; a++) rows.x[i * d + a] = cell(raw[a], a);
    if (rows.weight) rows.weight[i] = weight;
  }
  return ok({
    rowsUsed: used,
    weightOf,
    encode(cells, out, offset) {
      let isComplete = true;
      for (const [a, column] of columns.value.entries()) {
        const key = column.key(cells);
        isComplete &&= key !== null;
        out[offset + a] = cell(column.learn(key), a);
      }
      return isComplete || preparation.missing === 'keep';
    },
    sample: {
      shared,
      rows,
      features,
      space: features.map((feature) =>
        feature.kind === 'category'
          ? { kind: 'category', levels: feature.levels.length }
          : { kind: feature.kind },
      ),
      tableRow: Int32Array.from(kept, (one) => one.row),
      rowsLeftOut: row - used,
      missingCells: sums.missingCells,
      totalWeight: sums.weight,
      labels: [],
      labelledRows: 0,
      scaling: scaling.value,
      overall,
    },
  });
}

function streamColumns(
  stream: RowStream,
  { features, threshold }: FitSpecification['preparation'],
  kinds: readonly FeatureKind[],
): Result<StreamColumn[], Failure> {
  const columns: StreamColumn[] = [];
  for (const [position, name] of features.entries()) {
    const column = columnIn(stream.columns, name);
    if (!column.ok) return column;
    const { type, index } = column.value;
    if (kinds[position] === 'number' && !isNumeric(type))
      return failed({ kind: 'columnNotNumeric', column: name, row: null, text: null });
    columns.push(new StreamColumn(stream, name, index, kinds[position], type, threshold));
  }
  return ok(columns);
}

function weightColumnOf(stream: RowStream, name: string | undefined): Result<number | null, Failure> {
  if (name === undefined) return ok(null);
  const column = columnIn(stream.columns, name);
  if (!column.ok) return column;
  return isNumeric(column.value.type)
    ? ok(column.value.index)
    : failed({ kind: 'columnNotNumeric', column: name, row: null, text: null });
}

/** Weighted moments of raw cells. Source: West (1979). */
class StreamSums {
  weight = 0;
  missingCells = 0;
  private readonly seen: Float64Array;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;

  constructor(d: number) {
    this.seen = new Float64Array(d);
    this.mean = new Float64Array(d);
    this.squares = new Float64Array(d);
  }

  add(raw: Float64Array, weight: number): void {
    this.weight += weight;
    for (let a = 0; a < raw.length; a++) {
      if (Number.isNaN(raw[a])) {
        this.missingCells++;
        continue;
      }
      if (weight === 0) continue;
      this.seen[a] += weight;
      const delta = raw[a] - this.mean[a];
      this.mean[a] += (weight / this.seen[a]) * delta;
      this.squares[a] += weight * delta * (raw[a] - this.mean[a]);
    }
  }

  /** Of the features that are numbers. */
  moments(kinds: readonly FeatureKind[]): ColumnMoments {
    const numbers = kinds.flatMap((kind, a) => (kind === 'number' ? [a] : []));
    return {
      weight: Float64Array.from(numbers, (a) => this.seen[a]),
      mean: Float64Array.from(numbers, (a) => this.mean[a]),
      sd: Float64Array.from(numbers, (a) =>
        this.seen[a] > 0 ? Math.sqrt(this.squares[a] / this.seen[a]) : 0,
      ),
    };
  }
}
