import type { Trace } from '../../shared/trace';

export type Point = [x: number, y: number];

/** A run between its half-steps: the M-step of iteration t stands at t - 1/2, its E-step at t. */
export interface HalfStepPaths {
  /** The log-likelihood, which an M-step moves and an E-step does not. */
  readonly logLikelihood: readonly Point[];
  /** The bound: an M-step raises it, an E-step lifts it to the log-likelihood (or, of hard memberships, near it). */
  readonly bound: readonly Point[];
  /** The gap between them after each M-step, as upright segments with a missing point between. */
  readonly gaps: readonly Point[];
  /** KL(q || p) after each M-step, as its logarithm to base ten. */
  readonly divergenceAfterM: readonly Point[];
  /** The same after each E-step; empty where the E-step is exact. */
  readonly divergenceAfterE: readonly Point[];
}

/** Gaps below this share of the log-likelihood are rounding. By taste: a few units of the sixteenth digit a row. */
const roundingShare = 1e-13;

/**
 * The half-steps of a run as paths; null where there are none, as for k-means.
 *
 * Source: log p = bound + KL(q || p); Bishop (2006), eq. 9.70 and figures 9.11 to 9.13.
 */
export function halfStepPaths(trace: Trace): HalfStepPaths | null {
  const { iterations, logLikelihoods, boundsAfterM, boundsAfterE } = trace;
  if (!boundsAfterM.some(Number.isFinite) && !boundsAfterE.some(Number.isFinite)) return null;
  const logLikelihood: Point[] = [];
  const bound: Point[] = [];
  const gaps: Point[] = [];
  const divergenceAfterM: Point[] = [];
  const divergenceAfterE: Point[] = [];
  iterations.forEach((iteration, at) => {
    const top = logLikelihoods[at];
    const afterM = boundsAfterM[at];
    const afterE = boundsAfterE[at];
    const middle = iteration - 0.5;
    if (Number.isFinite(afterM)) {
      logLikelihood.push([middle, top]);
      bound.push([middle, afterM]);
      if (gaps.length > 0) gaps.push([NaN, NaN]);
      gaps.push([middle, afterM], [middle, top]);
    }
    divergenceAfterM.push([middle, log10Gap(top, afterM)]);
    logLikelihood.push([iteration, top]);
    bound.push([iteration, afterE]);
    divergenceAfterE.push([iteration, log10Gap(top, afterE)]);
  });
  return {
    logLikelihood,
    bound,
    gaps,
    divergenceAfterM,
    divergenceAfterE: divergenceAfterE.some(([, value]) => Number.isFinite(value)) ? divergenceAfterE : [],
  };
}

/** Logarithm of the gap; NaN where it is not more than rounding. */
function log10Gap(logLikelihood: number, bound: number): number {
  const gap = logLikelihood - bound;
  return gap > roundingShare * Math.max(1, Math.abs(logLikelihood)) ? Math.log10(gap) : NaN;
}
