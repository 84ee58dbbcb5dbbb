import type { LatentModel, Params, PosteriorPolicy, RowObjective, Rows, Stats } from '../model';
import { chunkCount, chunkRange } from '../rows';
import { addStats } from '../statistics';

/** What one pass over rows gives: expected statistics, and what the rows add up to. */
export interface EStepResult {
  readonly stats: Stats;
  readonly rowObjective: RowObjective;
  /** Components that were empty and have been given a row. Absent: none. */
  readonly refilled?: readonly number[];
  /** Components that are empty and could not be given one. Absent: none. */
  readonly unfilled?: readonly number[];
}

/** An E-step over all rows; null when it was cancelled meanwhile. */
export type EStep = (params: Params, policy: PosteriorPolicy) => EStepResult | null;

/** The E-step of one chunk of rows into `stats`, zeros: what a thread does, and what the serial E-step does in turn. */
export function accumulateChunk(
  model: LatentModel,
  rows: Rows,
  chunk: number,
  params: Params,
  policy: PosteriorPolicy,
  stats: Stats,
): EStepResult {
  const { from, to } = chunkRange(rows.n, chunk);
  return { stats, rowObjective: model.accumulate(params, rows, from, to, policy, stats) };
}

/**
 * Adds up the results of chunks at `params`, which must come in the order of the chunks: that fixes every rounding. A
 * result is not looked at again once the next is asked for.
 */
export function mergeChunks(model: LatentModel, params: Params, parts: Iterable<EStepResult>): EStepResult {
  const stats = model.emptyStats(params);
  const rowObjective: RowObjective = { logLikelihood: 0, bound: 0, objective: 0 };
  for (const part of parts) {
    addStats(stats, part.stats);
    rowObjective.logLikelihood += part.rowObjective.logLikelihood;
    rowObjective.bound += part.rowObjective.bound;
    rowObjective.objective += part.rowObjective.objective;
  }
  return { stats, rowObjective };
}

/** The E-step on this thread. `isCancelled` is asked before each chunk. */
export function serialEStep(model: LatentModel, rows: Rows, isCancelled: () => boolean): EStep {
  return (params, policy) => {
    // What there is only one of need not be added up.
    if (chunkCount(rows.n) === 1)
      return isCancelled() ? null : accumulateChunk(model, rows, 0, params, policy, model.emptyStats(params));
    let cancelled = false;
    const stats = model.emptyStats(params);
    function* parts(): Generator<EStepResult> {
      for (let chunk = 0; chunk < chunkCount(rows.n); chunk++) {
        cancelled = isCancelled();
        if (cancelled) return;
        for (const values of Object.values(stats)) values.fill(0);
        yield accumulateChunk(model, rows, chunk, params, policy, stats);
      }
    }
    const whole = mergeChunks(model, params, parts());
    return cancelled ? null : whole;
  };
}
