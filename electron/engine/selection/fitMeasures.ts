import { hasPrior } from '../../../shared/model';
import type { GridCriteria } from '../../../shared/selection';
import { clusterSizes } from '../clusterSizes';
import { aic, aicc, bic, icl, relativeEntropy } from '../criteria';
import type { Outcome } from '../drive/run';
import type { LatentModel, Rows } from '../model';
import { mostProbable } from '../mostProbable';
import { createRandom } from '../numeric/random';
import { calinskiHarabasz, daviesBouldin } from './clusterIndices';
import { numberColumns } from './numberColumns';
import { silhouette } from './silhouette';

/** Up to so many rows every silhouette is exact; a second of distances of 20 features. By eye. */
const mostCompared = 10_000;

/** What a fit to all rows amounts to. */
export interface FitMeasures {
  readonly criteria: GridCriteria;
  /** Sum of memberships times row weight of each component. */
  readonly size: Float64Array;
}

/** How a fit ended, and in which units its likelihood is wanted. */
export interface MeasuredFit {
  readonly model: LatentModel;
  readonly outcome: Extract<Outcome, { ok: true }>;
  /** Whether hard memberships were maximised: the objective is no log-likelihood then. */
  readonly isHard: boolean;
  /** What a log-likelihood in units of the fit lacks to be one in units of the file. */
  readonly shift: number;
  /** Draws the sample of silhouettes. */
  readonly seed: number;
}

/** Every criterion that has a meaning for a fit to `rows`: likelihoods in units of the file, distances in those of the fit. */
export function measureFit({ model, outcome, isHard, shift, seed }: MeasuredFit, rows: Rows): FitMeasures {
  const { components: k, space } = model;
  const { n } = rows;
  const weight = rows.weight ?? null;
  const memberships = new Float64Array(n * k);
  const logDensity = new Float64Array(n);
  model.posterior(outcome.params, rows, 0, n, memberships, logDensity);
  const label = mostProbable(memberships, n, k);
  const numbers = numberColumns(rows, space);
  const silhouettes = silhouette(rows, space, label, k, {
    most: mostCompared,
    random: createRandom(seed, 'silhouette'),
  });
  const geometric = {
    silhouette: silhouettes && { value: silhouettes.value, standardError: silhouettes.standardError },
    calinskiHarabasz: numbers && calinskiHarabasz(numbers, label, k),
    daviesBouldin: numbers && daviesBouldin(numbers, label, k),
  };
  const size = clusterSizes(memberships, n, k, rows.weight);
  if (model.likelihood === null)
    return { size, criteria: known({ distortion: Math.abs(outcome.objective), ...geometric }) };

  const total = weight?.reduce((sum, value) => sum + value, 0) ?? n;
  let logLargest = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const w = weight?.[i] ?? 1;
    if (w === 0) continue;
    logLargest += w * Math.log(memberships[i * k + label[i]]);
    sum += w * logDensity[i];
  }
  const isObjective = !isHard && !hasPrior(model.specification);
  const logLikelihood = (isObjective ? outcome.objective : sum) + shift;
  const count = model.parameterCount();
  const bayes = bic(logLikelihood, count, total);
  return {
    size,
    criteria: known({
      logLikelihood,
      bic: bayes,
      aic: aic(logLikelihood, count),
      aicc: aicc(logLikelihood, count, total),
      icl: icl(bayes, logLargest),
      relativeEntropy: relativeEntropy(memberships, k, weight),
      ...geometric,
    }),
  };
}

/** The criteria that there are: numbers, and finite ones. */
function known(criteria: { readonly [C in keyof GridCriteria]: GridCriteria[C] | null }): GridCriteria {
  return Object.fromEntries(
    Object.entries(criteria).filter(([, value]) =>
      typeof value === 'object' ? value !== null : Number.isFinite(value),
    ),
  );
}
