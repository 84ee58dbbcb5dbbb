import { z } from 'zod';

/** Covariance structures by mclust's names: volume, shape, orientation; E equal, V varying, I identity. */
export const covarianceStructure = z.enum([
  'EII',
  'VII',
  'EEI',
  'VEI',
  'EVI',
  'VVI',
  'EEE',
  'VEE',
  'EVE',
  'VVE',
  'EEV',
  'VEV',
  'EVV',
  'VVV',
  /** Not estimated: the same given standard deviation in every feature and cluster. */
  'fixed',
]);
export type CovarianceStructure = z.infer<typeof covarianceStructure>;

/**
 * Normal-inverse-Wishart prior of each component's mean and covariance (Fraley and Raftery, 2007), in units of the
 * file. `default`: mclust's, from the data (mean of the columns, shrinkage 0.01, d + 2 degrees of freedom, scale
 * var / K^(2/d)).
 */
export const normalPrior = z.union([
  z.literal('default'),
  z.strictObject({
    mean: z.array(z.number()),
    shrinkage: z.number().nonnegative(),
    degreesOfFreedom: z.number().positive(),
    /** d x d */
    scale: z.array(z.array(z.number())),
  }),
]);
export type NormalPrior = z.infer<typeof normalPrior>;

const weightsPrior = {
  /** Dirichlet on the mixing weights: its concentration. 1: flat. */
  weights: z.number().min(1).default(1),
};
const covariancePrior = { normal: normalPrior.optional() };
const probabilityPrior = {
  /** Beta(a, b) on every probability of "yes". 1, 1: flat. */
  probability: z.strictObject({ a: z.number().min(1), b: z.number().min(1) }).default({ a: 1, b: 1 }),
};
const categoryPrior = {
  /** Pseudo-count of every category in every cluster: a Dirichlet of concentration 1 + this. 0: flat. */
  category: z.number().nonnegative().default(0),
};

const mixture = {
  /** `equal`: every cluster weighs 1 / K and is not estimated. */
  weights: z.enum(['free', 'equal']).default('free'),
};
const covariances = {
  covariance: covarianceStructure.default('VVV'),
  /** Of structure `fixed`, in fit units. @default 1 */
  sd: z.number().positive().default(1),
  /** Added to every variance in every M-step, in fit units squared (scikit-learn's reg_covar). @default 0 */
  ridge: z.number().nonnegative().default(0),
};
const probabilities = {
  /** Probabilities of "yes" are kept this far from 0 and 1. @default 0 */
  smallestProbability: z.number().min(0).lt(0.5).default(0),
};

const kmeans = z.strictObject({ family: z.literal('kmeans') });
const gaussian = z.strictObject({
  family: z.literal('gaussian'),
  ...mixture,
  ...covariances,
  prior: z.strictObject({ ...weightsPrior, ...covariancePrior }).prefault({}),
});
const bernoulli = z.strictObject({
  family: z.literal('bernoulli'),
  ...mixture,
  ...probabilities,
  /** `shared`: one probability of "yes" for all columns of a cluster (a binomial mixture). */
  probabilities: z.enum(['perColumn', 'shared']).default('perColumn'),
  prior: z.strictObject({ ...weightsPrior, ...probabilityPrior }).prefault({}),
});
const categorical = z.strictObject({
  family: z.literal('categorical'),
  ...mixture,
  prior: z.strictObject({ ...weightsPrior, ...categoryPrior }).prefault({}),
});
const mixed = z.strictObject({
  family: z.literal('mixed'),
  ...mixture,
  ...covariances,
  ...probabilities,
  prior: z
    .strictObject({ ...weightsPrior, ...covariancePrior, ...probabilityPrior, ...categoryPrior })
    .prefault({}),
});

/** More clusters than anybody reads; what is beyond is a slip of the hand, and would fill the memory first. By eye. */
const mostComponents = 100_000;

const size = { components: z.int().min(1).max(mostComponents) };
export const modelSpecification = z.discriminatedUnion('family', [
  kmeans.extend(size),
  gaussian.extend(size),
  bernoulli.extend(size),
  categorical.extend(size),
  mixed.extend(size),
]);
export type ModelSpecification = z.infer<typeof modelSpecification>;
export type Family = ModelSpecification['family'];

/** A model whose number of clusters is still to be chosen. */
export const modelOfAnySize = z.discriminatedUnion('family', [
  kmeans,
  gaussian,
  bernoulli,
  categorical,
  mixed,
]);
export type ModelOfAnySize = z.infer<typeof modelOfAnySize>;

/** The model with so many clusters. */
export const ofSize = (model: ModelOfAnySize, components: number): ModelSpecification => ({
  ...model,
  components,
});

/** Whether a prior makes the log posterior, not the log-likelihood, what a fit maximises. */
export function hasPrior(model: ModelSpecification): boolean {
  if (model.family === 'kmeans') return false;
  const { weights, ...rest } = model.prior;
  const { normal, probability, category } = rest as Partial<
    Extract<ModelSpecification, { family: 'mixed' }>['prior']
  >;
  return (
    weights > 1 ||
    normal !== undefined ||
    (probability !== undefined && (probability.a > 1 || probability.b > 1)) ||
    (category ?? 0) > 0
  );
}
