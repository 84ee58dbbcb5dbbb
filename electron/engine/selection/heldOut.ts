import { featuresByKind } from '../../../shared/features';
import type { FitFailure } from '../../../shared/fitFailure';
import type { HeldOut } from '../../../shared/selection';
import type { FeatureSpace } from '../featureSpace';
import type { Rows } from '../model';
import { scalePrior, scaleRows, scaleStart, standardising, type Scaling } from '../scaling';
import { fitBest, type FitTask } from './fitBest';
import { logLikelihood } from './logLikelihood';
import { heldOutEstimate } from './pairedChoice';
import type { Split } from './splits';
import { startOfPart, takeRows } from './part';
import type { Workplace } from './workplace';

export interface HeldOutTask extends FitTask {
  /** Whether numbers are standardised by the training rows alone; else they stay as they are given. */
  readonly standardises: boolean;
  /** What one unit of each number column of the rows given is in units of the file. */
  readonly unit: Float64Array;
}

/** What one split says of a model. */
export type SplitScore =
  | {
      readonly ok: true;
      /** Mean log-likelihood of the test rows, in units of the file; -Infinity: one of them is impossible. */
      readonly mean: number;
      /** Sum of the test rows' weights. */
      readonly weight: number;
      readonly hasConverged: boolean;
    }
  | { readonly ok: false; readonly failure: FitFailure; readonly weight: number };

/**
 * Fits the training rows of a split and scores its test rows, of which nothing is known but their cells: scaling,
 * priors and what is put into missing cells are learnt from the training rows, and known clusters of test rows are not
 * used. Null: cancelled.
 *
 * Source: Smyth (2000), eq. 7.
 */
export function heldOutScore(
  task: HeldOutTask,
  rows: Rows,
  { training, test }: Split,
  workplace: Workplace,
  isCancelled: () => boolean,
): SplitScore | null {
  const { space } = task;
  const part = takeRows(rows, training, workplace.place);
  const others = takeRows({ ...rows, label: undefined }, test);
  const scaling = task.standardises ? standardising(part, space) : null;
  if (scaling !== null) {
    scaleRows(part, space, scaling);
    scaleRows(others, space, scaling);
  }
  const fit = fitBest(
    scaledTask({ ...task, start: startOfPart(task.start, training) }, scaling),
    part,
    workplace.kernels,
    isCancelled,
    { kMeans: workplace.kMeansPasses(part, task.model.components) },
  );
  if (isCancelled()) return null;
  const weight = totalWeight(others);
  const { outcome, model } = fit;
  if (!outcome.ok) {
    if (outcome.failure.kind === 'interrupted') return null;
    return { ok: false, failure: outcome.failure, weight };
  }
  const unit = task.unit.map((size, a) => size * (scaling?.sd[a] ?? 1));
  const sum = logLikelihood(model, outcome.params, others, logUnits(others, space, unit));
  return { ok: true, mean: sum / weight, weight, hasConverged: outcome.stopped === 'converged' };
}

function scaledTask(task: HeldOutTask, scaling: Scaling | null): FitTask {
  if (scaling === null) return task;
  const { model, space, start } = task;
  return { ...task, model: scalePrior(model, scaling), start: scaleStart(start, space, scaling) };
}

const totalWeight = ({ n, weight }: Rows): number => weight?.reduce((sum, value) => sum + value, 0) ?? n;

/** The log of the Jacobian of the scaling of each row: of the numbers it has. */
function logUnits({ x, n, d }: Rows, space: FeatureSpace, unit: Float64Array): Float64Array {
  const logs = new Float64Array(n);
  for (const [a, column] of featuresByKind(space).number.entries()) {
    const size = Math.log(unit[a]);
    for (let i = 0; i < n; i++) if (!Number.isNaN(x[i * d + column])) logs[i] += size;
  }
  return logs;
}

/** The scores of all splits as one. `splits`: undefined for one that is not done; its weight is 0. */
export function heldOutOf(splits: readonly (SplitScore | undefined)[]): HeldOut {
  const mean = Float64Array.from(splits, (split) => (split?.ok ? split.mean : NaN));
  const weight = Float64Array.from(splits, (split) => split?.weight ?? 0);
  return {
    mean,
    weight,
    score: heldOutEstimate({ mean, weight }),
    failed: splits.filter((split) => split?.ok === false).length,
    notConverged: splits.filter((split) => split?.ok === true && !split.hasConverged).length,
  };
}
