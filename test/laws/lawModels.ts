import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { Params, Rows } from '../../electron/engine/model';
import { covarianceRules } from '../../electron/engine/models/covarianceStructures';
import { resolvePrior } from '../../electron/engine/models/resolvePrior';
import type { FeatureKind } from '../../shared/features';
import { modelSpecification, type ModelSpecification } from '../../shared/model';
import type { LawData } from './data';
import { covarianceMatrices } from '../support/covarianceMatrices';

/** A model that every law is tried on, with three components. */
export interface LawModel {
  readonly name: string;
  readonly specification: ModelSpecification;
}

const lawModel = (name: string, specification: object): LawModel => ({
  name,
  specification: modelSpecification.parse({ components: 3, ...specification }),
});

const structures = [...Object.keys(covarianceRules), 'fixed'];
const betaPrior = { weights: 1.5, probability: { a: 2, b: 1.5 } };

/** Every family and structure of the registry. */
export const plainModels: LawModel[] = [
  lawModel('k-means', { family: 'kmeans' }),
  ...structures.map((covariance) => lawModel(`Gaussian ${covariance}`, { family: 'gaussian', covariance })),
  lawModel('Bernoulli', { family: 'bernoulli' }),
  lawModel('Bernoulli, one probability a component', { family: 'bernoulli', probabilities: 'shared' }),
  lawModel('categorical', { family: 'categorical' }),
  lawModel('mixed VVV', { family: 'mixed' }),
];

/** Models with priors and other restrictions. */
export const restrictedModels: LawModel[] = [
  ...Object.keys(covarianceRules).map((covariance) =>
    lawModel(`Gaussian ${covariance} with a prior`, {
      family: 'gaussian',
      covariance,
      prior: { weights: 2, normal: 'default' },
    }),
  ),
  lawModel('Bernoulli with a prior', { family: 'bernoulli', prior: betaPrior }),
  lawModel('Bernoulli, one probability, with a prior', {
    family: 'bernoulli',
    probabilities: 'shared',
    prior: betaPrior,
  }),
  lawModel('Bernoulli, away from 0 and 1', { family: 'bernoulli', smallestProbability: 0.02 }),
  lawModel('categorical with a prior', { family: 'categorical', prior: { weights: 2, category: 0.5 } }),
  lawModel('Gaussian VVV of equal weights', { family: 'gaussian', weights: 'equal' }),
  lawModel('mixed EEI with all priors', {
    family: 'mixed',
    covariance: 'EEI',
    prior: { ...betaPrior, category: 1, normal: 'default' },
  }),
];

const kindsOf: Record<ModelSpecification['family'], readonly FeatureKind[]> = {
  kmeans: ['number'],
  gaussian: ['number'],
  bernoulli: ['yesNo'],
  categorical: ['category'],
  mixed: ['number', 'yesNo', 'category'],
};

/** Data in the kinds a model takes, and the model with its prior resolved from them. */
export interface Problem {
  readonly name: string;
  readonly rows: Rows;
  readonly labels: number[];
  readonly space: FeatureSpace;
  readonly specification: ModelSpecification;
}

/** Numbers become yes above their centre, and three levels: below, about and above it. */
export function problemFor({ specification }: LawModel, { name, rows, labels }: LawData): Problem {
  const kinds = kindsOf[specification.family];
  const { x, d } = rows;
  const space: FeatureSpace = Array.from({ length: d }, (_, a) => {
    const kind = kinds[a % kinds.length];
    return kind === 'category' ? { kind, levels: 3 } : { kind };
  });
  const spread = Array.from({ length: d }, (_, a) => {
    const known = x.filter((value, i) => i % d === a && !Number.isNaN(value));
    return 0.5 * Math.sqrt(known.reduce((sum, value) => sum + value * value, 0) / known.length);
  });
  const seen = x.map((value, i) => {
    if (Number.isNaN(value)) return NaN;
    const { kind } = space[i % d];
    if (kind === 'number') return value;
    if (kind === 'yesNo') return value > 0 ? 1 : 0;
    return value < -spread[i % d] ? 0 : value <= spread[i % d] ? 1 : 2;
  });
  const own = { ...rows, x: seen };
  return { name, rows: own, labels, space, specification: resolvePrior(specification, own, space) };
}

/** Parameters as a start gives them. */
export function startOf(params: Params, { space }: Problem) {
  const { weight, mean, probability, category } = params;
  const k = 3;
  const d = space.filter(({ kind }) => kind === 'number').length;
  const levels = space.flatMap((feature) => (feature.kind === 'category' ? [feature.levels] : []));
  return {
    parameters: {
      weights: weight ? [...weight] : [1 / 3, 1 / 3, 1 / 3],
      means: blocks(mean, k),
      covariances: blocks(covarianceMatrices(params, d) ?? undefined, k).map((own) => blocks(own, d)),
      probabilities: blocks(probability, k),
      categories: blocks(category, k).map((own) => {
        let from = 0;
        return levels.map((count) => own.slice(from, (from += count)));
      }),
    },
  };
}

/** Values in `count` lists of equal length; none where there are no values. */
function blocks(values: ArrayLike<number> | undefined, count: number): number[][] {
  if (values === undefined) return [];
  const width = values.length / count;
  return Array.from({ length: count }, (_, j) => Array.from(values).slice(j * width, (j + 1) * width));
}
