import { em, type RunOptions } from '../engine/drive/em';
import { serialEStep } from '../engine/drive/eStep';
import { drain } from '../engine/drive/run';
import { plainStage } from '../engine/drive/stage';
import { initialise } from '../engine/drive/starts';
import type { LatentModel, Params, Rows } from '../engine/model';
import { createRandom } from '../engine/numeric/random';
import type { Kernels } from '../kernels/kernels';
import { mixtureModel } from './colourMixture';

/** Components that EM found. */
export interface FittedComponents {
  readonly model: LatentModel;
  readonly params: Params;
  /** Of each component, the centre it began at, ascending. */
  readonly from: Int32Array;
  /** Log-likelihood at each iteration. */
  readonly trace: readonly number[];
  readonly converged: boolean;
}

/**
 * Fits Gaussians with a full covariance each by EM (Bishop, 2006, section 9.2.2) to weighted rows, from centres that
 * are each the nearest of some row. A component that loses its rows to others is left out, and EM goes on with the
 * rest: of many colours on an even ground some do, and the likelihood is that of the others. Null: stopped.
 *
 * ridge    added to every variance in every M-step, > 0
 * effort   relative change of the log-likelihood to end at, and most iterations
 */
export function fitComponents(
  rows: Rows,
  centres: number[][],
  ridge: number,
  effort: Pick<RunOptions, 'tolerance' | 'maxIterations'>,
  kernels: Kernels,
  shouldStop: () => boolean,
): FittedComponents | null {
  const stops = (): 'cancelled' | null => (shouldStop() ? 'cancelled' : null);
  let from = Int32Array.from(centres.keys());
  let model = mixtureModel(from.length, rows.d, ridge, kernels);
  const tools = {
    random: createRandom(0, 'soft'),
    eStepOf: () => serialEStep(model, rows, shouldStop),
    seeding: () => null,
    shouldStop: stops,
  };
  const begun = initialise(model, rows, { centres }, tools);
  if (!begun.ok) return stopped(begun.failure.kind);
  let { params } = begun.value;
  const trace: number[] = [];
  for (;;) {
    const run = em(model, serialEStep(model, rows, shouldStop), params, {
      tolerance: effort.tolerance,
      maxIterations: Math.max(0, effort.maxIterations - trace.length),
      stages: [plainStage({ kind: 'soft' })],
      shouldStop: stops,
      measuresBound: false,
      measure: serialEStep(model, rows, () => false),
    });
    const outcome = drain(run, (iteration) => (params = iteration.params));
    trace.push(...outcome.trace);
    if (outcome.ok)
      return { model, params: outcome.params, from, trace, converged: outcome.stopped === 'converged' };
    if (outcome.failure.kind !== 'emptyComponent') return stopped(outcome.failure.kind);
    const { component } = outcome.failure;
    params = without(params, component, from.length);
    from = from.filter((_, j) => j !== component);
    model = mixtureModel(from.length, rows.d, ridge, kernels);
    // Measured again, of the components that are left.
    trace.pop();
  }
}

/** A ridge keeps every covariance regular, so a run ends early only when it is stopped. */
function stopped(kind: string): null {
  if (kind !== 'interrupted') throw new Error(`a mixture of colours ended with ${kind}`);
  return null;
}

/** The parameters of all components but one. */
function without(params: Params, component: number, k: number): Params {
  const left = Object.entries(params).map(([name, values]) => {
    const width = values.length / k;
    const kept = values.filter((_, i) => Math.floor(i / width) !== component);
    if (name !== 'weight') return [name, kept] as const;
    const total = kept.reduce((sum, weight) => sum + weight, 0);
    return [name, kept.map((weight) => weight / total)] as const;
  });
  return Object.fromEntries(left);
}
