import { setImmediate } from 'node:timers/promises';
import type { CallAnswer } from '../../shared/contract/messages';
import { featuresByKind } from '../../shared/features';
import type { ImputedCell } from '../engine/model';
import type { Fit } from './fits';
import type { PreparedRows } from './preparation/prepareRows';

/** Rows between two breaths, so that the service stays free to answer. */
const rowsAtOnce = 2048;

/**
 * What the model of a fit expects in the missing cells of the given rows of its table (null: all), numbers in units of
 * the file. Rows that took no part have none. `prepared`: the rows of the fit. Ends early, with what it has, when
 * `signal` aborts.
 */
export async function imputedCells(
  { model, params, position }: Fit,
  prepared: PreparedRows,
  wanted: Int32Array | null,
  signal: AbortSignal,
): Promise<CallAnswer<'fit.imputed'>> {
  const cells: ImputedCell[] = [];
  if (prepared.missingCells > 0) {
    for (const { from, to } of ranges(position, wanted, prepared.rows.n)) {
      cells.push(...model.impute(params, prepared.rows, from, to));
      await setImmediate();
      if (signal.aborted) break;
    }
  }
  const { number } = featuresByKind(prepared.space);
  const { mean, sd } = prepared.scaling;
  const inFileUnits = ({ feature, value }: ImputedCell): number => {
    const at = number.indexOf(feature);
    return at < 0 ? value : mean[at] + sd[at] * value;
  };
  return {
    row: Int32Array.from(cells, ({ row }) => prepared.tableRow[row]),
    feature: Int32Array.from(cells, ({ feature }) => feature),
    value: Float64Array.from(cells, inFileUnits),
    spread: Float64Array.from(cells, ({ feature, spread }) => spread * (sd[number.indexOf(feature)] ?? 1)),
  };
}

/** The rows of the fit that were asked for, as ranges of at most `rowsAtOnce`. */
function* ranges(
  position: Int32Array,
  wanted: Int32Array | null,
  n: number,
): Generator<{ from: number; to: number }> {
  if (wanted === null) {
    for (let from = 0; from < n; from += rowsAtOnce) yield { from, to: Math.min(n, from + rowsAtOnce) };
    return;
  }
  for (const row of wanted) {
    const from = position[row] ?? -1;
    if (from >= 0) yield { from, to: from + 1 };
  }
}
