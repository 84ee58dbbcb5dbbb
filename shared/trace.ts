/** The objective along one start: iterations in order, and the objective at each. Numbers only, no reactivity. */
export interface Trace {
  readonly iterations: readonly number[];
  readonly objectives: readonly number[];
}

export const emptyTrace: Trace = { iterations: [], objectives: [] };

/** The trace of a finished start, whose entry i is the objective after iteration i. */
export function traceOf(objectives: ArrayLike<number>): Trace {
  const values = Array.from(objectives);
  return { iterations: values.map((_, iteration) => iteration), objectives: values };
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
  const iterations: number[] = [];
  const objectives: number[] = [];
  for (let point = 0; point < limit; point++) {
    const at = Math.round((point * (count - 1)) / (limit - 1));
    iterations.push(trace.iterations[at]);
    objectives.push(trace.objectives[at]);
  }
  return { iterations, objectives };
}

/** The trace with points added behind; past `limit` points it is thinned to half of that. */
export function extendTrace(
  trace: Trace,
  points: readonly { iteration: number; objective: number }[],
  limit: number,
): Trace {
  const longer = {
    iterations: [...trace.iterations, ...points.map((point) => point.iteration)],
    objectives: [...trace.objectives, ...points.map((point) => point.objective)],
  };
  return longer.iterations.length > limit ? thinTrace(longer, Math.max(2, Math.floor(limit / 2))) : longer;
}
