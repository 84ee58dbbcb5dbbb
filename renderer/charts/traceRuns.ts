import type { RestartSummary } from '../../shared/fit';
import { traceOf, type Trace } from '../../shared/trace';

/** The way of one start. */
export interface TraceRun {
  /** Counted from 0. */
  readonly restart: number;
  readonly trace: Trace;
  /** It broke off: however high it came, that is no optimum. Absent while it runs. */
  readonly hasFailed?: boolean;
}

/** The ways of the starts of a finished fit. */
export function traceRuns(restarts: readonly RestartSummary[]): TraceRun[] {
  return restarts.map(({ restart, trace, halfSteps, outcome }) => ({
    restart,
    trace: traceOf(trace, halfSteps),
    hasFailed: !outcome.ok,
  }));
}
