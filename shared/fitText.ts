import type { FitCriteria, FitNotice, FitSummary, ObjectiveKind, StopReason } from './fit';
import { hasPrior, type CovarianceStructure, type ModelOfAnySize, type ModelSpecification } from './model';
import { formatCount, formatCounted, formatNumber } from './format';

const covarianceNames: Record<CovarianceStructure, string> = {
  EII: 'equal spherical',
  VII: 'spherical',
  EEI: 'equal diagonal',
  VEI: 'diagonal, equal shape',
  EVI: 'diagonal, equal volume',
  VVI: 'diagonal',
  EEE: 'tied',
  VEE: 'equal shape and orientation',
  EVE: 'equal volume and orientation',
  VVE: 'equal orientation',
  EEV: 'equal volume and shape',
  VEV: 'equal shape',
  EVV: 'equal volume',
  VVV: 'full',
  fixed: 'given',
};

/** The covariance structure as people call it: `full`. */
export function covarianceName(structure: CovarianceStructure): string {
  return covarianceNames[structure];
}

/** The model in words: `Gaussian mixture, full covariance (VVV), K = 2`. */
export function modelText(model: ModelSpecification): string {
  return `${modelName(model)}, K = ${formatCount(model.components)}${hasPrior(model) ? ', with a prior' : ''}`;
}

/** The model in words, whatever its number of clusters: `Gaussian mixture, full covariance (VVV)`. */
export function modelName(model: ModelOfAnySize | ModelSpecification): string {
  switch (model.family) {
    case 'kmeans':
      return 'k-means';
    case 'gaussian':
      return `Gaussian mixture, ${covarianceName(model.covariance)} covariance (${model.covariance})`;
    case 'bernoulli':
      return model.probabilities === 'shared'
        ? 'Bernoulli mixture, one probability for all columns'
        : 'Bernoulli mixture';
    case 'categorical':
      return 'Latent classes';
    case 'mixed':
      return `Mixed types, ${covarianceName(model.covariance)} covariance (${model.covariance})`;
  }
}

/** The model in one or two words, to tell the models of a comparison apart: `VVV`, `k-means`, `mixed VVI`. */
export function shortModelName(model: ModelOfAnySize): string {
  switch (model.family) {
    case 'kmeans':
      return 'k-means';
    case 'gaussian':
      return model.covariance;
    case 'bernoulli':
      return model.probabilities === 'shared' ? 'Bernoulli, shared' : 'Bernoulli';
    case 'categorical':
      return 'latent classes';
    case 'mixed':
      return `mixed ${model.covariance}`;
  }
}

/** How the objective is named wherever it is shown, with the direction that is better. */
export function objectiveText(objective: ObjectiveKind): string {
  const { name, direction } = criterionTexts[objective];
  return `${name} (${direction})`;
}

/** Why a run ended, after how many iterations. */
export function stopText(stopped: StopReason, iterations: number): string {
  const after = formatCounted(iterations, 'iteration');
  switch (stopped) {
    case 'converged':
      return `converged after ${after}`;
    case 'iterationLimit':
      return `stopped at the limit of ${after}, not converged`;
    case 'timeLimit':
      return `stopped at the time limit after ${after}, not converged`;
    case 'cancelled':
      return `cancelled after ${after}: the best so far`;
  }
}

/** How sure one can be that no better optimum was missed: how many starts ended at the best one, how many not at all. */
export function optimumText(
  summary: Pick<FitSummary, 'restarts' | 'restartsAtBest' | 'specification'>,
): string {
  const starts = summary.restarts.length;
  const asked = summary.specification.run.restarts;
  // A run that was cancelled or had no more time.
  const ofAsked = starts < asked ? ` of the ${formatCount(asked)} asked for` : '';
  if (starts === 1) return `one start only${ofAsked}: others may end better`;
  const best = `best optimum reached by ${formatCount(summary.restartsAtBest)} of ${formatCount(starts)} starts${ofAsked}`;
  const failed = summary.restarts.filter(({ outcome }) => !outcome.ok).length;
  return failed === 0 ? best : `${best} · ${formatCounted(failed, 'start')} broke off`;
}

/** Something that happened in a run, as a sentence. */
export function fitNoticeText(notice: FitNotice): string {
  switch (notice.kind) {
    case 'relocatedCluster':
      return `Cluster ${notice.component + 1} had lost all its rows at iteration ${notice.iteration} and was put where rows were worst served.`;
    case 'fewerClusters':
      return `Only ${formatCounted(notice.reached, 'cluster')} could be formed: the rows have ${formatCounted(notice.distinct, 'distinct value')}.`;
    case 'emptyClusters':
      return `${formatCounted(notice.empty, 'cluster')} lost all rows to the others and stayed empty: as many fewer describe the data just as well.`;
    case 'ridgeActive':
      return `A ridge of ${formatNumber(notice.ridge)} was added to every variance, so the log-likelihood may lie slightly below its maximum.`;
    case 'rowsLeftOut':
      return `${formatCounted(notice.rows, 'row')} with a missing cell took no part and got no cluster.`;
    case 'perturbedMeans':
      return `At every temperature the clusters were moved by ${formatNumber(notice.share)} of the spread of the data, because equal clusters would stay equal.`;
    case 'plainKernels':
      return 'The fast loops could not be loaded on this computer, so plain ones did the work: the same clusters, several times slower. Installing Mixtura again may mend it.';
  }
}

/** A criterion with its formula and direction, for the line and its explanation on hover. */
export interface CriterionText {
  readonly name: string;
  readonly direction: 'higher is better' | 'lower is better';
  readonly formula: string;
}

/** Criteria by their name in a summary, in the order they are shown. ICL: Biernacki, Celeux and Govaert (2000). */
export const criterionTexts: Record<keyof FitCriteria, CriterionText> = {
  logLikelihood: {
    name: 'log-likelihood',
    direction: 'higher is better',
    formula: 'Sum over rows of the log density of the row under the mixture, in units of the file.',
  },
  logPosterior: {
    name: 'log posterior',
    direction: 'higher is better',
    formula: 'Log-likelihood + log density of the parameters under the prior, but for a constant.',
  },
  classificationLogLikelihood: {
    name: 'classification log-likelihood',
    direction: 'higher is better',
    formula: 'Sum over rows of the log density of the row together with the cluster it was given.',
  },
  distortion: {
    name: 'distortion J',
    direction: 'lower is better',
    formula: 'Sum over rows of the squared distance to the centre of their cluster, in scaled units.',
  },
  bic: {
    name: 'BIC',
    direction: 'lower is better',
    formula: '-2 log-likelihood + parameters x ln(rows)',
  },
  aic: { name: 'AIC', direction: 'lower is better', formula: '-2 log-likelihood + 2 x parameters' },
  icl: {
    name: 'ICL',
    direction: 'lower is better',
    formula: 'BIC - 2 x sum over rows of the log probability of their own cluster',
  },
};
