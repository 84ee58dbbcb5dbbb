import type { HalfSteps } from './fit';

/** What one iteration of a run came to; `fit.ts` says what each number is. */
export interface TracePoint {
  readonly iteration: number;
  readonly objective: number;
  readonly logLikelihood: number;
  readonly boundAfterM: number;
  readonly boundAfterE: number;
}

/** One start as it went: iterations in order, and each number by iteration. Numbers only, no reactivity. */
export interface Trace {
  readonly iterations: readonly number[];
  readonly objectives: readonly number[];
  readonly logLikelihoods: readonly number[];
  readonly boundsAfterM: readonly number[];
  readonly boundsAfterE: readonly number[];
}

export const emptyTrace: Trace = {
  iterations: [],
  objectives: [],
  logLikelihoods: [],
  boundsAfterM: [],
  boundsAfterE: [],
};

/** The trace of a finished start, whose entry i is after iteration i. Half-steps it has none of are NaN. */
export function traceOf(objectives: ArrayLike<number>, halfSteps: HalfSteps | null = null): Trace {
  const values = Array.from(objectives);
  const known = (numbers: Float64Array | undefined): number[] =>
    values.map((_, iteration) => numbers?.[iteration] ?? NaN);
  return {
    iterations: values.map((_, iteration) => iteration),
    objectives: values,
    logLikelihoods: known(halfSteps?.logLikelihood),
    boundsAfterM: known(halfSteps?.boundAfterM),
    boundsAfterE: known(halfSteps?.boundAfterE),
  };
}

/**
 * At most about `limit` points of a trace, evenly spread, the first and the last among them, so that a run of
 * a million iterations can be drawn.
 *
 * limit  >= 2
 */
export function thinTrace(trace: Trace, limit: number): Trace {
  const count = trace.iterations.length;
  if (count <= limit) return trace;
  const kept = Array.from({ length: limit }, (_, point) => Math.round((point * (count - 1)) / (limit - 1)));
  return mapTrace(trace, (numbers) => kept.map((at) => numbers[at]));
}

/** The trace with points added behind; past `limit` points it is thinned to half of that. */
export function extendTrace(trace: Trace, points: readonly TracePoint[], limit: number): Trace {
  const longer: Trace = {
    iterations: [...trace.iterations, ...points.map((point) => point.iteration)],
    objectives: [...trace.objectives, ...points.map((point) => point.objective)],
    logLikelihoods: [...trace.logLikelihoods, ...points.map((point) => point.logLikelihood)],
    boundsAfterM: [...trace.boundsAfterM, ...points.map((point) => point.boundAfterM)],
    boundsAfterE: [...trace.boundsAfterE, ...points.map((point) => point.boundAfterE)],
  };
  return longer.iterations.length > limit ? thinTrace(longer, Math.max(2, Math.floor(limit / 2))) : longer;
}

function mapTrace(trace: Trace, change: (numbers: readonly number[]) => readonly number[]): Trace {
  return {
    iterations: change(trace.iterations),
    objectives: change(trace.objectives),
    logLikelihoods: change(trace.logLikelihoods),
    boundsAfterM: change(trace.boundsAfterM),
    boundsAfterE: change(trace.boundsAfterE),
  };
}
