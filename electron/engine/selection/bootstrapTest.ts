import type { Start } from '../../../shared/fit';
import type { BootstrapTest } from '../../../shared/selection';
import type { Params, Rows } from '../model';
import { createModel } from '../models/registry';
import { resolvePrior } from '../models/resolvePrior';
import { createRandom } from '../numeric/random';
import { fitBest, type FitTask } from './fitBest';
import type { Workplace } from './workplace';
import { logLikelihood } from './logLikelihood';

/** A test of K components against K + 1. */
export interface BootstrapSetting {
  readonly smaller: FitTask;
  readonly larger: FitTask;
  /** Of the fit of `smaller` to `rows`. */
  readonly params: Params;
  /** What was fitted: their number, missing cells and weights are those of every replicate. */
  readonly rows: Rows;
  readonly seed: number;
}

/**
 * Whether rows can be drawn anew as these were: a weight has to be a number of equal rows, because a draw of any other
 * weight has no distribution; and of rows with a known cluster nobody knows how they came to be known.
 */
export function canBeDrawn({ weight, label }: Rows): boolean {
  return !label && (weight?.every(Number.isInteger) ?? true);
}

/**
 * Rows drawn from the smaller model as it was fitted, with cells missing where they are in the rows (missing at random,
 * as the fit takes it). A row of weight w is w draws. Throws where `canBeDrawn` says no.
 */
export function drawReplicate(
  { smaller, params, rows, seed }: BootstrapSetting,
  replicate: number,
  workplace: Workplace,
): Rows {
  if (!canBeDrawn(rows)) throw new Error('These rows cannot be drawn.');
  const { space } = smaller;
  const { likelihood } = createModel(resolvePrior(smaller.model, rows, space), space, workplace.kernels);
  if (likelihood === null) throw new Error('A model without a likelihood cannot be tested.');
  const { weight } = rows;
  const original = Array.from({ length: rows.n }, (_, i) => i).flatMap((i) =>
    weight ? Array<number>(weight[i]).fill(i) : [i],
  );
  const { d } = rows;
  const n = original.length;
  const hasMissing = rows.hasMissing === true;
  const drawn = workplace.place(n, d, { hasWeight: false, hasLabel: false, hasMissing });
  const { x } = drawn;
  x.set(
    likelihood.sample(params, n, createRandom(seed, 'bootstrapTest', smaller.model.components, replicate)),
  );
  if (hasMissing)
    for (const [i, row] of original.entries())
      for (let a = 0; a < d; a++) if (Number.isNaN(rows.x[row * d + a])) x[i * d + a] = NaN;
  return drawn;
}

/**
 * 2 (l of the larger model - l of the smaller), both fitted to `rows`, which lie in the workplace; null when either
 * fit fails or is cancelled. Below zero: the starts of the larger fit missed its maximum.
 */
export function likelihoodRatio(
  smaller: FitTask,
  larger: FitTask,
  rows: Rows,
  workplace: Workplace,
  isCancelled: () => boolean,
): number | null {
  const maximum = (task: FitTask): number | null => {
    const { model, outcome } = fitBest(task, rows, workplace.kernels, isCancelled, {
      kMeans: workplace.kMeansPasses(rows, task.model.components),
    });
    return outcome.ok ? logLikelihood(model, outcome.params, rows) : null;
  };
  const least = maximum(smaller);
  const most = least === null ? null : maximum(larger);
  return least === null || most === null || isCancelled() ? null : 2 * (most - least);
}

/**
 * The likelihood ratio of one replicate: rows drawn from the smaller fit, both models fitted to them from as many
 * starts as their tasks say (with fewer than the fits had, the test rejects too often); null when a fit failed.
 *
 * Source: McLachlan (1987), Applied Statistics 36, 318-324; McLachlan and Peel (2000), section 6.6.
 */
export function bootstrapReplicate(
  setting: BootstrapSetting,
  replicate: number,
  workplace: Workplace,
  isCancelled: () => boolean,
): number | null {
  const rows = drawReplicate(setting, replicate, workplace);
  const again = (task: FitTask): FitTask => ({ ...task, start: startOfReplicate(task.start) });
  return likelihoodRatio(again(setting.smaller), again(setting.larger), rows, workplace, isCancelled);
}

/** A start that was given belongs to the rows it was given for. */
function startOfReplicate(start: Start): Start {
  return 'method' in start ? start : { method: 'kmeans' };
}

/**
 * p = (1 + number of replicates with as large a ratio) / (B + 1), of the B that did not fail, and its Monte-Carlo
 * error sqrt(p (1 - p) / (B + 1)). With few replicates p cannot be small: 19 give .05 at least.
 *
 * Source: Davison and Hinkley (1997), eq. 4.11; McLachlan (1987).
 */
export function bootstrapP(
  ratio: number,
  replicates: readonly (number | null)[],
): Pick<BootstrapTest, 'p' | 'replicates' | 'failedReplicates'> {
  const drawn = replicates.filter((value) => value !== null);
  const value = (1 + drawn.filter((other) => other >= ratio).length) / (drawn.length + 1);
  const standardError = Math.sqrt((value * (1 - value)) / (drawn.length + 1));
  return {
    p: { value, standardError },
    replicates: drawn.length,
    failedReplicates: replicates.length - drawn.length,
  };
}
